"""A folder that is only half copied, each beginning of each file: looking loses nothing, every state is mended."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from heller import casefile
from heller.casefile.bundle.scope import Scope
from heller.casefile.writing.join import copy_in, join
from heller.cli import app
from heller.journal import anchors, store
from heller.journal.mend import mend, source_of
from heller.journal.places import BODIES, JOURNAL
from heller.machine import files
from heller.model.errors import (
    ConflictCopy,
    ForkedJournal,
    HellerError,
    JournalBroken,
    NotACase,
    OriginalMissing,
    UnfinishedCopy,
)
from heller.model.kinds.fact import Fact

DAY = date(2015, 6, 30)
INNOCENT = (UnfinishedCopy, OriginalMissing)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A case with files, notes, an erasure, a tree head; and its bundle."""
    home = tmp_path_factory.mktemp("made")
    (home / "angaben.csv").write_text("Angabe;Wert;Quelle\nFirma;Beispiel GmbH;Handelsregister\n")
    (home / "notiz.txt").write_text("eine Notiz")
    case = home / "case"
    casefile.open_case(case)
    casefile.add(case, [home / "angaben.csv", home / "notiz.txt"])
    gone = casefile.note(case, Fact("line.monthly_fee", "480.00"))
    casefile.note(case, Fact("line.monthly_fee", "500.00"))
    casefile.erase(case, gone, "x", "")
    bundle = casefile.build(case, DAY, "de", scope=Scope.ALL).bundle.read_bytes()
    shutil.rmtree(case / "derived")
    return case, bundle


def state(case: Path) -> dict[str, bytes]:
    """Every file of a case but what it keeps for itself."""
    return {
        path.relative_to(case).as_posix(): path.read_bytes()
        for path in sorted(case.rglob("*"))
        if path.is_file() and "derived" not in path.parts
    }


def looked(case: Path) -> str:
    """What looking at a case says: 'whole', or the name of its error. It changes no file."""
    before = state(case)
    try:
        casefile.load(case)
        said = "whole"
    except HellerError as error:
        said = type(error).__name__
        assert isinstance(error, INNOCENT), said
    assert state(case) == before, "looking changes nothing"
    return said


def test_each_beginning_of_each_file_is_innocent_and_comes_whole(
    made: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is called changed; when the rest has come, all is as it was; from a bundle it is mended at once."""
    monkeypatch.setattr(files, "sync", lambda handle: None)
    monkeypatch.setattr(files, "sync_folder", lambda folder: None)
    case, bundle = made
    whole, source, dice = state(case), source_of(bundle), random.Random(18)
    for name, data in whole.items():
        copy = tmp_path / "copy"
        shutil.copytree(case, copy)
        lengths = (
            sorted({0, 1, len(data) - 1, *(dice.randrange(len(data)) for _ in range(40))}) if data else []
        )
        for length in lengths:
            (copy / name).write_bytes(data[:length])
            said = looked(copy)
            assert (said != "whole") or name in (JOURNAL, BODIES) or name.startswith("anchors"), (
                name,
                length,
            )
            (copy / name).write_bytes(data)
            assert looked(copy) == "whole"
        for length in lengths[:: len(lengths) // 4 or 1]:
            (copy / name).write_bytes(data[:length])
            assert mend(copy, source).missing == ()
            assert looked(copy) == "whole"
            found = store.load(copy)
            assert found.lines[: len(store.load(case).lines)] == store.load(case).lines, (name, length)
            shutil.rmtree(copy)
            shutil.copytree(case, copy)
        shutil.rmtree(copy)


def test_every_beginning_of_journal_and_bodies_is_innocent(tmp_path: Path) -> None:
    """Each length of either file, and both cut at once, of a case that took over what another copy wrote: what is
    whole is read, else it is an unfinished copy; never is anything called changed."""
    case, other = tmp_path / "case", tmp_path / "other"
    casefile.open_case(case)
    shutil.copytree(case, other)
    casefile.note(case, Fact("firm.name", "Beispiel GmbH"))
    casefile.note(other, Fact("firm.employees", "5"))
    join(case, copy_in(other, lambda path: source_of(path.read_bytes())), "Anna")
    whole = {name: (case / name).read_bytes() for name in (JOURNAL, BODIES)}
    dice, entries = random.Random(11), store.load(case).entries
    cuts = [(n, len(whole[BODIES])) for n in range(1, len(whole[JOURNAL]))]
    cuts += [(len(whole[JOURNAL]), n) for n in range(1, len(whole[BODIES]))]
    cuts += [tuple(dice.randrange(1, len(whole[name])) for name in (JOURNAL, BODIES)) for _ in range(300)]  # type: ignore[misc]
    for cut in cuts:
        for name, length in zip((JOURNAL, BODIES), cut, strict=True):
            (case / name).write_bytes(whole[name][:length])
        try:
            found = store.load(case).entries
        except (UnfinishedCopy, NotACase):
            continue
        assert found == entries[: len(found)], cut


def test_files_that_have_not_come_yet_are_waited_for(made: tuple[Path, bytes], tmp_path: Path) -> None:
    """The journal or the bodies alone are the beginning of a case; nothing can be written to it."""
    for name in (JOURNAL, BODIES):
        copy = tmp_path / name
        shutil.copytree(made[0], copy)
        (copy / name).unlink()
        with pytest.raises(UnfinishedCopy):
            casefile.load(copy)
        with pytest.raises(UnfinishedCopy):
            casefile.note(copy, Fact("firm.name", "x"))


def test_a_torn_end_is_said_once_with_its_exit_code(
    made: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both explanations, what to do; a reading verb still says what it says, a writing one refuses."""
    copy = tmp_path / "copy"
    shutil.copytree(made[0], copy)
    data = (copy / JOURNAL).read_bytes()
    (copy / JOURNAL).write_bytes(data[:-20])
    assert app.run(["journal", "show", str(copy), "--lang", "en"]) == 9
    said = capsys.readouterr()
    assert "copy of this folder is not finished" in said.err and "power was cut" in said.err
    assert "opened" in said.out.casefold()
    assert app.run(["note", str(copy), "fact", "firm.name", "x", "--lang", "en"]) == 9
    assert (copy / JOURNAL).read_bytes() == data[:-20]
    assert app.run(["journal", "mend", str(copy), "--lang", "en"]) == 0
    assert app.run(["journal", "show", str(copy), "--lang", "en"]) == 0


def test_a_version_of_another_computer_is_named(
    made: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside a whole journal it is only said; mixed with the other computer's bodies it is no forgery either."""
    copy = tmp_path / "copy"
    shutil.copytree(made[0], copy)
    (copy / "journal (conflicted copy 2026-11-30).jsonl").write_bytes(b"")
    assert app.run(["journal", "show", str(copy), "--lang", "en"]) == 0
    assert "conflicted copy" in capsys.readouterr().err
    other = tmp_path / "other"
    shutil.copytree(made[0], other)
    for folder, value in ((copy, "520.00"), (other, "530.00")):
        casefile.note(folder, Fact("line.monthly_fee", value))
    (copy / BODIES).write_bytes((other / BODIES).read_bytes())
    with pytest.raises(ConflictCopy):
        casefile.load(copy)


def test_a_tree_head_of_another_computer_is_a_fork(made: tuple[Path, bytes], tmp_path: Path) -> None:
    """Two computers wrote on: the folder holds the head of the one and the journal of the other."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, value in ((one, "520.00"), (other, "530.00")):
        shutil.copytree(made[0], folder)
        casefile.note(folder, Fact("line.monthly_fee", value))
        anchors.newest(folder)
    newest = max((other / "anchors").glob("*.txt"))
    (one / "anchors" / newest.name).write_bytes(newest.read_bytes())
    with pytest.raises(ForkedJournal):
        casefile.load(one)


def test_what_nothing_explains_is_still_called_changed(made: tuple[Path, bytes], tmp_path: Path) -> None:
    """A changed entry stays a breach of its own kind."""
    copy = tmp_path / "copy"
    shutil.copytree(made[0], copy)
    data = (copy / BODIES).read_bytes()
    (copy / BODIES).write_bytes(data.replace(b"500.00", b"900.00"))
    with pytest.raises(JournalBroken) as caught:
        casefile.load(copy)
    assert type(caught.value) is JournalBroken
