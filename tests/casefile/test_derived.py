"""What is kept under `derived/` changes no byte of what is printed, and is never believed where it is damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from benchmarks.big_case import make

from heller import casefile
from heller.casefile.derived import program, reading_anew, readings
from heller.casefile.derived.originals import originals
from heller.casefile.derived.premises import premises_of
from heller.casefile.derived.readings import KeptColumn, Readings
from heller.casefile.fold import digests
from heller.cli import app, demo, verbs
from heller.model.errors import JournalBroken
from heller.model.kinds.probe_log import ProbeLog
from heller.model.record import Blob, Reading

DAY = date(2015, 6, 30)
SAYING = (  # what is said of a case; CASE stands for its folder
    *(
        f"{verb} CASE --as-of {DAY}"
        for verb in ("show", "claim", "questions", "deadlines", "inbox", "missing")
    ),
    *(f"{verb} CASE --as-of {DAY} --json" for verb in ("show", "claim", "questions", "inbox", "missing")),
    *(f"show CASE --as-of {DAY} {which}" for which in ("--doubts", "--every-doubt")),
    *(
        f"{verb} CASE{more}"
        for verb in ("assess", "margin", "mitigation", "facts")
        for more in ("", " --json")
    ),
    *(
        f"{verb} CASE --as-of {DAY}{more}"
        for verb in ("attack", "decide", "letter", "service")
        for more in ("", " --json")
    ),
    *(f"explain CASE due --as-of {DAY}{more}" for more in ("", " --json")),
    *(f"letter CASE {kind} --as-of {DAY}" for kind in ("fault_report", "damage_warning", "repair_deadline")),
    *(
        "outages CASE",
        "journal show CASE",
        "journal show CASE --json",
        "speed check CASE",
        f"event show CASE --as-of {DAY}",
        f"event show CASE --as-of {DAY} --json",
        "line show CASE",
        *(f"{verb} CASE --as-of {DAY}" for verb in ("account", "service")),
        "facts CASE",
    ),
)
OTHERS = {  # verbs that say nothing of a case that follows from its originals
    **dict.fromkeys(
        ("open", "note", "add", "decide-reading", "erase", "hand-over", "renew", "stamp", "watch"),
        "writes an entry",
    ),
    **dict.fromkeys(
        ("read", "profile", "law", "logs", "estimate", "open-field", "verify", "examine"), "reads no case"
    ),
    **dict.fromkeys(("card", "doctor", "install-desktop"), "reads no original"),
    **dict.fromkeys(("dossier", "demo"), "the same bytes: test_end_to_end, test_kept_pages"),
    **dict.fromkeys(("accept", "serve", "start"), "measures, or answers a browser"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A large case, very small."""
    return make(tmp_path_factory.mktemp("made") / "files", 0.01)


@pytest.fixture(scope="module")
def made(files: tuple[Path, ...]) -> Path:
    """The case that these files make."""
    folder = files[0].parents[1] / "case"
    casefile.open_case(folder)
    casefile.add(folder, files)
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of it, with what is kept."""
    return Path(shutil.copytree(made, tmp_path / "case"))


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[Path], dict[str, str]]:
    """What every verb prints of a case, for people and for machines, with its exit code."""

    def run(folder: Path) -> dict[str, str]:
        found = {}
        for words in SAYING:
            code = app.run([word.replace("CASE", str(folder)) for word in words.split()])
            printed = capsys.readouterr()
            assert code in (0, 3), (words, printed.err)
            found[words] = f"{code} {printed.out}"
        return found

    return run


def kept(folder: Path) -> Iterator[Path]:
    """Every file that is kept."""
    yield from sorted(path for path in (folder / "derived").rglob("*") if path.is_file())


def test_every_verb_prints_the_same_bytes(
    case: Path, files: tuple[Path, ...], tmp_path: Path, said: Callable[[Path], dict[str, str]]
) -> None:
    """Worked out, kept, kept readings alone, nothing kept, and readings kept by a case of another order."""
    first = said(case)
    assert said(case) == first
    shutil.rmtree(case / "derived" / "claims")
    assert said(case) == first
    other = tmp_path / "other"
    casefile.open_case(other)
    casefile.add(other, files[::-1])
    shutil.rmtree(case / "derived")
    shutil.copytree(other / "derived", case / "derived")
    assert said(case) == first
    shutil.rmtree(case / "derived")
    assert said(case) == first


def test_every_verb_is_among_them() -> None:
    """A new verb says something of a case, and stands in the list above, or it is said why not."""
    listed = {words.split()[0] for words in SAYING} | OTHERS.keys()
    assert {verb.name for verb in verbs.found("heller.cli")} == listed


def test_the_shipped_case_says_the_same_bytes(tmp_path: Path, said: Callable[[Path], dict[str, str]]) -> None:
    """The case of all kinds of papers: kept, kept by a case of another order, and with nothing kept."""
    case, other = tmp_path / "case", tmp_path / "other"
    files = demo.inputs(demo.EXAMPLE)
    for folder, order in ((case, files), (other, files[::-1])):
        casefile.open_case(folder)
        casefile.add(folder, order)
    first = said(case)
    assert said(case) == first
    for kept_there in (other / "derived", None):
        shutil.rmtree(case / "derived")
        if kept_there:
            shutil.copytree(kept_there, case / "derived")
        assert said(case) == first


def test_what_is_damaged_is_made_anew(case: Path, said: Callable[[Path], dict[str, str]]) -> None:
    """A flipped byte anywhere in any file changes nothing that is printed."""
    first = said(case)
    paths = list(kept(case))
    assert {path.parts[-3] for path in paths} == {"readings", "claims"}
    for path in paths:
        data = bytearray(path.read_bytes())
        for at in {0, 31, 32, len(data) // 2, len(data) - 1}:
            data[at] ^= 0x41
        path.write_bytes(data)
    assert said(case) == first
    for path in kept(case):
        path.write_bytes(path.read_bytes()[:40])
    assert said(case) == first


def test_a_file_under_another_name_is_not_believed(case: Path) -> None:
    """What is kept of one exhibit does not speak for another."""
    before = casefile.load(case)
    paths = [path for path in kept(case) if "readings" in path.parts and path.suffix != ".columns"]
    bodies = [path.read_bytes() for path in paths]
    for path, data in zip(paths, bodies[1:] + bodies[:1], strict=True):
        path.write_bytes(data)
    assert casefile.load(case).exhibits == before.exhibits


def test_damaged_columns_are_read_anew_when_somebody_looks(case: Path) -> None:
    """The columns of a log are checked when they are fetched."""
    before = [list(log.observations) for log in casefile.load(case).records(ProbeLog)]
    for path in kept(case):
        if path.suffix == ".columns":
            path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    logs = casefile.load(case).records(ProbeLog)
    assert all(isinstance(log.observations.row, KeptColumn) for log in logs)
    assert [list(log.observations) for log in logs] == before


def test_another_program_believes_nothing(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version kept is read anew and cleared away."""
    casefile.claim(case, DAY)
    old = {path.parent.name for path in kept(case)}
    monkeypatch.setattr(program, "reading", lambda: "another")
    monkeypatch.setattr(program, "working_out", lambda: "another")
    read: list[str] = []
    casefile.claim(case, DAY, read.append)
    assert len(read) == len(casefile.load(case).exhibits)
    assert {path.parent.name for path in kept(case)} == {"another"} != old


def test_a_file_is_read_once(case: Path, files: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither loading nor adding more reads what was read before."""
    read: list[str] = []
    real = reading_anew.anew

    def counted(blob: Blob, *more: Any) -> Reading:
        read.append(blob.name)
        return real(blob, *more)

    monkeypatch.setattr(readings, "anew", counted)
    casefile.claim(case, DAY)
    (case.parent / "neu.csv").write_bytes(b"a;b\n1;2\n")
    casefile.add(case, [case.parent / "neu.csv"])
    casefile.claim(case, DAY)
    assert read == ["neu.csv"]


def test_a_case_whose_shelf_cannot_be_made_is_shown(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing can be kept, and everything is said."""
    assert app.run(["assess", str(case)]) == 0
    first = capsys.readouterr().out
    shutil.rmtree(case / "derived")
    (case / "derived").write_bytes(b"")  # no folder can be made there, by root either
    assert app.run(["assess", str(case)]) == 0
    assert capsys.readouterr().out == first


def test_an_original_that_is_gone_is_missed(case: Path) -> None:
    """What was read is kept, but a case without its originals is not whole."""
    casefile.claim(case, DAY)
    digest = casefile.load(case).exhibits[0].digest
    (case / "objects" / digest[:2] / digest).unlink()
    with pytest.raises(JournalBroken):
        casefile.claim(case, DAY)


def test_the_program_is_its_files() -> None:
    """Readers, nouns and what keeps them are in the digest of what reads; everything that reads lies there."""
    assert {"intake", "model"} <= set(program.READING)
    assert all((program.HOME / part).is_dir() for part in program.READING)
    assert program.reading() != program.working_out()


def test_many_processes_read_what_one_does(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read anew on all processors, whatever is kept, with the progress told."""
    checked = casefile.entries(case)
    wanted = originals(digests(checked.entries))
    get = lambda digest: casefile.original(case, digest)  # noqa: E731
    premises = premises_of(checked.entries)
    one = reading_anew.reader(premises, get)(wanted)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(reading_anew, "FEW", 0)
    many = reading_anew.reader(premises, get, lambda n, of: told.append((n, of)))(wanted)
    assert many == one and told == [(n, len(wanted)) for n in range(1, len(wanted) + 1)]
    assert one == Readings(case, premises, get)(wanted)
