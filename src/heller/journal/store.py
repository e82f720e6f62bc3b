"""The case folder on disk: append-only journal, bodies apart, originals by digest. Effects live here.

An append is acknowledged once it is on the disk (`appender`); what a crash left half written is left aside until
somebody mends it (`mend`); two writers are kept apart by a lock (`disk`). Whoever reads writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path

from msgspec.structs import replace

from heller.journal import disk
from heller.journal.anchor import origin_of, read_anchor
from heller.journal.appender import Appender
from heller.journal.arriving import sweep
from heller.journal.checking.check import Checked, check, half_erased
from heller.journal.checking.originals import digest_of
from heller.journal.disk import failing
from heller.journal.entry import Breach, BreachCause, Clock
from heller.journal.erasure import Plan, erasure_of, finish, number_of, plan
from heller.journal.places import (
    ANCHORS,
    BODIES,
    JOURNAL,
    OBJECTS,
    RECOVERED,
    anchor_files,
    is_case,
    object_path,
    require_case,
)
from heller.journal.recover import torn, unsaid, whole_part
from heller.journal.refusal import sound
from heller.journal.writing import Content, read_tail
from heller.machine import files
from heller.model.errors import NotACase, OriginalMissing
from heller.model.text import Text, text

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
            (folder / name).touch(0o600)
        disk.own(folder)
        files.sync_folder(folder)


def _free(folder: Path) -> bool:
    """Whether a folder is empty, or a case whose opening was never acknowledged."""
    if not folder.is_dir():
        return False
    begun = folder / JOURNAL
    return not any(folder.iterdir()) or (begun.is_file() and begun.stat().st_size == 0)


def load(folder: Path) -> Checked:
    """The whole journal, checked; raises NotACase or a kind of JournalBroken (exit codes 5 and 8 to 11).

    Nobody is kept waiting and nothing is written. What a crash left half done is seen as it would be once completed;
    an end that is not whole is left aside (`end_of` tells of it).
    """
    require_case(folder)
    with failing(folder):
        lines = (folder / JOURNAL).read_bytes()  # before the bodies, which a writer writes first
        bodies = (folder / BODIES).read_bytes()
    whole = whole_part(lines, bodies)
    found = check(*whole)
    if gone := half_erased(found.entries):
        going = {entry.seq for entry in plan(found.entries, gone).entries}
        kept = b"".join(line for line in whole[1].splitlines(keepends=True) if number_of(line) not in going)
        found = check(whole[0], kept, going)
    ends = [torn(whole, (lines, bodies))] if whole != (lines, bodies) else []
    anchored = tuple(_anchors(folder, found))
    if not found.entries or found.breaches or anchored:
        found = replace(found, breaches=(*found.breaches, *anchored, *ends))
    return sound(folder, found)


def end_of(folder: Path) -> Breach | None:
    """What is not whole at the end of a journal; None where it is whole, or somebody writes it this moment."""
    with failing(folder), suppress(NotACase):
        require_case(folder)
        with (folder / JOURNAL).open("rb") as journal, (folder / BODIES).open("rb") as bodies:
            if read_tail(journal.fileno(), bodies.fileno()) is not None or disk.is_locked(journal.fileno()):
                return None
            given = journal.read(), bodies.read()
        whole = whole_part(*given)
        return torn(whole, given) if whole != given else None
    return None


def named_recovered(found: Checked) -> set[object]:
    """The digests of what entries say was set aside."""
    return {(e.body or {}).get("digest") for e in found.entries if e.kind == "recovered"}


@contextmanager
def open_journal(folder: Path) -> Iterator[tuple[Appender, Checked]]:
    """The whole journal, checked, and the means to add to it; nobody else writes meanwhile.

    What a crash interrupted is completed first: an erasure, the word about what was set aside. Raises UnfinishedCopy
    where the end is not whole.
    """
    with Appender(folder) as writer, writer.held():
        yield writer, _completed(folder, writer)


def _completed(folder: Path, writer: Appender) -> Checked:
    """The whole journal, checked, once what a crash interrupted is done; raises what `sound` raises."""
    found = inspect(folder)
    if found.breaches and len(found.breaches) == len(half_erased(found.entries)):
        finish(folder, writer, found)
        found = inspect(folder)
    said = unsaid(folder, named_recovered(found))
    if said and not found.breaches:
        writer.append_held(said)
        found = inspect(folder)
    whole = sound(folder, found)
    sweep(folder, lambda: {(e.body or {}).get("digest") for e in whole.entries})
    return whole


def erase(folder: Path, number: int, why: str, basis: str, clock: Clock | None = None) -> Plan:
    """Erase what an entry says, and all that would reveal it; returns what went. The entry is not one that
    `KEPT` names and was not erased before; `why` and `basis` hold no personal data, for they stay."""
    with open_journal(folder) as (writer, checked):
        writer.append_held([erasure_of(checked.entries[number], why, basis)], clock)
        return finish(folder, writer, inspect(folder))


def _anchors(folder: Path, found: Checked) -> Iterator[Breach]:
    """The newest anchor file against the journal: whoever cut off the end and left it is found."""
    for number, path in list(anchor_files(folder).items())[-1:]:
        where = f"{ANCHORS}/{path.name}"
        data = path.read_bytes()
        named = found.anchors[number - 1].data if number <= len(found.anchors) else b""
        try:
            head = read_anchor(data)
        except ValueError:
            yield Breach(
                where,
                text("This is no anchor."),
                BreachCause.UNFINISHED if named.startswith(data) else BreachCause.CHANGED,
            )
            continue
        if head.size > len(found.lines):
            what = text("Anchor {n} covers {size} lines, the journal has fewer.", n=number, size=head.size)
            yield Breach(where, what, BreachCause.UNFINISHED)
        elif named and named != data:
            what = text("Anchor {n} is not the one that the journal names.", n=number)
            yield Breach(
                where,
                what,
                BreachCause.FORK if head.origin == origin_of(found.entries) else BreachCause.CHANGED,
            )


def append(folder: Path, entries: Sequence[Content], clock: Clock | None = None) -> int:
    """Write entries (kind, body) once, in order; returns the number of the first (see `Appender.append`). The whole
    journal is checked before, for nothing may follow from one that does not hold: raises what `load` raises."""
    with Appender(folder) as writer, writer.held():
        if not writer.begins:
            _completed(folder, writer)
        return writer.append_held(entries, clock)


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
    """An original; raises OriginalMissing where it is missing or its bytes have changed."""
    path = object_path(folder, digest)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _lost(digest, folder) from None
    if sha256(data).hexdigest() != digest:
        raise _changed(digest, folder)
    return data


def checked_object(folder: Path, digest: str) -> Path:
    """Where an original lies, whose bytes were compared a part at a time; raises what `get_object` raises."""
    path = object_path(folder, digest)
    try:
        with path.open("rb") as file:
            same = file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        raise _lost(digest, folder) from None
    if not same:
        raise _changed(digest, folder)
    return path


def _lost(digest: str, folder: Path) -> OriginalMissing:
    return lacking(text("The original {digest} is missing.", digest=digest[:12]), folder)


def _changed(digest: str, folder: Path) -> OriginalMissing:
    return lacking(text("The original {digest} was changed.", digest=digest[:12]), folder)


def lacking(what: Text, folder: Path) -> OriginalMissing:
    """The error for an original that is not there as it was taken in."""
    return OriginalMissing(
        what=what,
        why=text("The journal names this file by its digest; with other bytes it is no longer that file."),
        do=text(
            "Add the untouched file again with heller add, or take it from a bundle: heller journal mend "
            "{folder} --from BUNDLE. If it is lost for good: heller note CASE lost K8 WHY",
            folder=str(folder),
        ),
    )


def require_object(folder: Path, digest: str, size: int) -> None:
    """Look whether an original lies there in its size; raises OriginalMissing. Its bytes are not read."""
    path = object_path(folder, digest)
    if not path.is_file() or path.stat().st_size != size:
        get_object(folder, digest)


def put_object(
    folder: Path, data: bytes, coming: Callable[[str], None] = lambda digest: None
) -> tuple[str, bool]:
    """Keep an original under its digest; returns the digest and whether it is new. `coming` is told a digest before
    it is kept."""
    digest = sha256(data).hexdigest()
    path = object_path(folder, digest)
    if digest_of(path) == digest:
        return digest, False
    with failing(folder):
        coming(digest)
        set_aside(folder, path)
        disk.keep(path, data)
    return digest, True


def set_aside(folder: Path, path: Path) -> None:
    """Keep what lies under the name of another file, under its own digest."""
    if path.is_file() and path.stat().st_size:
        data = path.read_bytes()
        disk.keep(folder / RECOVERED / sha256(data).hexdigest(), data)
