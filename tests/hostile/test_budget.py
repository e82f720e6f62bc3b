"""What one file may cost: whatever it is built to do, it becomes an exhibit, and the case is unharmed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.hostile.files import FILES, Hostile, named, slow_to_draw
from tests.hostile.inner_files import INNER_FILES
from tests.hostile.more_files import LARGE_FILES, MORE_FILES

from heller import casefile
from heller.casefile import naming
from heller.casefile.apart import process
from heller.casefile.apart.budget import MB, Budget, Excess, OverBudget
from heller.casefile.bundle import drawn_pages, made_again
from heller.casefile.bundle.scope import Scope
from heller.casefile.derived.broken_rules import broken_rules
from heller.casefile.derived.originals import Read
from heller.casefile.derived.reading_anew import anew, excess_of, unread
from heller.casefile.fold import unread as unread_of
from heller.casefile.writing.own_files import what_it_is
from heller.cli import app
from heller.intake.personal import KnownValues
from heller.machine.spent import Spent, spent
from heller.model.errors import InputRefused
from heller.model.finding import Weight
from heller.model.record import Blob

SCAN = Path(__file__).parents[1] / "intake/data/paper/scan_zugferd_invoice.jpg"
FULL = bool(os.environ.get("HELLER_HOSTILE"))
BUDGET = Budget() if FULL else Budget(seconds=2, memory=256 * MB)
OVER = 64 * MB  # that a process may take between two looks
DAY = date(2015, 6, 30)
PLAIN = b"Angabe;Wert\nfirm.name;Muster GmbH (erfunden)\n"


class Watched:
    """The most that any process took while it was watched."""

    memory, seconds = 0, 0.0

    def __call__(self, pid: int) -> Spent:
        found = spent(pid)
        self.memory, self.seconds = max(self.memory, found.memory), max(self.seconds, found.seconds)
        return found


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """The budget of these tests, and what the processes take. Each test begins with a new process."""
    process.end_all()
    seen = Watched()
    monkeypatch.setattr(process, "spent", seen)
    monkeypatch.setattr(process, "Budget", lambda: BUDGET)
    yield seen
    process.end_all()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with nothing in it."""
    casefile.open_case(tmp_path / "case")
    return tmp_path / "case"


def handed_in(case: Path, name: str, data: bytes) -> casefile.Added:
    """A file taken in, with a harmless one after it."""
    (case.parent / name).write_bytes(data)
    (case.parent / "angaben.csv").write_bytes(PLAIN)
    found, plain = casefile.add(case, [case.parent / name, case.parent / "angaben.csv"])
    assert plain.reading.records
    return found


ALL = (*FILES, *MORE_FILES, *INNER_FILES, *(LARGE_FILES if FULL else ()))


@pytest.mark.parametrize("hostile", ALL, ids=[one.name for one in ALL])
def test_a_hostile_file_is_an_exhibit(
    hostile: Hostile, case: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs no more than its budget, it is kept as it came, and nothing reads it again."""
    data = hostile.make()
    found = handed_in(case, hostile.name, data)
    allowed = BUDGET.for_size(len(data))
    assert watched.memory < allowed.memory + OVER and watched.seconds < allowed.seconds + 1.5
    assert casefile.original(case, casefile.load(case).exhibits[0].digest) == data
    if excess := excess_of(found.reading):
        assert unread_of(casefile.entries(case).entries) == {
            casefile.load(case).exhibits[0].digest: excess.value
        }
        assert [doubt.weight for doubt in found.reading.findings] == [Weight.REFUSED]
        shutil.rmtree(case / "derived")
        monkeypatch.setattr(process, "Budget", lambda: Budget(seconds=60))
        watched.seconds = 0
        assert excess_of(casefile.load(case).exhibits[0].reading) is excess
        assert watched.seconds < 1.5  # the harmless one is read again, this one is not
        assert handed_in(case, hostile.name, data).known and watched.seconds < 3
    assert casefile.claim(case, DAY).case.exhibits[1].reading.records


@pytest.mark.parametrize("hostile", list(named("nested.zip forms.pdf sheet.xlsx")), ids=lambda one: one.name)
def test_every_other_door_has_the_same_budget(hostile: Hostile, watched: Watched, tmp_path: Path) -> None:
    """Whether it is Heller's own, whether it names somebody, which rules it breaks, which column is which: each is
    answered, or refused in words; what cannot be looked through names somebody."""
    data, known = hostile.make(), KnownValues({"Erika Zwölfer": "XXXX-1"})
    blob = Blob(hostile.name, data, sha256(data).hexdigest())
    (tmp_path / hostile.name).write_bytes(data)
    named_in, left = naming.names(blob, known), naming.redacted(blob.name, data, known)
    assert left is None or not named_in
    assert what_it_is(data) is None
    with contextlib.suppress(InputRefused):
        assert not broken_rules(blob)
    assert app.run(["profile", str(tmp_path / hostile.name)]) == InputRefused.exit_code
    allowed = BUDGET.for_size(len(data))
    assert watched.memory < allowed.memory + OVER and watched.seconds < 6 * allowed.seconds + 1.5


def test_a_case_of_hostile_files_makes_a_dossier(case: Path, watched: Watched) -> None:
    """Neither what could not be read nor what cannot be drawn stops it; the bundle holds wholly."""
    for one in named("commas.eml forms.pdf deep.xml picture.png"):
        (case.parent / one.name).write_bytes(one.make())
    (case.parent / "drawn.pdf").write_bytes(slow_to_draw())
    names = ("angaben.csv", "commas.eml", "forms.pdf", "deep.xml", "picture.png", "drawn.pdf")
    (case.parent / "angaben.csv").write_bytes(PLAIN)
    added = casefile.add(case, [case.parent / name for name in names])
    assert [bool(excess_of(one.reading)) for one in added] == [False, True, True, False, False, False]
    built = casefile.build(case, DAY, "de", scope=Scope.ALL)
    (body,) = (e.body for e in casefile.entries(case).entries if e.kind == "dossier" and e.body)
    digests = [exhibit.digest for exhibit in casefile.load(case).exhibits]
    assert body["not_drawn"] == sorted([digests[2], digests[5]])
    outcome = casefile.verify_bundle(built.bundle)
    assert outcome.whole
    told = {said.id.split(" and ")[0].partition(",")[0]: said.args for said in outcome.remarks}
    assert told["{n} originals were taken in"]["n"] == 2
    assert told["{n} exhibits are not shown on the dossier's pages"]["which"] == "K 3, K 6"
    assert (
        casefile.build(case, DAY, "de", scope=Scope.ALL).digest == built.digest
    )  # from what is kept: the same bytes


def test_a_machine_that_is_too_slow_accuses_nobody(
    case: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an original can't be read again here, the rest holds, and that is said first."""
    handed_in(case, "b.csv", PLAIN.replace(b"Muster", b"Beispiel"))
    built = casefile.build(case, DAY, "en")

    def mute(*told: object) -> Read:
        return lambda wanted: {one.digest: unread(one.name, one.digest, Excess.TIME) for one in wanted}

    monkeypatch.setattr(made_again, "reader", mute)
    outcome = casefile.verify_bundle(built.bundle)
    assert outcome.holds and not outcome.whole
    assert outcome.unchecked[0].args["n"] == 1 and "not read again" in outcome.unchecked[0].id


def test_what_breaks_down_is_said(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends by itself, and work that fails, are doubts about the file and no fault of the rest."""
    blob, berlin = Blob("a.csv", PLAIN, "d" * 64), ZoneInfo("Europe/Berlin")
    process.start()
    (waiting,) = process._idle
    os.kill(waiting._process.pid, signal.SIGKILL)
    waiting._process.wait()
    assert anew(blob, berlin).records  # one that died while nobody asked it says nothing of a file

    def killed(pid: int) -> Spent:
        os.kill(pid, signal.SIGKILL)
        return Spent()

    monkeypatch.setattr(process, "TICK", 0)
    monkeypatch.setattr(process, "spent", killed)
    assert excess_of(anew(blob, berlin)) is Excess.ENDED
    monkeypatch.undo()
    with pytest.raises(process.Broken, match="ValueError"):
        process.ask("reading", [], [b""])
    assert process.ask_or_none("count", [], [b"no PDF"]) is None
    monkeypatch.setattr(process, "Budget", lambda: Budget(output=10))
    with pytest.raises(OverBudget):
        process.ask("pages", (3,), [b"%PDF-1.7"])
    assert drawn_pages.drawing(Budget(output=10))(b"%PDF-1.7") is drawn_pages.NOT_DRAWN
    assert Excess("of a later version") is Excess.ENDED


def test_a_large_log_is_given_more() -> None:
    """A file above 64 MB is granted time and room by its size; below, every file has the same."""
    assert Budget().for_size(64 * MB) == Budget()
    large = Budget().for_size(512 * MB)
    assert large.seconds == 20 + 224 and large.memory == (1024 + 6 * 448) * MB


def test_recognition_is_counted_apart(watched: Watched) -> None:
    """The process that recognises words has seconds of its own; its memory counts with that of who asks."""
    scan = SCAN.read_bytes()
    blob = Blob(SCAN.name, scan, sha256(scan).hexdigest())
    reading = anew(blob, ZoneInfo("Europe/Berlin"), budget=Budget(seconds=2))
    assert reading.records and watched.memory > 256 * MB
    process.end_all()  # one that has just seen the picture knows its words
    assert excess_of(anew(blob, ZoneInfo("Europe/Berlin"), budget=Budget(recognition=0.1))) is Excess.TIME


def test_nothing_is_loaded_from_where_the_person_stands(
    case: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A folder of foreign files may hold one called like a module that reading needs."""
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "msgspec.py").write_text("open('sprung', 'w')")
    monkeypatch.chdir(trap)
    handed_in(case, "b.csv", PLAIN.replace(b"Muster", b"Beispiel"))
    assert [path.name for path in trap.iterdir()] == ["msgspec.py"]
