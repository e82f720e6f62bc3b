"""Reads a file from the disk as it is handed in; a database together with its write-ahead log.

Nothing is written beside it, and no database program opens it: its locks and clean-ups would change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from heller.intake.monitors.sqlite import MAGIC, SUFFIX, is_database
from heller.model.errors import InputRefused
from heller.model.record import Blob
from heller.model.text import Text, text

LARGEST = 512 << 20  # bytes of one file
TRIES = 5  # a database that is being written may change between two reads


def blob(path: Path, why: Text) -> Blob:
    """The file as received, a database with the log beside it. Raises InputRefused where it is no file, too
    large, may not be read, or changes all the time; `why` says what that means to the caller."""
    for _ in range(TRIES):
        before = _state(path)
        data = _bytes(path, why)
        log = log_of(path) if is_database(data) else None
        beside = None if log is None else _blob(log, _bytes(log, why))
        if _state(path) == before or log is None:
            return Blob(path.name, data, sha256(data).hexdigest(), beside=beside)
    raise InputRefused(
        what=text("{name} is being written to while it is read.", name=path.name),
        why=text("A copy from two moments would say what never was."),
        do=text("Stop the program that writes to it, or make a copy with: sqlite3 FILE '.backup copy.db'"),
    )


def _reason(error: Exception) -> Text | str:
    """Why a file cannot be opened, in the reader's language where the reason is a common one."""
    match error:
        case FileNotFoundError():
            return text("there is no such file")
        case IsADirectoryError():
            return text("it is a folder")
        case PermissionError():
            return text("you may not read it")
    return getattr(error, "strerror", None) or str(error)


def log_of(path: Path) -> Path | None:
    """The write-ahead log beside a database, None where there is none or it is empty."""
    found = path.with_name(path.name + SUFFIX)
    try:
        return found if found.is_file() and found.stat().st_size else None
    except OSError:
        return None


def with_logs(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The paths, after each database the log that lies beside it; nothing twice."""
    found: dict[Path, None] = {}
    for path in paths:
        found[path] = None
        if (log := log_of(path)) and _begins(path).startswith(MAGIC):
            found[log] = None
    return tuple(found)


def logs_among(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Digest of each database to that of its log, among files in the order in which they were taken in.

    A log belongs to the file of its name without '-wal' that was taken in last before it, or next after it.
    """
    listed = list(names)
    found: dict[str, str] = {}
    for at, (digest, name) in enumerate(listed):
        if not name.endswith(SUFFIX):
            continue
        wanted = name.removesuffix(SUFFIX)
        owners = (d for d, n in (*reversed(listed[:at]), *listed[at + 1 :]) if n == wanted and d not in found)
        if owner := next(owners, None):
            found[owner] = digest
    return found


def _blob(path: Path, data: bytes) -> Blob:
    return Blob(path.name, data, sha256(data).hexdigest())


def _state(path: Path) -> tuple[int, int]:
    """Size and time of the last change; nothing where it cannot be asked."""
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return stat.st_size, stat.st_mtime_ns


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC))
    except (OSError, ValueError):
        return b""


def _bytes(path: Path, why: Text) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _too_large(path, size)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputRefused(
            what=text("{name} cannot be read: {reason}.", name=str(path), reason=_reason(error)),
            why=why,
            do=text("Check the name and that you may read the file, then try again."),
        ) from error
    if len(data) > LARGEST:  # a pipe or a device has no size of its own
        raise _too_large(path, len(data))
    return data


def _too_large(path: Path, size: int) -> InputRefused:
    do = text("Add the part that matters, or an export of it.")
    if _begins(path).startswith(MAGIC):
        do = text("Add the rows of the days that matter, exported as CSV (see docs/logs.md).")
    elif path.suffix.lower() in (".log", ".txt", ".out", ".csv"):
        do = text(
            "Cut a copy into parts of whole lines with: split -C 100M FILE part- and add those that matter; keep "
            "the whole."
        )
    return InputRefused(
        what=text("{name} is larger than 512 MB ({size} MB).", name=path.name, size=size >> 20),
        why=text("A file of that size cannot be read as a receipt or record."),
        do=do,
    )
