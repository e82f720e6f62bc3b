"""The case folder on disk: append-only journal, bodies apart, originals by digest. Effects live here.

An append is acknowledged once it is on the disk (`appender`); what a crash left half written is set aside
and recorded (`recover`); two writers are kept apart by a lock (`disk`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path

from msgspec.structs import replace

from heller.journal import disk
from heller.journal.anchor import read_anchor
from heller.journal.appender import Appender
from heller.journal.checking.check import Checked, check, half_erased
from heller.journal.disk import failing
from heller.journal.entry import Breach, Clock
from heller.journal.erasure import Plan, erasure_of, finish, number_of, plan
from heller.journal.places import (
    ANCHORS,
    BODIES,
    JOURNAL,
    OBJECTS,
    anchor_files,
    is_case,
    object_path,
    require_case,
)
from heller.journal.recover import acknowledged, unsaid
from heller.journal.writing import Content
from heller.model.errors import JournalBroken, NotACase, StoreFailed
from heller.model.text import text

__all__ = [
    "BODIES",
    "JOURNAL",
    "append",
    "body_line",
    "create",
    "erase",
    "failing",
    "get_object",
    "inspect",
    "is_case",
    "load",
    "object_path",
    "open_journal",
    "put_object",
    "require_case",
]


def create(folder: Path) -> None:
    """An empty case folder; raises NotACase where the folder already holds something."""
    if folder.exists() and not _free(folder):
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
        disk.own(folder)
        disk.sync_folder(folder)


def _free(folder: Path) -> bool:
    """Whether a folder is empty, or a case whose opening was never acknowledged."""
    if not folder.is_dir():
        return False
    begun = folder / JOURNAL
    return not any(folder.iterdir()) or (begun.is_file() and begun.stat().st_size == 0)


def load(folder: Path) -> Checked:
    """The whole journal, checked; raises NotACase or JournalBroken (exit code 5).

    Nobody is kept waiting and nothing is written, but where a crash left something half done: that is completed
    first. On a read-only disk it is seen as it would be.
    """
    require_case(folder)
    with failing(folder):
        lines = (folder / JOURNAL).read_bytes()  # before the bodies, which a writer writes first
        bodies = (folder / BODIES).read_bytes()
    whole = acknowledged(folder, lines, bodies)
    found = check(*whole)
    gone = half_erased(found.entries)
    if gone or whole != (lines, bodies) or unsaid(folder, named_recovered(found)):
        with suppress(StoreFailed), open_journal(folder) as (_, completed):
            return completed
    if gone:
        going = {entry.seq for entry in plan(found.entries, gone).entries}
        kept = b"".join(line for line in whole[1].splitlines(keepends=True) if number_of(line) not in going)
        found = check(whole[0], kept, going)
    return _sound(folder, replace(found, breaches=(*found.breaches, *_anchors(folder, found))))


def named_recovered(found: Checked) -> set[object]:
    """The digests of what entries say was set aside."""
    return {(e.body or {}).get("digest") for e in found.entries if e.kind == "recovered"}


@contextmanager
def open_journal(folder: Path) -> Iterator[tuple[Appender, Checked]]:
    """The whole journal, checked, and the means to add to it; nobody else writes meanwhile.

    What a crash interrupted is completed first: an erasure, the word about what was set aside.
    """
    with Appender(folder) as writer, writer.held():
        found = inspect(folder)
        if found.breaches and len(found.breaches) == len(half_erased(found.entries)):
            finish(folder, writer, found)
            found = inspect(folder)
        said = unsaid(folder, named_recovered(found))
        if said and not found.breaches:
            writer.append_held(said)
            found = inspect(folder)
        yield writer, _sound(folder, found)


def erase(folder: Path, number: int, why: str, basis: str, clock: Clock | None = None) -> Plan:
    """Erase what an entry says, and all that would reveal it; returns what went. The entry is not one that
    `KEPT` names and was not erased before; `why` and `basis` hold no personal data, for they stay."""
    with open_journal(folder) as (writer, checked):
        writer.append_held([erasure_of(checked.entries[number], why, basis)], clock)
        return finish(folder, writer, inspect(folder))


def _sound(folder: Path, found: Checked) -> Checked:
    if found.breaches:
        first = found.breaches[0]
        raise JournalBroken(
            what=text("The journal does not hold: {what} ({where})", what=first.what, where=first.where),
            why=text("Something was changed after it was written; the case proves nothing past this point."),
            do=text(
                "Restore the folder from its last copy. All that does not hold: heller journal show {folder}",
                folder=str(folder),
            ),
        )
    if not found.entries:
        raise NotACase(
            what=text("The case in {folder} was never opened: its journal is empty.", folder=str(folder)),
            why=text("Opening it was interrupted, or the journal was emptied."),
            do=text("Open it again with: heller open {folder}", folder=str(folder)),
        )
    return found


def _anchors(folder: Path, found: Checked) -> Iterator[Breach]:
    """The newest anchor file against the journal: whoever cut off the end and left it is found."""
    for number, path in list(anchor_files(folder).items())[-1:]:
        where = f"{ANCHORS}/{path.name}"
        try:
            size = read_anchor(path.read_bytes()).size
        except ValueError:
            yield Breach(where, text("This is no anchor."))
            continue
        if size > len(found.lines):
            what = text("Anchor {n} covers {size} lines, the journal has fewer.", n=number, size=size)
            yield Breach(where, what)
        elif number <= len(found.anchors) and found.anchors[number - 1].data != path.read_bytes():
            yield Breach(where, text("Anchor {n} is not the one that the journal names.", n=number))


def append(folder: Path, entries: Sequence[Content], clock: Clock | None = None) -> int:
    """Write entries (kind, body) once, in order; returns the number of the first (see `Appender.append`)."""
    with Appender(folder) as writer:
        return writer.append(entries, clock)


def body_line(folder: Path, number: int) -> bytes:
    """What an entry says, with its salt, as its line of bodies; empty where it was erased."""
    with failing(folder), (folder / BODIES).open("rb") as bodies:
        for line in bodies:
            if line.endswith(b',"seq":%d}\n' % number):
                return line[:-1]
    return b""


def inspect(folder: Path) -> Checked:
    """The whole journal with every breach, as it lies there: nothing is recovered, nothing refused."""
    require_case(folder)
    with failing(folder):
        found = check((folder / JOURNAL).read_bytes(), (folder / BODIES).read_bytes())
        return replace(found, breaches=(*found.breaches, *_anchors(folder, found)))


def get_object(folder: Path, digest: str) -> bytes:
    """An original; raises JournalBroken where it is missing or its bytes have changed."""
    path = object_path(folder, digest)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _broken(path, digest, missing=True) from None
    if sha256(data).hexdigest() != digest:
        raise _broken(path, digest, missing=False)
    return data


def checked_object(folder: Path, digest: str) -> Path:
    """Where an original lies, whose bytes were compared a part at a time; raises what `get_object` raises."""
    path = object_path(folder, digest)
    try:
        with path.open("rb") as file:
            same = file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        raise _broken(path, digest, missing=True) from None
    if not same:
        raise _broken(path, digest, missing=False)
    return path


def _broken(path: Path, digest: str, *, missing: bool) -> JournalBroken:
    what = (
        text("The original {digest} is missing.", digest=digest[:12])
        if missing
        else text("The original {digest} was changed.", digest=digest[:12])
    )
    return JournalBroken(
        what=what,
        why=text("The journal names this file by its digest; with other bytes it is no longer that file."),
        do=text("Copy the untouched file back to {path}.", path=str(path)),
    )


def require_object(folder: Path, digest: str, size: int) -> None:
    """Look whether an original lies there in its size; raises JournalBroken. Its bytes are not read."""
    path = object_path(folder, digest)
    if not path.is_file() or path.stat().st_size != size:
        get_object(folder, digest)


def put_object(folder: Path, data: bytes) -> tuple[str, bool]:
    """Keep an original under its digest; returns the digest and whether it is new."""
    digest = sha256(data).hexdigest()
    path = object_path(folder, digest)
    if path.exists():
        return digest, False
    with failing(folder):
        disk.keep(path, data)
    return digest, True
