"""Whatever part of the last append reached the disk: what was acknowledged is there, and it is said."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from heller.journal import anchors, store
from heller.journal.mend import mend
from heller.journal.places import BODIES, JOURNAL, RECOVERED
from heller.machine import files as disk_files
from heller.model.errors import UnfinishedCopy

GROUP = [("note", {"said": f"Probe {n}: ä"}) for n in range(3)]


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with two acknowledged entries; nothing is synced, for no power fails here."""
    monkeypatch.setattr(disk_files, "sync", lambda handle: None)
    monkeypatch.setattr(disk_files, "sync_folder", lambda folder: None)
    folder = tmp_path / "case"
    store.create(folder)
    store.append(folder, [("opened", {"case": "x"})])
    store.append(folder, [("note", {"said": "eins"})])
    return folder


def files(case: Path) -> tuple[bytes, bytes]:
    """Journal and bodies."""
    return (case / JOURNAL).read_bytes(), (case / BODIES).read_bytes()


def cut(case: Path, whole: tuple[bytes, bytes], journal: int, bodies: int) -> list[str]:
    """The kinds that a case holds after both files were cut."""
    shutil.rmtree(case / RECOVERED, ignore_errors=True)
    (case / JOURNAL).write_bytes(whole[0][:journal])
    (case / BODIES).write_bytes(whole[1][:bodies])
    before = files(case)
    seen = [entry.kind for entry in store.load(case).entries]
    assert files(case) == before, "looking changes nothing"
    assert (store.end_of(case) is not None) == (mend(case).cut > 0)
    kinds = [entry.kind for entry in store.load(case).entries]
    assert kinds[: len(seen)] == seen, "what is whole is seen before and after"
    return kinds


def pairs(kept: tuple[bytes, bytes], whole: tuple[bytes, bytes]) -> Iterator[tuple[int, int]]:
    """Every cut of one file beside the other uncut or not written at all, and some of both."""
    lines, bodies = (range(len(k), len(w) + 1) for k, w in zip(kept, whole, strict=True))
    for n in lines:
        yield from ((n, len(kept[1])), (n, len(whole[1])))
    for n in bodies:
        yield from ((len(kept[0]), n), (len(whole[0]), n))
    dice = random.Random(1)
    for _ in range(200):
        yield dice.choice(lines), dice.choice(bodies)


@pytest.mark.parametrize("group", [GROUP[:1], GROUP])
def test_every_cut_of_the_last_append_is_seen_and_mended(
    case: Path, group: list[tuple[str, dict[str, str]]]
) -> None:
    """A kill leaves bodies before lines, a failing power leaves either: both come back whole."""
    kept = files(case)
    store.append(case, group)
    whole = files(case)
    ends = [[i + 1 for i, byte in enumerate(data) if byte == 10] for data in whole]
    for journal, bodies in pairs(kept, whole):
        got = cut(case, whole, journal, bodies)
        here = [
            min(sum(end <= n for end in some), 9) for some, n in zip(ends, (journal, bodies), strict=True)
        ]
        both = min(here)
        clean = journal == ends[0][both - 1] and bodies == ends[1][both - 1]
        said = [] if clean else ["recovered"]
        assert got == ["opened", *["note"] * (both - 1), *said], (journal, bodies)


def test_what_is_set_aside_is_kept(case: Path) -> None:
    """The torn bytes lie under their digest, which the entry names."""
    kept = files(case)
    store.append(case, GROUP)
    whole = files(case)
    cut(case, whole, len(kept[0]) + 10, len(whole[1]))
    last = store.load(case).entries[-1].body
    assert last is not None
    aside = (case / RECOVERED / last["digest"]).read_bytes()
    assert len(aside) == last["bytes"]
    assert whole[0][len(kept[0]) : len(kept[0]) + 10] in aside and whole[1][len(kept[1]) :].strip() in aside


def test_a_crash_while_recovering_is_recovered(case: Path) -> None:
    """Set aside and cut, but not said: the next one says it."""
    kept = files(case)
    store.append(case, GROUP)
    whole = files(case)
    cut(case, whole, len(kept[0]) + 10, len(whole[1]))
    (case / JOURNAL).write_bytes(kept[0])
    (case / BODIES).write_bytes(kept[1])
    mend(case)
    assert [e.kind for e in store.load(case).entries] == ["opened", "note", "recovered"]
    assert len(store.load(case).entries) == 3, "it is said once"


def test_two_appends_without_their_bodies_are_a_copy_on_its_way(case: Path) -> None:
    """What is whole is read, nothing is cut by looking or writing; when the bodies have come, all is there."""
    store.append(case, [("note", {"said": "zwei"})])
    whole = files(case)
    first = whole[1].index(b"\n") + 1
    (case / BODIES).write_bytes(whole[1][:first])
    assert [entry.kind for entry in store.load(case).entries] == ["opened"]
    with pytest.raises(UnfinishedCopy):
        store.append(case, [("note", {"said": "drei"})])
    assert files(case) == (whole[0], whole[1][:first])
    (case / BODIES).write_bytes(whole[1])
    assert store.append(case, [("note", {"said": "drei"})]) == 3


def test_what_an_anchor_covers_is_never_set_aside(case: Path) -> None:
    """Whoever cuts the end off and leaves the anchor's file is found."""
    kept = files(case)
    store.append(case, GROUP)
    anchors.newest(case)
    whole = files(case)
    for journal, bodies in (
        (len(kept[0]) + 5, len(kept[1])),
        (len(kept[0]), len(kept[1])),
        (len(whole[0]), 0),
    ):
        with pytest.raises(UnfinishedCopy):
            cut(case, whole, journal, bodies)


def test_an_opening_that_was_not_acknowledged_may_be_repeated(tmp_path: Path) -> None:
    """Killed before the first entry was whole, the folder is as good as empty."""
    folder = tmp_path / "new"
    store.create(folder)
    store.append(folder, [("opened", {"case": "x"})])
    (folder / JOURNAL).write_bytes((folder / JOURNAL).read_bytes()[:40])
    with pytest.raises(UnfinishedCopy):
        store.append(folder, [("opened", {"case": "y"})])
    mend(folder)
    store.create(folder)
    store.append(folder, [("opened", {"case": "y"})])
    assert [e.kind for e in store.load(folder).entries] == ["opened"]
