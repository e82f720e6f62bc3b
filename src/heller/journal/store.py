"""The case folder on disk: append-only journal, bodies apart, originals by digest. Effects live here.

An append is acknowledged after fdatasync; the body is written before its line. A torn tail left by a
crash is moved to a side file and recorded. Two writers are kept apart by a lock.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from heller.journal.check import Checked, check, split_lines
from heller.journal.clock import read_clock
from heller.journal.entry import NO_PREVIOUS, Clock, line_hash, read_body, seal
from heller.model.errors import HellerError, JournalBroken, NotACase, StoreFailed
from heller.model.text import text

PATIENCE = 100  # tries of 50 ms for the lock of another writer
JOURNAL, BODIES, OBJECTS = "journal.jsonl", "bodies.jsonl", "objects"


def is_case(folder: Path) -> bool:
    """Whether a folder holds a journal."""
    return (folder / JOURNAL).is_file()


def require_case(folder: Path) -> None:
    """Raise NotACase where there is no journal."""
    if not is_case(folder):
        raise NotACase(
            what=text("{folder} is not a case folder.", folder=str(folder)),
            why=text("A case folder holds the file journal.jsonl; without it there is nothing to work on."),
            do=text("Make one with: heller open {folder}", folder=str(folder)),
        )


def object_path(folder: Path, digest: str) -> Path:
    """Where the original with this SHA-256 lies."""
    return folder / OBJECTS / digest[:2] / digest


def create(folder: Path) -> None:
    """An empty case folder; raises NotACase where the folder already holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotACase(
            what=text("{folder} already holds something.", folder=str(folder)),
            why=text("A new case needs a folder of its own, so that nothing is mixed or overwritten."),
            do=text(
                "Choose another name, or work on the case that is there with: heller show {folder}",
                folder=str(folder),
            ),
        )
    with failing(folder):
        (folder / OBJECTS).mkdir(parents=True, exist_ok=True)
        for name in (JOURNAL, BODIES):
            (folder / name).touch()


def load(folder: Path) -> Checked:
    """The whole journal, checked; raises NotACase or JournalBroken (exit code 5)."""
    require_case(folder)
    with failing(folder), _locked(folder):
        recover((folder / JOURNAL).read_bytes(), folder)
        found = check((folder / JOURNAL).read_bytes(), (folder / BODIES).read_bytes())
    if found.breaches:
        first = found.breaches[0]
        raise JournalBroken(
            what=text("The journal does not hold: {what} ({where})", what=first.what, where=first.where),
            why=text("Something was changed after it was written; the case proves nothing past this point."),
            do=text(
                "Restore the folder from its last copy, or check the copy in a bundle with: heller verify"
            ),
        )
    return found


def get_object(folder: Path, digest: str) -> bytes:
    """An original; raises JournalBroken where it is missing or its bytes have changed."""
    path = object_path(folder, digest)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = None
    if data is None or sha256(data).hexdigest() != digest:
        what = (
            text("The original {digest} is missing.", digest=digest[:12])
            if data is None
            else text("The original {digest} was changed.", digest=digest[:12])
        )
        raise JournalBroken(
            what=what,
            why=text(
                "The journal names this file by its digest; with other bytes it is no longer that file."
            ),
            do=text("Copy the untouched file back to {path}.", path=str(path)),
        )
    return data


def put_object(folder: Path, data: bytes) -> tuple[str, bool]:
    """Keep an original under its digest; returns the digest and whether it is new."""
    digest = sha256(data).hexdigest()
    path = object_path(folder, digest)
    if path.exists():
        return digest, False
    with failing(folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return digest, True


def append(folder: Path, entries: Sequence[tuple[str, dict[str, Any]]], clock: Clock | None = None) -> int:
    """Write entries (kind, body) once, in order; returns the number of the first.

    Nothing is acknowledged before it is on the disk. If the disk refuses, both files are cut back to
    where they were and StoreFailed is raised: the case stays as it was.
    """
    require_case(folder)
    with failing(folder), _locked(folder):
        journal = recover((folder / JOURNAL).read_bytes(), folder)
        lines, _ = split_lines(journal)
        first = seq = len(lines)
        prev = line_hash(lines[-1]) if lines else NO_PREVIOUS
        sealed: list[tuple[bytes, bytes]] = []
        for kind, body in entries:
            line, said = seal(seq, prev, kind, body, secrets.token_bytes(32), clock or read_clock())
            sealed.append((line, said))
            prev, seq = line_hash(line), seq + 1
        before = _write_once(folder / BODIES, b"".join(said + b"\n" for _, said in sealed))
        try:
            _write_once(folder / JOURNAL, b"".join(line + b"\n" for line, _ in sealed))
        except BaseException:
            os.truncate(folder / BODIES, before)
            raise
    return first


def _write_once(path: Path, data: bytes) -> int:
    """Append and sync; on failure cut the file back to its old length, which is returned."""
    old = path.stat().st_size
    handle = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        getattr(os, "fdatasync", os.fsync)(handle)
    except BaseException:
        os.ftruncate(handle, old)
        raise
    finally:
        os.close(handle)
    return old


def recover(journal: bytes, folder: Path) -> bytes:
    """Set aside what a crash left half written at the end: a torn line, bodies without their line.

    What is set aside is kept under `recovered/`, and a `recovered` entry says so. Only the end is
    touched: damage before it is a breach that `check` names.
    """
    lines, tail = split_lines(journal)
    bodies, torn = split_lines((folder / BODIES).read_bytes())
    kept = len(bodies)
    while kept and _seq_of(bodies[kept - 1]) >= len(lines):
        kept -= 1
    if not tail and not torn and kept == len(bodies):
        return journal
    whole = b"".join(line + b"\n" for line in lines)
    aside = b"\n".join([tail, *bodies[kept:], torn])
    digest = sha256(aside).hexdigest()
    side = folder / "recovered" / digest
    side.parent.mkdir(exist_ok=True)
    side.write_bytes(aside)
    os.truncate(folder / BODIES, sum(len(line) + 1 for line in bodies[:kept]))
    os.truncate(folder / JOURNAL, len(whole))
    prev = line_hash(lines[-1]) if lines else NO_PREVIOUS
    body = {"bytes": len(aside), "digest": digest}
    line, said = seal(len(lines), prev, "recovered", body, secrets.token_bytes(32), read_clock())
    _write_once(folder / BODIES, said + b"\n")
    _write_once(folder / JOURNAL, line + b"\n")
    return whole + line + b"\n"


def _seq_of(line: bytes) -> int:
    """The number in a body line; -1 where it cannot be read, for damage is not a torn end."""
    try:
        return read_body(line)[0]
    except ValueError:
        return -1


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second writer out; a lock dies with its process."""
    handle = os.open(folder / JOURNAL, os.O_RDONLY)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no fcntl: there, one writer is a matter of discipline
        return None
    for _ in range(PATIENCE):
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
    else:
        raise StoreFailed(
            what=text("Another Heller is writing to {folder}.", folder=str(folder)),
            why=text("Two writers at once would break the chain of entries."),
            do=text("Wait until it is done and try again."),
        )


@contextmanager
def failing(folder: Path) -> Iterator[None]:
    """Turn the disk's refusal into an error that says what to do; the case is as it was."""
    try:
        yield
    except HellerError:
        raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise StoreFailed(
            what=text("The disk is full.")
            if full
            else text("The disk refused: {reason}.", reason=error.strerror or str(error)),
            why=text("Nothing was added; the case in {folder} is as it was.", folder=str(folder)),
            do=text("Make room and try again.")
            if full
            else text("Check that the folder is there and may be written, then try again."),
        ) from error
