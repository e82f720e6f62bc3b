"""Closed bundles: nothing that is closed leaks, what is open is checked, openings open one field."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lab.shut import lied

from heller import casefile
from heller.casefile.bundle import open_field
from heller.casefile.bundle.build import Built
from heller.casefile.bundle.closed_case import claim_of, close, salts_of
from heller.casefile.bundle.open_field import pieces
from heller.casefile.bundle.scope import Scope
from heller.casefile.bundle.verify import verify_bytes
from heller.casefile.derived.premises import Premises
from heller.casefile.derived.reading_anew import reader
from heller.casefile.writing import write
from heller.intake.personal import text_of
from heller.journal import store
from heller.journal.canonical import canonical
from heller.journal.checking.verify import verify
from heller.journal.closed_fields import opening, read_closed, restore, salt
from heller.model.errors import InputRefused
from heller.model.kinds.contact import Contact, ContactKind

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
DAY = date(2015, 6, 30)
WAGES = """Mitarbeiter;Kosten je Stunde;Überstundenzuschlag
Erika Zwölfer;43,17;27 %
"Dröge; Hans";29,83;25 %
"""
HOURS = """Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung
Erika Zwölfer;05.02.2015;08:00;12:00;0;Schadensbeseitigung;Ersatzleitung
Erika Zwölfer;20.02.2015;17:00;21:00;0;Überstunden;mit Kollege Dröge
"Dröge; Hans";21.02.2015;17:00;20:00;0;Überstunden;
"""
MAIL = """Date: Fri, 06 Feb 2015 08:41:00 +0100
From: Wilhelmine Kaltwasser <w.kaltwasser@kundin.example>
To: Bestellung <bestellung@musterversand.example>
Subject: Stornierung Bestellung B-558182
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

V2lyIHN0b3JuaWVyZW4gZGllIEJlc3RlbGx1bmcgQi01NTgxODIuIEdydcOfLCBXaWxoZWxtaW5l
IEthbHR3YXNzZXIK
"""
SECRETS = (
    "Zwölfer",
    "Erika",
    "Dröge",
    "Kaltwasser",
    "Wilhelmine",
    "43,17",
    "43.17",
    '"cents": 4317',
    "29,83",
    "29.83",
    '"cents":2983',
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with wages, hours, a customer's mail and a note, all with names, and an open dossier before."""
    home = tmp_path_factory.mktemp("close")
    files = {"loehne.csv": WAGES.encode("cp1252"), "stunden.csv": HOURS.encode(), "storno.eml": MAIL.encode()}
    for name, data in files.items():
        (home / name).write_bytes(data)
    for name in ("angaben.csv", "kontakte.csv", "rechnung-notanschluss.xml", "belegliste.csv"):
        shutil.copy(EXAMPLE / name, home / name)
    folder = home / "case"
    casefile.open_case(folder)
    casefile.add(folder, [p for p in sorted(home.iterdir()) if p.is_file()])
    said, at = "Herr Dröge fragt nach; der Techniker sagt nichts.", datetime(2015, 2, 9, 9, tzinfo=UTC)
    write.note(
        folder,
        Contact(at, ContactKind.CONTACT, "Telefon", "Erika Zwölfer", said),
    )
    casefile.build(folder, DAY, "de")
    return folder


@pytest.fixture(scope="module")
def built(case: Path) -> Built:
    """Its closed bundle."""
    return casefile.build(case, DAY, "de", scope=Scope.ALL, close=("names", "wages"))


def everything(data: bytes, name: str = "bundle.zip") -> Iterator[tuple[str, bytes]]:
    """Every file of a bundle, with the pages and the attachments of its PDF."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.namelist():
            yield entry, archive.read(entry)
            if entry.endswith(".pdf"):
                yield from _inside_pdf(entry, archive.read(entry))
    yield name, data


def _inside_pdf(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        yield f"{name}, page {number + 1}", document[number].get_textpage().get_text_bounded().encode()
    for number in range(document.count_attachments()):
        attached = document.get_attachment(number)
        yield f"{name}, {attached.get_name()}", bytes(attached.get_data())


def test_nothing_closed_is_anywhere_in_the_bundle(built: Built) -> None:
    """No byte of any file, page or attachment holds a closed name or wage, in any encoding of a text."""
    found = dict(everything(built.bundle.read_bytes()))
    assert any("page" in name for name in found) and any(".csv" in name for name in found)
    for name, data in found.items():
        for secret in SECRETS:
            for encoding in ("utf-8", "cp1252", "utf-16-le"):
                assert secret.encode(encoding) not in data, (secret, name)
            if not secret[0].isdigit():
                assert secret.lower().encode() not in data.lower(), (secret, name)


def test_the_open_bundle_has_them_all(case: Path) -> None:
    """The search would find them: the same case, open, holds each name and each wage as it was written."""
    data = casefile.build(case, DAY, "de", scope=Scope.ALL).bundle.read_bytes()
    held = b"".join(content for _, content in everything(data))
    for secret in ("Zwölfer", "Dröge", "Kaltwasser", "29.83"):
        assert secret.encode() in held or secret.encode("cp1252") in held, secret


def test_a_closed_bundle_holds_and_says_what_is_closed(built: Built) -> None:
    """Nothing is a breach; sums that rest on wages are 'not worked out again'; names change no figure."""
    outcome = casefile.verify_bundle(built.bundle)
    assert outcome.breaches == ()
    assert {"Mitarbeiter", "Kosten je Stunde", "who"} <= {str(said.args["field"]) for said in outcome.closed}
    assert any("not worked out again" in said.id for said in outcome.unchecked)
    assert any("read again" in said.id for said in outcome.unchecked)  # the mail, whose bytes hide the name


def test_the_sums_are_those_of_the_open_claim(case: Path, built: Built) -> None:
    """What is due does not depend on what is closed; with names alone every figure is worked out again."""
    open_ = casefile.claim(case, DAY)
    shut = close(case, open_, DAY, ("names",), frozenset())
    assert shut is not None
    names = shut.claim
    for claim in (verify_bytes(built.bundle.read_bytes()).claim, names):
        assert claim is not None and claim.waterfall.due == open_.waterfall.due
        assert claim.assessment.total == open_.assessment.total
    assert names.case.closing is not None and names.case.closing.stated == ()


def test_made_twice_it_is_the_same_bytes(case: Path, built: Built) -> None:
    """Nothing is drawn anew: salts follow from those of the entries."""
    again = casefile.build(case, DAY, "de", scope=Scope.ALL, close=("wages", "names"))
    before = built.bundle.read_bytes()
    third = casefile.build(case, DAY, "de", scope=Scope.ALL, close=("names", "wages"))
    assert again.digest == third.digest
    assert len(before) > 0


def test_no_digest_can_be_guessed_without_its_salt(case: Path, built: Built) -> None:
    """Whoever tries all wages up to 100 euro, with or without the place, meets none of the digests; with the
    salt, which the firm has, the first try meets."""
    shown = verify(built.bundle.read_bytes()).shown
    cell = next(c for one in shown for c in one.cells if c.field == "wages")
    entry = next(one.entry for one in shown if cell in one.cells)
    digests = {c.closed for one in shown for c in one.cells}
    held = b"".join(data for _, data in everything(built.bundle.read_bytes()))
    for cents in range(10_000):
        value = f"{cents // 100},{cents % 100:02}"
        plain = (
            value.encode(),
            canonical(value),
            canonical([cell.place, value]),
            canonical(["", cell.place, value]),
        )
        for guess in plain:
            assert sha256(guess).hexdigest() not in digests
    for original in (WAGES.encode("cp1252"), HOURS.encode()):
        assert sha256(original).hexdigest().encode() not in held
    known = salt(salts_of(case)[entry], cell.place)
    assert sha256(canonical([known, cell.place, "43,17"])).hexdigest() == cell.closed


def test_an_opening_opens_one_field(case: Path, built: Built) -> None:
    """The line's SHA-256 stands in the bundle; it tells nothing of the field beside it."""
    bundle = verify(built.bundle.read_bytes())
    wages = next(one.entry for one in bundle.shown if any(c.field == "wages" for c in one.cells))
    lines = open_field.openings(case, bundle, wages, "row 2, Kosten je Stunde", whole=False).splitlines()
    assert len(lines) == 1 and sha256(lines[0]).hexdigest().encode() in bundle.get("data/closed.jsonl")
    checked = open_field.check(bundle, lines)
    assert checked.breaches == () and "43,17" in str(checked.said[0])
    forged = lines[0].replace(b"43,17", b"53,17")
    moved = lines[0].replace(b"row 2", b"row 3")
    for wrong in (forged, moved, b"[]", b'["a","b","c"]'):
        assert open_field.check(bundle, [wrong]).breaches


def test_an_entry_opened_as_a_whole_shows_that_the_right_thing_was_closed(case: Path, built: Built) -> None:
    """Body, salt and all cells: what was shown and closed is what was taken in; each closed entry can be."""
    bundle = verify(built.bundle.read_bytes())
    for one in bundle.shown:
        lines = open_field.openings(case, bundle, one.entry, "", whole=True).splitlines()
        checked = open_field.check(bundle, lines, [MAIL.encode()])
        assert checked.breaches == (), (one.entry, checked.breaches)
        assert "open as a whole" in checked.said[-1].id
    cut = open_field.openings(case, bundle, next(o.entry for o in bundle.shown if o.cells), "", whole=True)
    assert open_field.check(bundle, cut.splitlines()[-1:]).breaches  # the cells are missing


def test_a_program_that_closes_other_values_is_found_by_opening_the_entry(case: Path) -> None:
    """The bundle alone cannot show it; the entry opened as a whole does."""
    bundle = verify(lied(case))
    wages = next(one.entry for one in bundle.shown if any(c.field == "wages" for c in one.cells))
    line = store.body_line(case, wages)
    salted = salts_of(case)[wages]
    shown = next(one for one in bundle.shown if one.entry == wages)
    said = WAGES.encode("cp1252").decode("cp1252").splitlines()
    values = {
        c.place: said[int(c.place.split("row ")[1].split(",")[0]) - 1].split(";")[1] for c in shown.cells
    }
    lines = [
        opening(salt(salted, c.place), c.place, values[c.place]) for c in shown.cells if "Kosten" in c.place
    ]
    assert open_field.check(bundle, [*lines, line]).breaches


def test_sha256sum_checks_an_opening(case: Path, built: Built) -> None:
    """Without Heller: the digest of the line stands in closed.jsonl."""
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not here")
    bundle = verify(built.bundle.read_bytes())
    one = next(one for one in bundle.shown if one.cells)
    asked = one.cells[0].place.partition(" ")[2]
    line = open_field.openings(case, bundle, one.entry, asked, whole=False).splitlines()[0]
    done = subprocess.run(["sha256sum"], input=line, capture_output=True, check=True)
    assert done.stdout[:64] in bundle.get("data/closed.jsonl")


def test_what_is_not_closed_cannot_be_opened(case: Path, built: Built) -> None:
    """A wrong entry or place is refused; nothing is written."""
    bundle = verify(built.bundle.read_bytes())
    for entry, place in ((0, "row 2"), (bundle.shown[0].entry, "row 99")):
        with pytest.raises(InputRefused):
            open_field.openings(case, bundle, entry, place, whole=False)


def test_erasing_takes_the_salts_along(case: Path, built: Built, tmp_path: Path) -> None:
    """After an erasure nobody can open the field any more, and the list of closed fields is gone with it."""
    folder = Path(shutil.copytree(case, tmp_path / "case"))
    bundle = verify(built.bundle.read_bytes())
    note = next(e.seq for e in store.load(folder).entries if e.kind == "note")
    casefile.erase(folder, note, "Antrag", "Art. 17 DSGVO", now=None)
    assert note not in salts_of(folder)
    assert all(e.body is None for e in store.load(folder).entries if e.kind in ("closed", "dossier"))
    with pytest.raises((InputRefused, ValueError)):
        open_field.openings(folder, bundle, note, "/record/who", whole=False)


def quoted(cell: str) -> str:
    """A cell in quotation marks."""
    return '"' + cell.replace('"', '""') + '"'


# A note in which a wage stands as the table writes it would be looked for below, and may well be drawn.
CELL = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cs")), max_size=12).filter(
    lambda note: re.search(r";\d+,\d\d;", note) is None
)
NAME = st.sampled_from(["Anna Quast", "Bodo", 'Eva "Ev" Löns', "K; Otto", "Zoë Faß", "X9"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(NAME, st.integers(100, 9999), CELL), min_size=1, max_size=6, unique_by=lambda r: r[0]),
    st.sampled_from(["utf-8", "cp1252", "utf-8-sig"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_random_tables_are_closed_and_restored(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, str]], encoding: str, end: str
) -> None:
    """Whatever stands in a table: no wage and no name is left in what is shown, and with the openings of its
    cells the original comes back to the byte."""
    table = ["Mitarbeiter;Kosten je Stunde;Überstundenzuschlag;Vermerk"]
    table += [f"{quoted(n)};{w // 100},{w % 100:02};25 %;{quoted(note)}" for n, w, note in rows]
    original = (end.join(table) + end).encode(encoding)
    folder = tmp_path_factory.mktemp("random") / "case"
    casefile.open_case(folder)
    from heller.casefile.writing.take_in import take_in

    take_in(folder, [("loehne.csv", original)])
    open_ = casefile.claim(folder, DAY)
    made = close(folder, open_, DAY, ("names", "wages"), frozenset())
    assert made is not None
    one = next((s for s in read_closed(made.data) if s.original), None)
    if one is None:
        return  # the table is closed as a whole: nothing of it is shown
    shown = made.objects[one.original]
    for name, wage, _ in rows:
        assert f";{wage // 100},{wage % 100:02};".encode() not in shown
        assert quoted(name).encode(one.encoding) not in shown
    plain = text_of(original)
    assert plain is not None
    values = pieces(one, plain[0], salts_of(folder)[one.entry])
    assert restore(one, shown, values) == original
    get = lambda digest: made.objects.get(digest) or store.get_object(folder, digest)  # noqa: E731
    kinds = ("names", "wages")
    read = reader(Premises(open_.case.tz), get)
    again = claim_of(store.load(folder), made.shown, get, lambda name, digest: b"", read, DAY, (), kinds)
    assert again.waterfall.due == open_.waterfall.due
