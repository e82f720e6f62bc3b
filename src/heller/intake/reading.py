"""Asks all readers who knows a file, lets the best one read it, and opens containers.

It knows no format. What goes wrong in a reader costs a finding, never the case.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import fields, replace

from heller.intake.written.encoding import as_text
from heller.intake.written.offsets import stated_offsets
from heller.intake.written.unread_file import broken, unknown
from heller.intake.written.unused_rows import unused_rows
from heller.model.errors import HellerError
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

HEAD = 64 * 1024  # what `identify` sees
DEPTH = 4  # a mail in a mail in a mail holding an invoice
MEMBERS = 200  # files of one container
NOBODY = "none"

Value = TypeVar("Value")


class Confidence(NamedTuple):
    """How sure a reader is that it knows a file, 0 to 100, and the reason."""

    score: int
    reason: Text


NO_INVOICE = "no-invoice"  # the code of the note that a document of data is no invoice
NOT_MINE = Confidence(0, text("Nothing in it is of this format."))


class Reader(Protocol):
    """A module of `heller.intake.readers`."""

    NAME: str

    def identify(self, head: bytes, name: str) -> Confidence:
        """How sure the reader is that it knows this file, from its first 64 kB, and why."""

    def read(self, blob: Blob, zone: ZoneInfo) -> Reading:
        """All that the file says. Bad bytes give findings, not exceptions."""


class Container(Reader, Protocol):
    """A reader whose files hold other files."""

    def members(self, blob: Blob) -> tuple[Blob, ...]:
        """The files inside, with their own names and the digest of the container."""


class Readers(NamedTuple):
    """The readers by name, and the modules that could not be loaded."""

    readers: tuple[Reader, ...]
    broken: tuple[str, ...]


@cache
def all_readers() -> Readers:
    """All readers of the folder; one that cannot be loaded does not stop the others."""
    home = import_module("heller.intake.readers")
    readers, broken = [], []
    for module in iter_modules(home.__path__):
        try:
            loaded = import_module(f"{home.__name__}.{module.name}")
            readers.append((str(loaded.NAME), cast("Reader", loaded)))
        except Exception:  # a broken reader costs a finding, never the case
            broken.append(module.name)
    return Readers(tuple(reader for _, reader in sorted(readers, key=lambda pair: pair[0])), tuple(broken))


def read(blob: Blob, zone: ZoneInfo, depth: int = 0) -> Reading:
    """What a file says, read by the reader that knows it best; members of containers included.

    A file that nobody knows is a reading without records and with a finding: it stays an exhibit.
    """
    blob = as_text(blob)
    best = choose(blob)
    if not best:
        return replace(
            nothing(blob, unknown(blob)), findings=(unknown(blob), *map(broken, all_readers().broken))
        )
    claimed = _claim(best[0], blob.data[:HEAD], blob.name)
    reading = replace(
        _guarded(best[0], blob, zone),
        score=claimed.score,
        why=claimed.reason,
        offsets=stated_offsets(blob.data),
    )
    if beside := unused_rows(reading, blob):
        reading = replace(reading, findings=(*reading.findings, *beside))
    if len(best) > 1:
        reading = replace(reading, findings=(_tie(blob, best), *reading.findings))
    if not hasattr(best[0], "members"):
        return reading
    return _with_members(cast("Container", best[0]), blob, reading, zone, depth)


def choose(blob: Blob) -> tuple[Reader, ...]:
    """The readers that are the surest, the one that reads first; empty where nobody knows the file."""
    head = blob.data[:HEAD]
    scores = [(_claim(reader, head, blob.name).score, reader) for reader in all_readers().readers]
    highest = max((score for score, _ in scores), default=0)
    return tuple(reader for score, reader in scores if score == highest > 0)


def _claim(reader: Reader, head: bytes, name: str) -> Confidence:
    try:
        return reader.identify(head, name)
    except Exception:  # a broken reader does not know this file
        return NOT_MINE


def _guarded(reader: Reader, blob: Blob, zone: ZoneInfo) -> Reading:
    try:
        return reader.read(blob, zone)
    except HellerError as error:
        return reading_of_error(reader.NAME, blob, error)
    except Exception as error:  # a broken reader costs a finding, never the case
        return nothing(
            blob,
            Finding(
                "reader-broke",
                text(
                    "Reading {name} failed inside the reader {reader} ({error}).",
                    name=blob.name,
                    reader=reader.NAME,
                    error=type(error).__name__,
                ),
                text("The original is kept as an exhibit. Enter what it says by hand, and report the fault."),
                Weight.REFUSED,
                Locator(blob.digest),
            ),
        )


def nothing(blob: Blob, finding: Finding, reader: str = NOBODY) -> Reading:
    """A reading without records: the file stays an exhibit under its name."""
    return Reading(reader, blob.name, findings=(finding,))


def reading_of_error(reader: str, blob: Blob, error: HellerError) -> Reading:
    """The reading of a file that cannot be read, with the reason as its finding."""
    return nothing(
        blob, Finding("refused", error.what, error.do, Weight.REFUSED, Locator(blob.digest)), reader
    )


def _tie(blob: Blob, best: tuple[Reader, ...]) -> Finding:
    return Finding(
        "reader-tie",
        text(
            "{name} may be read in two ways: as {first} and as {second}. It was read as {first}.",
            name=blob.name,
            first=best[0].NAME,
            second=best[1].NAME,
        ),
        text("Check what was read from it."),
        source=Locator(blob.digest),
    )


def _with_members(reader: Container, blob: Blob, outer: Reading, zone: ZoneInfo, depth: int) -> Reading:
    """The container's own reading with the records and findings of its members."""
    try:
        members = reader.members(blob)
    except HellerError as error:
        return replace(
            outer, findings=(*outer.findings, *reading_of_error(reader.NAME, blob, error).findings)
        )
    if members and depth >= DEPTH:
        return replace(outer, findings=(*outer.findings, _too_deep(blob)))
    if len(members) > MEMBERS:
        outer = replace(outer, findings=(*outer.findings, _too_many(blob, len(members))))
    names = distinct([member.name for member in members[:MEMBERS]])
    inner = [
        within(read(member, zone, depth + 1), name)
        for member, name in zip(members[:MEMBERS], names, strict=False)
    ]
    if told := _members_read(blob, names, inner, len(members)):
        outer = replace(outer, findings=(*outer.findings, told))
    return replace(
        outer,
        records=(*outer.records, *(record for reading in inner for record in reading.records)),
        findings=(*outer.findings, *(finding for reading in inner for finding in reading.findings)),
        rows=outer.rows + sum(reading.rows for reading in inner),
        rows_rejected=outer.rows_rejected + sum(reading.rows_rejected for reading in inner),
        accounts=(*outer.accounts, *(account for reading in inner for account in reading.accounts)),
        offsets=tuple(dict.fromkeys(one for reading in (outer, *inner) for one in reading.offsets)),
    )


def _members_read(blob: Blob, names: list[str], inner: list[Reading], count: int) -> Finding | None:
    """How many members were read, and which were not; None where the only one was read."""
    pairs = zip(names, inner, strict=True)
    unread = [name for name, reading in pairs if not reading.records and not _holds(reading)]
    if count < 2 and not unread:
        return None
    read_ = len(names) - len(unread)
    said = text("{name} holds {count} files; {n} were read.", name=blob.name, count=count, n=read_)
    if unread:
        listed = ", ".join(unread[:5]) + (" …" if len(unread) > 5 else "")
        said = text("{name} holds {count} files; {n} were read, and from {unread} files nothing was: {names}.",
                    name=blob.name, count=count, n=read_, unread=len(unread), names=listed)  # fmt: skip
    return Finding("members", said, None, Weight.NOTE, Locator(blob.digest))


def _holds(reading: Reading) -> bool:
    """Whether a reading without records is that of a container, or of a statement without entries."""
    return bool(reading.accounts) or any(finding.code == "members" for finding in reading.findings)


def distinct(names: list[str]) -> list[str]:
    """The names, the second of the same name with '#2', so that a place names one file."""
    return [
        f"{name}#{n}" if (n := names[: at + 1].count(name)) > 1 else name for at, name in enumerate(names)
    ]


def _too_deep(blob: Blob) -> Finding:
    return Finding(
        "too-deep",
        text(
            "The files inside {name} were not read: they are packed into each other too often.",
            name=blob.name,
        ),
        text("Unpack them and add them one by one."),
        source=Locator(blob.digest),
    )


def _too_many(blob: Blob, count: int) -> Finding:
    return Finding(
        "too-many-members",
        text(
            "{name} holds {count} files; the first {read} were read.",
            name=blob.name,
            count=count,
            read=MEMBERS,
        ),
        text("Unpack it and add the rest."),
        source=Locator(blob.digest),
    )


def within(value: Value, member: str) -> Value:
    """The same value with every locator in it moved into a member of a container.

    >>> within(Locator("d1", "row 2", member="factur-x.xml"), "bill.pdf").member
    'bill.pdf!/factur-x.xml'
    """
    return cast("Value", _within(value, member))


def _within(value: Any, member: str) -> Any:
    match value:
        case Locator():
            return replace(value, member="!/".join(filter(None, (member, value.member))))
        case Struct():
            return replace(value, **{f.name: _within(getattr(value, f.name), member) for f in fields(value)})
        case tuple():
            return tuple(_within(item, member) for item in value)
        case dict():
            return {key: _within(item, member) for key, item in value.items()}
        case _:
            return value
