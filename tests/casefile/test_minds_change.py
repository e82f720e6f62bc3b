"""Minds change: each change is said once, moves the sum as it should, and undone it is as if it had never been."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web import web_sample

from heller import casefile
from heller.casefile.echo import echo, sums
from heller.casefile.writing import belong, write
from heller.cli import app
from heller.machine import files
from heller.model.errors import InputRefused, OriginalMissing
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.lost_original import LostOriginal
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.row_change import RowChange
from heller.model.record import Record

DAY = date(2015, 6, 30)
ONE, HALF = Decimal(1), Decimal("0.5")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case without its log."""
    return web_sample.case_in(tmp_path_factory.mktemp("made"), "ping.log")


@pytest.fixture
def case(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; nothing is synced, for no power fails here."""
    monkeypatch.setattr(files, "sync", lambda handle: None)
    return Path(shutil.copytree(made, tmp_path / "case"))


def damage(case: Path) -> str:
    """The likely damage with the fee of the dead days."""
    found = casefile.claim(case, DAY).assessment
    return str((found.total.likely + found.apart.likely).decimal)


def number_of(case: Path, name: str) -> int:
    """The exhibit of a file."""
    return next(e.number for e in casefile.load(case).exhibits if e.name == name)


# What is written, and the damage after it; the damage before it is 601.36 but for what the row itself writes first.
PURPOSES: list[tuple[str, list[Record], str]] = [
    ("a receipt called private is claimed no more", [Purpose("R-100", "none", ONE, "privat")], "301.36"),
    ("a later head stands in the place of the first", [Purpose("R-100", "hardware", ONE, "")], "601.36"),
    ("half of it", [Purpose("R-100", "emergency_line", HALF, "")], "451.36"),
    (
        "two halves are a split",
        [Purpose("R-100", "emergency_line", HALF, ""), Purpose("R-100", "hardware", HALF, "")],
        "601.36",
    ),
    (
        "more than the whole is no split: the last one counts",
        [Purpose("R-100", "hardware", HALF, ""), Purpose("R-100", "emergency_line", Decimal("0.75"), "")],
        "526.36",
    ),
    ("by its exhibit", [Purpose("K6", "none", ONE, "privat")], "301.36"),
    (
        "private, and then again not",
        [Purpose("R-100", "none", ONE, ""), Purpose("R-100", "hardware", ONE, "")],
        "601.36",
    ),
]


@pytest.mark.parametrize(
    ("records", "after"), [row[1:] for row in PURPOSES], ids=[row[0] for row in PURPOSES]
)
def test_a_later_purpose_stands_in_the_place_of_the_earlier(
    case: Path, records: list[Record], after: str
) -> None:
    """Replaced, not added; a split is said as shares."""
    assert damage(case) == "601.36"
    entries = [casefile.note(case, record) for record in records]
    assert damage(case) == after
    for entry in reversed(entries):
        casefile.correct(case, entry, "doch nicht")
    assert damage(case) == "601.36", "withdrawn, it is as if it had never been written"


def test_a_withdrawn_exhibit_comes_back_by_its_number(case: Path) -> None:
    """Gone with all it says, back with all it says; its number never changes."""
    hours = casefile.target(case, f"K{number_of(case, 'stunden.csv')}")
    before = damage(case)
    casefile.correct(case, hours, "falsche Liste")
    assert damage(case) == "317.86"
    with pytest.raises(InputRefused):
        casefile.correct(case, hours, "noch einmal")
    casefile.restore(case, hours, "war doch richtig")
    assert damage(case) == before
    with pytest.raises(InputRefused):
        casefile.restore(case, hours, "noch einmal")


def test_one_row_is_corrected_and_withdrawn(case: Path) -> None:
    """A row of the hours by its place; the file stays, the other rows count as before."""
    number = number_of(case, "stunden.csv")
    before = damage(case)
    half = casefile.note(case, RowChange(f"K {number}", "3", "minutes=90", "nur die Hälfte"))
    assert Decimal(before) - Decimal(damage(case)) == Decimal("63.00")  # 90 minutes at 42.00
    gone = casefile.note(case, RowChange(f"K{number}", "row 3", "withdrawn", "gar nicht"))
    assert Decimal(before) - Decimal(damage(case)) == Decimal("126.00")
    casefile.correct(case, gone, "doch")
    casefile.correct(case, half, "doch ganz")
    assert damage(case) == before
    odd_rows = (
        (99, "3", "withdrawn"),
        (number, "77", "withdrawn"),
        (number, "3", "minutes=-5"),
        (number, "3", "x=5"),
    )
    for exhibit, row, change in odd_rows:
        odd = RowChange(f"K{exhibit}", row, change, "x")
        with pytest.raises(InputRefused):
            casefile.note(case, odd)


def test_an_edited_note_shows_both_and_counts_once(case: Path) -> None:
    """The later stands in the place of the earlier; what was edited cannot be edited again, what edits it can."""
    at = datetime(2015, 2, 4, 9, tzinfo=UTC)
    first = casefile.note(case, Contact(at, ContactKind.CONTACT, "Telefon", "Hotline", "morgen früh"))
    before = casefile.claim(case, DAY)
    second = casefile.note(
        case, Contact(at, ContactKind.CONTACT, "Telefon", "Hotline", "morgen abend"), replaces=first
    )
    told = echo(second, before, casefile.claim(case, DAY))
    assert [r.said for r in told.was if isinstance(r, Contact)] == ["morgen früh"]
    assert [r.said for r in told.now if isinstance(r, Contact)] == ["morgen abend"]
    with pytest.raises(InputRefused):
        casefile.note(case, Contact(at, ContactKind.CONTACT, "", "", "x"), replaces=first)
    third = casefile.note(
        case, Contact(at, ContactKind.CONTACT, "Telefon", "Hotline", "nie"), replaces=second
    )
    casefile.correct(case, second, "egal")
    noted = [r.said for r in casefile.load(case).noted if isinstance(r, Contact)]
    assert noted == ["nie"], "a withdrawn link of the chain brings nothing back beside its end"
    casefile.correct(case, third, "auch nicht")
    assert [r.said for r in casefile.load(case).noted if isinstance(r, Contact)] == ["morgen früh"]


def test_nobody_knows_opens_a_fact_again(case: Path) -> None:
    """It is asked again as if nobody had stated it, also where a file did."""
    assert casefile.load(case).fact("line.monthly_fee") == "500.00"
    assert app.run(["note", str(case), "fact", "line.monthly_fee", "weiß", "nicht", "--lang", "en"]) == 0
    assert casefile.load(case).fact("line.monthly_fee") is None
    casefile.note(case, Fact("line.monthly_fee", "480.00"))
    assert casefile.load(case).fact("line.monthly_fee") == "480.00"


def test_a_lost_original_leaves_its_values_and_comes_back(case: Path, made: Path) -> None:
    """Missing, it is named by its exhibit; lost, the case goes on with what was read last; found, all is as it was."""
    before, number = damage(case), number_of(case, "stunden.csv")
    digest = casefile.load(case).exhibits[number - 1].digest
    data = casefile.original(case, digest)
    (case / "objects" / digest[:2] / digest).unlink()
    with pytest.raises(OriginalMissing) as caught:
        casefile.load(case)
    assert caught.value.what.args == {"n": number, "name": "stunden.csv"}
    casefile.note(case, LostOriginal(f"K{number}", "Platte defekt"))
    assert damage(case) == before
    assert [f.code for f in casefile.load(case).exhibits[number - 1].reading.findings] == ["exhibit-lost"]
    built = casefile.build(case, DAY, "de")
    found = casefile.verify_bundle(built.bundle)
    assert found.holds, found.breaches
    back = case.parent / "stunden.csv"
    back.write_bytes(data)
    assert casefile.add(case, [back])[0].known
    assert casefile.load(case).exhibits[number - 1].reading.reader != "lost"
    assert damage(case) == before


def test_a_changed_original_is_put_back_by_adding_the_right_file(case: Path, made: Path) -> None:
    """What lay there instead is kept under `recovered/`."""
    number = number_of(case, "stunden.csv")
    digest = casefile.load(case).exhibits[number - 1].digest
    path = case / "objects" / digest[:2] / digest
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"X")
    right = case.parent / "stunden.csv"
    right.write_bytes(data)
    casefile.add(case, [right])
    assert casefile.original(case, digest) == data
    assert (case / "recovered").is_dir()


NEWER = "stunden-neu.csv"
ANSWERS = ("replaces", "adds", "apart", "same", "signed")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("purpose", "fact", "row", "correct", "restore", "withdraw", "edit", "add", "unknown", "decide")
        ),
        st.integers(0, 30),
    ),
    max_size=10,
)


def acts(case: Path, files: list[Path]) -> dict[str, Callable[[int], object]]:
    """What people do, each with a number that chooses among what is there."""
    heads = ("emergency_line", "hardware", "none", "extra_cost")
    notes = [e.seq for e in casefile.entries(case).entries if e.kind in ("note", "record")]
    exhibits = [e.seq for e in casefile.entries(case).entries if e.kind == "exhibit"]
    shares = (ONE, HALF, Decimal("0.25"))
    hours = f"K{number_of(case, 'stunden.csv')}"
    fees = ("500.00", "480.00", "1000.00")

    def some(among: list[int], n: int) -> int:
        return among[n % len(among)] if among else -1

    return {
        "purpose": lambda n: casefile.note(
            case, Purpose(("R-100", "R-200")[n % 2], heads[n % 4], shares[n % 3], "")
        ),
        "fact": lambda n: casefile.note(case, Fact("line.monthly_fee", fees[n % 3])),
        "unknown": lambda n: casefile.note(case, Fact("line.monthly_fee", "")),
        "row": lambda n: casefile.note(
            case, RowChange(hours, str(2 + n % 3), ("withdrawn", "minutes=30")[n % 2], "x")
        ),
        "correct": lambda n: casefile.correct(case, some(notes, n), "x"),
        "restore": lambda n: casefile.restore(case, some([*notes, *exhibits], n), "x"),
        "withdraw": lambda n: casefile.correct(case, some(exhibits, n), "x"),
        "edit": lambda n: casefile.note(
            case, Purpose("R-100", heads[n % 4], shares[n % 3], "neu"), replaces=some(notes, n)
        ),
        "add": lambda n: casefile.add(case, [files[n % len(files)]]),
        "decide": lambda n: casefile.twins(
            case, number_of(case, NEWER), number_of(case, "stunden.csv"), "Frau Muster", what=ANSWERS[n % 5]
        ),
    }


def final(case: Path) -> Iterator[tuple[str, object]]:
    """What counts in the end: exhibits that are not withdrawn, and notes in their order."""
    loaded = casefile.load(case)
    withdrawn = {
        e.number for e in loaded.exhibits if any(f.code == "exhibit-withdrawn" for f in e.reading.findings)
    }
    yield from (("exhibit", e.name) for e in loaded.exhibits if e.number not in withdrawn)
    yield from (("note", record) for record in loaded.noted)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_sequence_ends_in_the_sum_of_its_final_state(
    made: Path, steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same as a fresh case in which only what counts in the end was ever said."""
    home = tmp_path_factory.mktemp("any")
    case, files = Path(shutil.copytree(made, home / "case")), sorted((made.parent / "files").glob("*.*"))
    (home / NEWER).write_text(web_sample.HOURS.replace("09:00;12:00", "09:00;11:00"), encoding="utf-8")
    files = [home / NEWER, *(path for path in files if path.name != "ping.log")]
    for name, n in steps:
        try:
            acts(case, files)[name](n)
        except (InputRefused, StopIteration):
            continue
    fresh = home / "fresh"
    casefile.open_case(fresh)
    taken = {exhibit.name for exhibit in casefile.load(case).exhibits}
    names = [path for path in files if path.name in taken]
    order = {e.name: e.number for e in casefile.load(case).exhibits}
    casefile.add(fresh, sorted(names, key=lambda path: order.get(path.name, 99)))
    gone = {path.name for path in names} - {what for kind, what in final(case) if kind == "exhibit"}
    for exhibit in casefile.load(fresh).exhibits:
        if exhibit.name in gone:
            casefile.correct(fresh, exhibit.entry, "nie da")
    for kind, what in final(case):
        if kind == "note":
            casefile.note(fresh, what)  # type: ignore[arg-type]
    assert sums(casefile.claim(case, DAY)) == sums(casefile.claim(fresh, DAY))


@pytest.mark.parametrize("written", [0, 2])
def test_an_interruption_says_what_is_in_and_how_to_take_it_back(
    case: Path, written: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C after some entries: the group is named, and one command takes it back."""
    before = damage(case)

    def interrupted(folder: Path, *rest: object, **more: object) -> int:
        del rest, more
        for n in range(written):
            write.note(folder, Purpose(("R-100", "R-200")[n], "none", ONE, ""))
        raise KeyboardInterrupt

    first = len(casefile.entries(case).entries)
    monkeypatch.setattr(belong, "note", interrupted)
    assert app.run(["note", str(case), "fact", "line.monthly_fee", "520", "--lang", "en"]) == 130
    said = capsys.readouterr().err
    assert (f"{first}-{first + 1}" in said) if written else "Nothing of it is in the case" in said
    if written:
        assert (
            app.run(["note", str(case), "correct", f"{first}-{first + 1}", "abgebrochen", "--lang", "en"])
            == 0
        )
        assert damage(case) == before
