"""Erasing a person: redacted copies take the sheets' place with the same sums, then the sheets are gone."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.casefile.echo import sums
from heller.casefile.naming import redacted
from heller.casefile.writing.redact import named_in, redact
from heller.cli import app
from heller.intake.personal import KnownValues
from heller.model.case_change import ChangeKind
from heller.model.errors import InputRefused
from heller.model.kinds.belonging import Belonging
from heller.model.kinds.contact import Contact, ContactKind

DAY = date(2015, 6, 30)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A small case whose hours, wages and contacts name people."""
    return web_sample.case_in(tmp_path, "ping.log")


def test_the_sums_stay_and_the_name_is_gone(case: Path) -> None:
    """Hours, wages and contacts are replaced together, so hours and wages still find each other."""
    before, names = sums(casefile.claim(case, DAY)), {e.number: e.name for e in casefile.load(case).exhibits}
    found = named_in(case, casefile.load(case), "Herr Probe")
    assert {names[number] for number in found} == {"kontakte.csv", "stunden.csv", "loehne.csv"}
    done = redact(case, "Herr Probe", "Antrag einer Person", "Art. 17 DSGVO", DAY)
    assert sums(casefile.claim(case, DAY)) == before
    assert set(done.replaced) == set(found) and done.left == ()
    left = b"".join(p.read_bytes() for p in case.rglob("*") if p.is_file() and "derived" not in p.parts)
    assert b"Herr Probe" not in left
    erased = [
        one.exhibit for one in casefile.load(case).changes if one.kind is ChangeKind.ERASED and one.exhibit
    ]
    assert set(erased) == set(done.replaced), "the register says so"


def test_where_a_sum_would_move_nothing_is_erased(case: Path) -> None:
    """A name that is more than a name, such as the firm's or the head of a column, is refused."""
    before, entries = sums(casefile.claim(case, DAY)), len(casefile.load(case).exhibits)
    with pytest.raises(InputRefused):
        redact(case, "Mitarbeiter", "x", "", DAY)
    assert sums(casefile.claim(case, DAY)) == before
    assert not [one for one in casefile.load(case).changes if one.kind is ChangeKind.ERASED]
    assert len([e for e in casefile.load(case).exhibits if not e.withdrawn]) == entries
    with pytest.raises(InputRefused):
        redact(case, "Nemo Niemand", "x", "", DAY)


def test_notes_are_rewritten_with_the_files(case: Path) -> None:
    """A note that names the person says the same with the mark, and what belonged to it belongs to the new one."""
    said = Contact(
        datetime(2015, 2, 5, 9, tzinfo=UTC), ContactKind.CONTACT, "Telefon", "Hotline", "Herr Probe rief an"
    )
    entry = casefile.note(case, said)
    casefile.note(case, Belonging(f"#{entry}", "all", who="Probe"))
    before = sums(casefile.claim(case, DAY))
    done = redact(case, "Herr Probe", "Antrag einer Person", "", DAY)
    assert sums(casefile.claim(case, DAY)) == before and entry in done.notes
    noted = casefile.load(case).noted
    assert [n.said for n in noted if isinstance(n, Contact)] == [f"{done.mark} rief an"]
    assert [n.thing for n in noted if isinstance(n, Belonging)] == [f"#{done.notes[entry]}"]
    assert casefile.mentions(casefile.load(case), "Herr Probe") == ()
    assert b"Probe" not in b"".join((case / name).read_bytes() for name in ("bodies.jsonl", "journal.jsonl"))


KNOWN = KnownValues({"Herr Probe": "Person-9"})


def packed(**members: bytes) -> bytes:
    """A packed file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_rewritten_in_its_own_encoding(encoding: str) -> None:
    """With its byte order mark, if it has one."""
    made = redacted("a.csv", "Name;Größe\nHerr Probe;3\n".encode(encoding), KNOWN)
    assert made == "Name;Größe\nPerson-9;3\n".encode(encoding)


def test_a_workbook_is_rewritten_and_what_still_names_is_refused() -> None:
    """XML inside a packed file; base64 and pictures keep the name, so the file is named and not called rewritten."""
    book = packed(sheet_xml=b"<v>Herr Probe</v>", other_bin=b"\0\1")
    made = redacted("a.xlsx", book, KNOWN)
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.read("sheet.xml") == b"<v>Person-9</v>" and file.read("other.bin") == b"\0\1"
    body = b64encode(b"Guten Tag, Herr Probe").decode()
    mail = f"From: a@b.example\nSubject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{body}\n"
    assert redacted("a.eml", mail.encode(), KNOWN) is None
    assert redacted("a.xlsx", packed(picture_bin=b"Herr Probe"), KNOWN) is None
    assert redacted("a.png", b"\x89PNG\0Herr Probe", KNOWN) is None


def test_what_was_handed_out_is_reached_and_who_has_it_is_named(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The copy goes that holds what was erased; an earlier one stays; who holds a dossier is named."""
    files = case.parent / "more"
    files.mkdir()
    casefile.build(case, DAY, "de", handed="Gericht")
    (files / "neu.txt").write_text("Frau Beispiel")
    casefile.add(case, [files])
    casefile.build(case, DAY, "de", handed="Provider AG")
    entry = casefile.load(case).exhibits[-1].entry
    assert len(list((case / "handed-out").iterdir())) == 2
    assert app.run(["erase", str(case), str(entry), "--why", "Wunsch", "--lang", "en"]) == 3
    assert "handed out to Provider AG" in " ".join(capsys.readouterr().out.split())
    assert app.run(["erase", str(case), str(entry), "--why", "Wunsch", "--yes", "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Provider AG has dossier no. 2" in said and "Gericht" not in said
    assert [path.name for path in (case / "handed-out").iterdir()] == [f"001-{DAY}"]
    casefile.build(case, DAY, "de", handed="Provider AG")
    assert (case / "handed-out" / f"003-{DAY}").is_dir(), "numbers go on"
