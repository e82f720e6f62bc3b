"""Originals that were kept and are given up: they are gone from the case, whatever the disk and the system allow."""

import errno
from pathlib import Path

import pytest

from heller import casefile
from heller.journal import arriving, store


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, list[str]]:
    """A case with three originals that no entry names."""
    casefile.open_case(tmp_path / "case")
    said = [store.put_object(tmp_path / "case", data)[0] for data in (b"one", b"two", b"three")]
    return tmp_path / "case", said


def _originals(case: Path) -> list[Path]:
    return [path for path in (case / "objects").rglob("*") if path.is_file()]


def test_what_is_given_up_is_gone_at_once(kept: tuple[Path, list[str]]) -> None:
    """Those that are named, no other one; after the next writer nothing is left of them anywhere."""
    case, digests = kept
    arriving.give_up(case, digests[:2])
    assert [path.name for path in _originals(case)] == digests[2:]
    with store.open_journal(case):
        assert not any((case / arriving.FOLDER).iterdir())


def test_one_who_is_killed_between_leaves_it_to_the_next_writer(
    kept: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody removes what was renamed: whoever opens the journal to write does."""
    case, digests = kept
    monkeypatch.setattr(arriving, "remove_behind", lambda folder: None)
    arriving.give_up(case, digests)
    assert len(list(case.glob("arriving/*/*"))) == 3
    with store.open_journal(case):
        assert not any((case / arriving.FOLDER).iterdir())


@pytest.mark.parametrize("fails", ["mkdir", "rename"])
def test_a_full_disk_keeps_nothing_that_was_given_up(
    kept: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """Where no further name fits on the disk, each is removed under its own."""
    case, digests = kept

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, fails, full)
        arriving.give_up(case, digests)
    assert _originals(case) == []


def test_a_system_that_starts_no_process_removes_it_itself(
    kept: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes longer, and nothing is left."""
    case, digests = kept

    def none_left(folder: Path) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(arriving, "remove_behind", none_left)
    arriving.give_up(case, digests)
    assert _originals(case) == [] and not any((case / arriving.FOLDER).iterdir())
