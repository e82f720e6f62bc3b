"""The case folder survives crashes, full disks and second writers."""

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest

from heller.journal import disk, store
from heller.machine.files import others_may_look
from heller.model.errors import JournalBroken, NotACase, StoreFailed


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case folder with two notes."""
    folder = tmp_path / "case"
    store.create(folder)
    store.append(folder, [("opened", {"case": "x"}), ("note", {"said": "eins"})])
    return folder


def test_what_is_appended_is_read_back(case: Path) -> None:
    """In order, with its body."""
    assert store.append(case, [("note", {"said": "zwei"})]) == 2
    assert [e.body for e in store.load(case).entries][1:] == [{"said": "eins"}, {"said": "zwei"}]


def test_a_full_disk_leaves_the_case_as_it_was(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of the two writes fails, half way too."""
    before = {p.name: p.read_bytes() for p in case.iterdir() if p.is_file()}
    real = os.write
    for allowed in (0, 1, 2, 3):
        calls = iter(range(100))

        def write(handle: int, data: bytes, calls: object = calls, allowed: int = allowed) -> int:
            if next(calls) >= allowed:  # type: ignore[call-overload]
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(handle, bytes(data)[:20])

        monkeypatch.setattr(os, "write", write)
        with pytest.raises(StoreFailed) as caught:
            store.append(case, [("note", {"said": "vier"})])
        monkeypatch.setattr(os, "write", real)
        assert "full" in caught.value.what.id
        assert {p.name: p.read_bytes() for p in case.iterdir() if p.is_file()} == before


def test_a_changed_original_is_refused(case: Path) -> None:
    """The digest is the name."""
    digest, new = store.put_object(case, b"Rechnung")
    assert new and digest == sha256(b"Rechnung").hexdigest()
    assert store.put_object(case, b"Rechnung") == (digest, False)
    store.object_path(case, digest).write_bytes(b"Rechnunk")
    with pytest.raises(JournalBroken):
        store.get_object(case, digest)


def test_a_changed_line_stops_the_work(case: Path) -> None:
    """Nothing is worked out from a journal that does not hold."""
    path = case / store.JOURNAL
    path.write_bytes(path.read_bytes().replace(b'"seq":1', b'"seq":7'))
    with pytest.raises(JournalBroken):
        store.load(case)


def test_a_folder_that_holds_something_is_no_place_for_a_case(tmp_path: Path) -> None:
    """Nothing is mixed or overwritten."""
    (tmp_path / "brief.txt").write_text("da")
    with pytest.raises(NotACase):
        store.create(tmp_path)
    with pytest.raises(NotACase):
        store.load(tmp_path)


def test_a_second_writer_waits_and_then_gives_up(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two writers would break the chain."""
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(disk, "PATIENCE", 2)
    with (case / store.JOURNAL).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreFailed):
            store.append(case, [("note", {"said": "fünf"})])
    assert store.append(case, [("note", {"said": "fünf"})]) == 2


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_new_case_belongs_to_one_user(tmp_path: Path) -> None:
    """Nobody else may look into the folder, so into nothing in it; one that was opened wider is known as such."""
    store.create(tmp_path / "case")
    assert (tmp_path / "case").stat().st_mode & 0o777 == 0o700
    assert not others_may_look(tmp_path / "case")
    (tmp_path / "case").chmod(0o755)
    assert others_may_look(tmp_path / "case")
