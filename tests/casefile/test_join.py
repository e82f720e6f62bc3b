"""Two copies become one: each entry that is taken over proves where it was written, and the sum is that of one case."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.lab import judges
from tests.lab.test_lab import NEEDED
from tests.web import web_sample

from heller import casefile
from heller.casefile.bundle.scope import Scope
from heller.casefile.bundle.verify import read, verify_bundle
from heller.casefile.echo import sums
from heller.casefile.folder import proofs_in
from heller.casefile.writing.hand_over import hand_over
from heller.casefile.writing.join import copy_in, join
from heller.cli import app
from heller.journal.checking.check import check
from heller.journal.entry import read_line, seal_all
from heller.journal.joined import ELSEWHERE, as_there, unproven, where
from heller.journal.mend import Source, source_of
from heller.machine import files
from heller.model.errors import InputRefused
from heller.model.kinds.belonging import Belonging
from heller.model.kinds.fact import Fact
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.row_change import RowChange
from heller.model.record import Record

DAY = date(2015, 6, 30)
WHOLE = Decimal(1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case without its log."""
    home = tmp_path_factory.mktemp("made")
    files = [path for path in web_sample.write(home / "files") if path.name != "ping.log"]
    casefile.open_case(home / "case")
    casefile.add(home / "case", files)
    return home / "case"


@pytest.fixture
def two(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two copies of it; nothing is synced, for no power fails here."""
    monkeypatch.setattr(files, "sync", lambda handle: None)
    return Path(shutil.copytree(made, tmp_path / "one")), Path(shutil.copytree(made, tmp_path / "other"))


def bundle_of(path: Path) -> Source:
    """A bundle as a source."""
    return source_of(read(path))


def taken(case: Path, other: Path, by: str = "RA Muster") -> int:
    """Take over what the other one wrote; the last entry."""
    return join(case, copy_in(other, bundle_of), by).last


def added(case: Path, folder: Path, name: str, said: str) -> int:
    """A file more; its exhibit number."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(said)
    return casefile.add(case, [folder / name])[0].number


def test_what_the_other_wrote_is_taken_over(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Exhibits get the numbers of this journal, and what names them follows; the sum is that of one case."""
    one, other = two
    added(one, tmp_path / "a", "mine.txt", "mine")
    there = added(other, tmp_path / "b", "theirs.txt", "theirs")
    noted = casefile.note(other, Purpose(f"K{there}", "hardware", WHOLE, "Router"))
    casefile.note(other, Belonging(f"#{noted}", "all"))
    casefile.note(other, Purpose("R-100", "none", WHOLE, "privat"))
    head, before = casefile.entries(other).head, sums(casefile.claim(one, DAY))
    taken(one, other)
    checked = casefile.entries(one)
    case = casefile.load(one)
    assert [e.name for e in case.exhibits[-2:]] == ["mine.txt", "theirs.txt"]
    assert [p.invoice for p in case.records(Purpose)][-2:] == [f"K{there + 1}", "R-100"]
    assert int(case.records(Belonging)[-1].thing[1:]) == checked.entries[-3].seq
    assert (checked.entries[-5].body or {})["head"] == head, "both heads are kept"
    assert str((before.damage - sums(casefile.claim(one, DAY)).damage).decimal) == "300.00"
    assert verify_bundle(casefile.build(one, DAY, "de").bundle).whole


def test_each_entry_proves_where_it_was_written(two: tuple[Path, Path]) -> None:
    """When and by whom; changed by whoever owns the journal, it no longer proves it."""
    one, other = two
    entry = casefile.note(other, Fact("line.monthly_fee", "490.00"))
    written = casefile.entries(other).entries[entry]
    last = taken(one, other)
    entries = casefile.entries(one).entries
    found = where(entries, entries[last])
    assert found is not None and (found[0].wall, found[1]) == (written.wall, "RA Muster")
    assert as_there(entries[last].body or {}) == written.body

    def forged(of: int, body: dict[str, Any]) -> str:
        """What is found where somebody writes the whole journal anew with another body."""
        clock = read_line((one / "journal.jsonl").read_bytes().splitlines()[0]).clock
        contents = [(e.kind, body if e.seq == of else e.body or {}) for e in entries]
        lines, said, _ = seal_all(0, "0" * 64, contents, bytes(32 * len(contents)), clock)
        return " ".join(
            str(breach.what) for breach in check(lines, said).breaches if "other" in str(breach.what)
        )

    assert "do not follow" in forged(-1, {}), "another beginning is another case"
    home = entries[last - 1].body or {}
    with_own = check((one / "journal.jsonl").read_bytes(), (one / "bodies.jsonl").read_bytes())
    assert not with_own.breaches
    own = list(with_own.lines)
    changes: list[dict[str, Any]] = [{"record": {"type": "fact", "value": "1.00"}}, {ELSEWHERE: {}}]
    for change in changes:
        odd = [replace(e, body=(e.body or {}) | change) if e.seq == last else e for e in entries]
        assert ["nothing proves it" in str(b.what) for b in unproven(odd, own)] == [True]
    changes = [
        {"head": "0" * 64},
        {"lines": home["lines"][1:]},
        {"lines": [home["lines"][0].replace("20", "21")]},
    ]
    for change in changes:
        odd = [replace(e, body=home | change) if e.seq == last - 1 else e for e in entries]
        assert any("do not follow" in str(breach.what) for breach in unproven(odd, own))


def test_nothing_is_taken_twice(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Again: nothing; after more was written there: only that; back the other way: only what came from here."""
    one, other = two
    casefile.note(other, Fact("line.monthly_fee", "490.00"))
    casefile.note(one, Fact("firm.name", "Muster GmbH"))
    taken(one, other)
    with pytest.raises(InputRefused):
        taken(one, other)
    casefile.note(other, Fact("firm.employees", "5"))
    taken(one, other)
    assert [f.value for f in casefile.load(one).records(Fact)][-3:] == ["Muster GmbH", "490.00", "5"]
    taken(other, one, "Muster")
    mine, theirs = (casefile.load(path) for path in two)
    assert sorted(f.value for f in mine.records(Fact)) == sorted(f.value for f in theirs.records(Fact))
    third = Path(shutil.copytree(other, tmp_path / "third"))
    casefile.note(third, Fact("firm.employees", "6"))
    taken(one, third, "Dritter")
    assert [f.value for f in casefile.load(one).records(Fact)][-1:] == ["6"]
    assert len(casefile.load(one).records(Fact)) == len(mine.records(Fact)) + 1


def test_the_same_file_in_both_is_one_exhibit(two: tuple[Path, Path], tmp_path: Path) -> None:
    """It comes as the same file again; what names its number there names the exhibit here."""
    one, other = two
    added(one, tmp_path / "a", "first.txt", "first")
    here = added(one, tmp_path / "a", "same.txt", "same")
    there = added(other, tmp_path / "a", "same.txt", "same")
    casefile.note(other, Purpose(f"K{there}", "hardware", WHOLE, ""))
    taken(one, other)
    case = casefile.load(one)
    assert [e.name for e in case.exhibits].count("same.txt") == 1
    assert case.records(Purpose)[-1].invoice == f"K{here}"


def test_a_bundle_brings_its_entries(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Who sends back a bundle sends back entries and originals; the dossier made there stays there."""
    one, other = two
    added(other, tmp_path / "b", "theirs.txt", "theirs")
    taken(one, casefile.build(other, DAY, "de", scope=Scope.ALL).bundle)
    assert casefile.load(one).exhibits[-1].name == "theirs.txt"
    assert [e.kind for e in casefile.entries(one).entries][-1] == "exhibit"


@pytest.mark.parametrize("close", [(), ("names",)])
def test_what_was_taken_over_holds_for_all_three_verifiers(
    close: tuple[str, ...], two: tuple[Path, Path], tmp_path: Path
) -> None:
    """Heller, the script and the lines of the sheet."""
    one, other = two
    added(other, tmp_path / "b", "theirs.txt", "theirs of Erika Mustermann")
    casefile.note(other, Belonging("R-100", "all", who="Erika Mustermann"))
    taken(one, other)
    made = casefile.build(one, DAY, "de", close=close).bundle
    assert judges.heller(made.read_bytes()) == judges.script(made, tmp_path / "script") == ""
    if all(shutil.which(name) for name in NEEDED):
        assert judges.shell(made, tmp_path / "shell") == ""


def test_a_bundle_that_left_a_file_out_is_refused(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Nothing of it is taken over, and it is said how to get it whole."""
    one, other = two
    added(other, tmp_path / "b", "theirs.txt", "theirs")
    before = len(casefile.entries(one).entries)
    with pytest.raises(InputRefused):
        taken(one, casefile.build(other, DAY, "de", scope=Scope.CITED).bundle)
    assert len(casefile.entries(one).entries) == before


def test_a_closed_bundle_does_not_tell_what_it_closes(two: tuple[Path, Path]) -> None:
    """Neither the words there nor their salt stand in it, and it holds."""
    one, other = two
    casefile.note(other, Fact("contract.person", "Erika Mustermann", basis="Erika Mustermann"))
    casefile.note(other, Belonging("R-100", "all", who="Erika Mustermann"))
    last = taken(one, other, "Erika Mustermann")
    salt = (casefile.entries(one).entries[last].body or {})[ELSEWHERE]["salt"].encode()
    made = casefile.build(one, DAY, "de", close=("names",)).bundle
    data = made.read_bytes()
    assert b"Erika" not in data and salt not in data
    assert verify_bundle(made).whole


@pytest.mark.parametrize("door", ["folder", "bundle"])
def test_a_copy_is_handed_over_and_comes_back(
    door: str, two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command makes the copy, both go on, and what was added comes back with the sums before and after."""
    case = two[0]
    assert app.run(["hand-over", str(case), "--to", "RA Dr. Muster", "--lang", "en"]) == 0
    copy = case.with_name("one-RA-Dr-Muster")
    casefile.note(case, Fact("firm.employees", "5"))
    assert app.run(["note", str(copy), "purpose", "R-100", "privat", "--lang", "en"]) == 0
    back = copy if door == "folder" else casefile.build(copy, DAY, "de").bundle
    capsys.readouterr()
    assert app.run(["hand-over", str(case), "--back", str(back), "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Damage 583.50 € → 283.50 €" in said and "by RA Dr. Muster" in said
    assert app.run(["journal", "show", str(case), "--lang", "en"]) == 0
    assert "written elsewhere, on" in capsys.readouterr().out
    assert app.run(["hand-over", str(case), "--back", str(back), "--lang", "en"]) == 3
    assert app.run(["hand-over", str(case), "--to", "RA Dr. Muster", "--lang", "en"]) == 3, (
        "nothing is overwritten"
    )
    assert proofs_in(case, casefile.entries(case)) is not None


def test_what_stays_is_said(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An erasure there is named, for it has to be done here, too; both changed one note: it is asked."""
    one, other = two
    entry = casefile.note(one, Fact("firm.employees", "5"))
    shutil.rmtree(other)
    shutil.copytree(one, other)
    casefile.note(one, Fact("firm.employees", "6"), replaces=entry)
    casefile.note(other, Fact("firm.employees", "7"), replaces=entry)
    casefile.erase(other, 2, "Wunsch", "")
    capsys.readouterr()
    assert app.run(["journal", "join", str(one), str(other), "--by", "Anna", "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Both copies changed entry" in said and "Not taken over: 1 × Erasure" in said
    assert casefile.load(one).records(Fact)[-1].value == "7"
    casefile.open_case(tmp_path / "strange")
    assert app.run(["journal", "join", str(one), str(tmp_path / "strange"), "--by", "Anna"]) == 3
    assert app.run(["journal", "join", str(other), str(one), "--lang", "en"]) == 3, "nobody says who wrote"


WORDS: list[Record] = [
    Purpose("R-100", "none", WHOLE, ""),
    Purpose("R-100", "hardware", WHOLE, ""),
    Purpose("K6", "emergency_line", Decimal("0.5"), ""),
    Fact("line.monthly_fee", "480.00"),
    Fact("firm.employees", "5"),
]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    mine=st.lists(st.sampled_from(WORDS), max_size=3),
    theirs=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
)
def test_joined_is_as_if_written_here(
    mine: list[Record], theirs: list[Record], made: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever both wrote: joined, the case is the one in which all was written here, mine first."""
    home = tmp_path_factory.mktemp("joined")
    one, other, fresh = (Path(shutil.copytree(made, home / name)) for name in ("one", "other", "fresh"))
    for record in mine:
        casefile.note(one, record)
    for record in theirs:
        casefile.note(other, record)
    taken(one, other)
    for record in (*mine, *theirs):
        casefile.note(fresh, record)
    assert sums(casefile.claim(one, DAY)) == sums(casefile.claim(fresh, DAY))
    assert casefile.load(one).noted == casefile.load(fresh).noted


def test_a_hand_over_needs_a_name(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Nobody named: nothing is made."""
    with pytest.raises(InputRefused):
        hand_over(two[0], " ", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_row_changes_follow_their_exhibit(two: tuple[Path, Path], tmp_path: Path) -> None:
    """A row of an exhibit that has another number there."""
    one, other = two
    added(one, tmp_path / "a", "mine.txt", "mine")
    rows = "Name;Datum;Von;Bis\nErika Muster;03.02.2015;08:00;10:00\nErika Muster;04.02.2015;08:00;10:00\n"
    there = added(other, tmp_path / "b", "stunden.csv", rows)
    casefile.note(other, RowChange(f"K{there}", "2", "withdrawn", "doppelt"))
    taken(one, other)
    case = casefile.load(one)
    assert (
        case.records(RowChange)[-1].exhibit == f"K{there + 1}" and len(case.exhibits[-1].reading.records) == 1
    )
