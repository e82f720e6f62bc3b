"""The set for a court: what another hand's validators say of files and message, names, list, and what is not in it."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests import verapdf
from tests.casefile.test_extracts import CSV, EXAMPLE, KEPT, SECRETS

from heller import casefile
from heller.casefile.bundle.court_set import CourtSet, court_set
from heller.casefile.bundle.xjustiz_schema import Schema
from heller.dossier import xjustiz
from heller.dossier.court_names import file_name
from heller.model.errors import InputRefused
from heller.model.kinds.fact import Fact

DAY, AT = date(2015, 6, 30), datetime(2026, 11, 30, 12, tzinfo=UTC)
GERMAN = re.compile(r"[A-Za-zÄÖÜäöüß0-9_-]+\.pdf")
SPACE = {"x": xjustiz.SPACE}


def found(root: Any, path: str) -> list[str]:
    """What a path finds in a message."""
    return [str(one) for one in root.xpath(path, namespaces=SPACE)]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case: facts with an opinion, a list of contacts, an e-invoice, a PDF, a statement, a long log."""
    home = tmp_path_factory.mktemp("court")
    for name in ("kontakte.csv", "rechnung-notanschluss.xml", "belegliste.csv", "rechnung-lte-router.pdf"):
        shutil.copy(EXAMPLE / name, home / name)
    facts = (EXAMPLE / "angaben.csv").read_bytes().rstrip()
    (home / "angaben.csv").write_bytes(facts + b"\r\nMitverschulden;27,31 %;sagt Geheimrat Muster\r\n")
    (home / "Kontoauszug Nr. 2 (Février).csv").write_bytes(CSV.encode("cp1252"))
    folder = home / "case"
    casefile.open_case(folder)
    casefile.add(folder, sorted(p for p in home.iterdir() if p.is_file()))
    casefile.note(folder, Fact("lawyer.name", "Rechtsanwältin Muster (erfunden)"))
    return folder


@pytest.fixture(scope="module")
def made(case: Path) -> CourtSet:
    """Its set in German."""
    return court_set(case, DAY, "de", AT)


def test_every_file_is_pdf_a_2b_and_ua_1_with_nothing_inside(made: CourtSet, tmp_path: Path) -> None:
    """As veraPDF judges them; no file is embedded, no script runs."""
    files = [made.folder / one.file for one in made.files]
    assert len(files) >= 8
    for profile in ("PDFA-2B", "PDFUA-1"):
        assert verapdf.verdicts(profile, files, tmp_path) == {path.name: () for path in files}
    for path in files:
        with pikepdf.open(path) as pdf:
            assert "/AF" not in pdf.Root and "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
            assert b"/JavaScript" not in path.read_bytes() and b"part>2<" in pdf.Root.Metadata.read_bytes()


def test_names_sizes_and_order_are_those_of_the_announcement(made: CourtSet) -> None:
    """Letters of the German alphabet, 90 characters, numbered in order: pleading, dossier, list, K 1 ..."""
    names = [one.file for one in made.files]
    assert names == sorted(names) and len(set(names)) == len(names)
    assert all(GERMAN.fullmatch(name) and len(name) <= 90 for name in names)
    assert [one.exhibit for one in made.files][:3] == [0, 0, 0] and all(one.exhibit for one in made.files[3:])
    assert [one.size for one in made.files] == [(made.folder / name).stat().st_size for name in names]
    assert {p.name for p in made.folder.iterdir()} == {*names, xjustiz.NAME}


@given(st.text(max_size=200), st.sampled_from(("001", "K001", "K1234")))
def test_any_name_becomes_one_that_a_court_takes(said: str, number: str) -> None:
    """Whatever a file is called."""
    name = file_name(number, said, 90)
    assert GERMAN.fullmatch(name) and len(name) <= 90 and name.startswith(number)


def test_the_list_names_every_exhibit_with_its_file(made: CourtSet) -> None:
    """Number, file and the digest of the original."""
    import pypdfium2

    listed = next(one for one in made.files if one.file.startswith("003"))
    pages = pypdfium2.PdfDocument(made.folder / listed.file)
    said = "".join(page.get_textpage().get_text_bounded() for page in pages)
    bare = re.sub(r"\s", "", said)
    for one in made.files:
        assert one is listed or one.file in bare
        assert not one.exhibit or f"K{one.exhibit}" in bare
    assert "{" not in said


def test_nothing_private_and_no_other_booking_is_filed(made: CourtSet) -> None:
    """The wall stands here too: pages as text, files as bytes, message."""
    import pypdfium2

    said = (made.folder / xjustiz.NAME).read_text("utf-8")
    for one in made.files:
        document = pypdfium2.PdfDocument(made.folder / one.file)
        said += "".join(page.get_textpage().get_text_bounded() for page in document)
    assert [secret for secret in SECRETS if secret in said] == [] and KEPT in said


def test_the_message_lists_the_files_and_names_court_parties_subject(made: CourtSet) -> None:
    """§ 2 (3) ERVV; the pleading first, each other file enclosed with it, ids that follow from the bytes."""
    root = etree.parse(made.message).getroot()
    assert found(root, "//x:dateiname/text()") == [one.file for one in made.files]
    assert found(root, "//x:bezeichnung.aktuell/text()")[0].startswith("Musterversand")
    assert found(root, "//x:instanzdaten//x:sonstige/text()")[0]
    assert found(root, "//x:gegenstand/text()")
    ids = found(root, "//x:dokument/x:identifikation/x:id/text()")
    assert len(set(ids)) == len(made.files)
    assert set(found(root, "//x:ref.sgo/text()")) == {ids[0]}
    assert found(root, "//x:nachrichtenkopf/@xjustizVersion") == ["3.6.2"]


def test_made_twice_it_is_the_same_bytes_and_what_is_gone_goes(case: Path, made: CourtSet) -> None:
    """The message too, where it is made at the same instant."""
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    (made.folder / "K999_gone.pdf").write_bytes(b"%PDF")
    court_set(case, DAY, "de", AT)
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == before


def test_the_message_fits_the_schema_of_xjustiz(made: CourtSet) -> None:
    """Where somebody has its XSD files: HELLER_XJUSTIZ_XSD names their folder."""
    if "HELLER_XJUSTIZ_XSD" not in os.environ:
        pytest.skip("the XSD files of XJustiz are not here (HELLER_XJUSTIZ_XSD names their folder)")
    schema = Schema(Path(os.environ["HELLER_XJUSTIZ_XSD"]))
    schema.check(made.message.read_bytes().replace(b'"3.6.2"', f'"{schema.version}"'.encode()))
    with pytest.raises(InputRefused):
        schema.check(made.message.read_bytes().replace(b"tns:gegenstand>", b"tns:gegenstnad>"))


def test_a_folder_without_a_schema_is_refused(case: Path, tmp_path: Path) -> None:
    """Nothing is written then."""
    with pytest.raises(InputRefused):
        court_set(case, DAY, "en", AT, schema=tmp_path)
    assert not list((case / "derived").glob("court-*-en"))


def test_a_schema_decides_the_version_and_refuses_what_does_not_fit(tmp_path: Path) -> None:
    """A schema of our own in the form of theirs: one element, one fixed version."""
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="u" xmlns="u" version="1">'
    (tmp_path / "xjustiz_0000_grunddatensatz_9_9.xsd").write_text(
        head
        + '<xs:complexType name="K"><xs:attribute name="xjustizVersion" fixed="9.9"/></xs:complexType></xs:schema>'
    )
    included = '<xs:include schemaLocation="xjustiz_0000_grunddatensatz_9_9.xsd"/>'
    messages = f'{head}{included}<xs:element name="n" type="K"/></xs:schema>'
    (tmp_path / "xjustiz_0005_nachrichten_9_9.xsd").write_text(messages)
    schema = Schema(tmp_path)
    assert schema.version == "9.9"
    schema.check(b'<n xmlns="u" xjustizVersion="9.9"/>')
    with pytest.raises(InputRefused):
        schema.check(b'<n xmlns="u" xjustizVersion="9.8"/>')
