"""The files of the queue in a case folder. What is on the disk is the state; nothing else is.

| file under `anchors/` | what it is |
| --- | --- |
| `000001.txt` | the anchor: what is stamped |
| `000001.NAME.tsq` | the last request to the authority NAME |
| `000001.NAME.tsr` | its answer, verified before it was kept |
| `000001.NAME.crl`, `.ocsp`, `.1.crl` ... | what told that day that nothing was revoked, by depth in the chain |
| `000001.er` | the evidence record over the anchor (RFC 4998), once the case was renewed |
| `trust/*.pem` | roots and certificates of authorities |

Beside it, `queue/000001.NAME.json` holds tries, the last fault and when the next try is due; it is gone
once the anchor is stamped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec
from msgspec import Struct

from heller.journal import anchors as journal_anchors
from heller.journal import disk, store
from heller.journal.clock import read_clock
from heller.journal.places import ANCHORS, QUEUE
from heller.machine import locks
from heller.machine.files import open_handle
from heller.model.text import Text

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=60), timedelta(minutes=10)


class Anchor(Struct, frozen=True):
    """An anchor on disk: its number, its bytes, and how many journal lines it covers."""

    number: int
    data: bytes
    size: int

    @property
    def digest(self) -> str:
        """SHA-256, in hex: what is stamped, shown and read aloud."""
        return sha256(self.data).hexdigest()


class Wait(Struct, frozen=True):
    """A request that has not led to a stamp yet. `sent` is when the last one left, `due` when the next may
    leave; `fault` and `args` are what went wrong, as a sentence of the catalogue."""

    tries: int
    sent: datetime
    due: datetime
    fault: str = ""
    args: dict[str, str | int] = {}

    @property
    def said(self) -> Text | None:
        """What went wrong at the last try."""
        return Text(self.fault, dict(self.args)) if self.fault else None


def plain(said: Text) -> dict[str, str | int]:
    """The arguments of a sentence as a file can hold them."""
    return {key: value if isinstance(value, int) else str(value) for key, value in said.args.items()}


def keep(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and on the disk before this returns; raises StoreFailed."""
    with store.failing(path.parent):
        disk.keep(path, data)


def path_of(folder: Path, number: int, ending: str) -> Path:
    """A file of one anchor, such as `000001.NAME.tsr`."""
    return folder / ANCHORS / f"{number:06}.{ending}"


def anchors(folder: Path) -> tuple[Anchor, ...]:
    """All anchors of a case, the oldest first."""
    found = sorted((folder / ANCHORS).glob("[0-9][0-9][0-9][0-9][0-9][0-9].txt"))
    return tuple(_anchor(int(path.stem), path.read_bytes()) for path in found)


def _anchor(number: int, data: bytes) -> Anchor:
    words = dict(line.split(" ", 1) for line in data.decode("utf-8", "replace").splitlines() if " " in line)
    size = words.get("size", "")
    return Anchor(number, data, int(size) if size.isdecimal() else 0)


def newest_anchor(folder: Path, now: datetime | None = None) -> Anchor:
    """The newest anchor; a new one where something happened since it was made."""
    made = journal_anchors.newest(folder, read_clock(now))
    return Anchor(made.number, made.data, made.size)


def waiting(folder: Path, number: int, name: str) -> Wait | None:
    """What is waited for; None where nothing was sent yet, or where the file is spoilt."""
    try:
        return msgspec.json.decode(_queued(folder, number, name).read_bytes(), type=Wait)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def wait(folder: Path, number: int, name: str, state: Wait) -> None:
    """Keep what is waited for."""
    keep(_queued(folder, number, name), msgspec.json.encode(state))


def stop_waiting(folder: Path, name: str) -> None:
    """Nothing is waited for at an authority any more."""
    with store.failing(folder):
        for path in (folder / QUEUE).glob(f"*.{name}.json"):
            path.unlink(missing_ok=True)


def clear_fault(folder: Path, number: int, name: str) -> None:
    """A kept answer that could not be read can be read again."""
    state = waiting(folder, number, name)
    if state is not None and state.tries == 0:
        with store.failing(folder):
            _queued(folder, number, name).unlink(missing_ok=True)


def _queued(folder: Path, number: int, name: str) -> Path:
    return folder / QUEUE / f"{number:06}.{name}.json"


def pause(tries: int, dice: Random) -> timedelta:
    """How long to wait after so many tries: doubling to ten minutes, give or take a quarter, so that many
    cases do not ask an authority at the same second when a line comes back."""
    longest: timedelta = min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)
    return timedelta(seconds=longest.total_seconds() * dice.uniform(0.75, 1.25))


@contextmanager
def alone(folder: Path, name: str) -> Iterator[bool]:
    """Whether this process may ask an authority: at most one request of a case is under way at each."""
    store.require_case(folder)
    path = folder / QUEUE / f"{name}.lock"
    with store.failing(folder):
        path.parent.mkdir(exist_ok=True)
        handle = open_handle(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield locks.take(handle)
    finally:
        os.close(handle)
