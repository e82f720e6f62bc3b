"""Checks a journal from its bytes alone: numbers, chain, commitments, anchors. Pure; no file is opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from msgspec import Struct

from heller.journal.anchor import Anchor, anchors_of
from heller.journal.entry import (
    COMMIT,
    NO_PREVIOUS,
    VERSION,
    Breach,
    BreachCause,
    Entry,
    JournalLine,
    read_body,
    read_line,
    version_of,
)
from heller.journal.joined import unproven
from heller.model.text import text

Spoken = tuple[bytes, dict[str, Any], bytes]  # salt, body, the body's own bytes


class Checked(Struct, frozen=True):
    """What a journal holds, and where it does not hold together."""

    entries: tuple[Entry, ...]
    lines: tuple[bytes, ...]
    breaches: tuple[Breach, ...]
    anchors: tuple[Anchor, ...] = ()  # those that entries name and that fit the lines before them

    @property
    def head(self) -> str:
        """Hash of the last line: whoever holds it can tell any change before it."""
        return self.entries[-1].line_hash if self.entries else NO_PREVIOUS


def split_lines(data: bytes) -> tuple[list[bytes], bytes]:
    """Whole lines, and the torn tail behind the last line end."""
    *lines, tail = data.split(b"\n")
    return lines, tail


def check(journal: bytes, bodies: bytes, closed: Collection[int] = ()) -> Checked:
    """Every line, its number, the hash of the line before, the commitment to its body, every anchor, every entry that
    was written in another copy.

    The bodies of entries that are `closed` in a bundle may be missing.
    """
    breaches: list[Breach] = []
    lines: list[bytes] = []
    entries = tuple(walk(_pieces(journal), _pieces(bodies), breaches.append, lines.append, closed))
    told = anchors_of(entries, lines)
    for entry, head in told:
        if head is None:
            what = text("The anchor of entry {seq} does not fit the lines before it.", seq=entry.seq)
            breaches.append(Breach(f"journal.jsonl:{entry.seq + 1}", what))
    for seq in half_erased(entries):
        what = text("Entry {seq} is said to be erased, but what it says is still there.", seq=seq)
        breaches.append(Breach("bodies.jsonl", what))
    breaches += unproven(entries, lines)
    held = tuple(head for _, head in told if head is not None)
    return Checked(entries, tuple(lines), tuple(breaches), held)


def half_erased(entries: Sequence[Entry]) -> tuple[int, ...]:
    """The numbers of entries that an entry says were erased, and whose bodies are still there."""
    asked = [(e.body or {}).get("entry") for e in entries if e.kind == "erased"]
    return tuple(
        n
        for n in dict.fromkeys(asked)
        if type(n) is int and 0 <= n < len(entries) and entries[n].body is not None
    )


def _pieces(data: bytes) -> Iterator[bytes]:
    """Lines with their ends, as a file gives them; the torn tail without one."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        yield data[at:end]
        at = end


def walk(
    journal: Iterable[bytes],
    bodies: Iterable[bytes],
    breach: Callable[[Breach], object],
    keep: Callable[[bytes], object] = lambda line: None,
    closed: Collection[int] = (),
) -> Iterator[Entry]:
    """The entries one by one, of two open files or of their lines with ends; one line is held at a time.

    What does not hold is told to `breach`; each whole line without its end is handed to `keep`. Anchors
    are not looked at.
    """
    prev = NO_PREVIOUS
    said = _Bodies(bodies, breach)
    erased: set[object] = set(closed)
    for number, raw in enumerate(journal):
        if raw[-1:] != b"\n":
            breach(Breach("journal.jsonl", text("The last line of the journal is torn.")))
            break
        line = raw[:-1]
        keep(line)
        digest = sha256(line).hexdigest()
        try:
            value = read_line(line)
        except ValueError:
            breach(_unreadable(line, number))
            prev = digest
            continue
        if value.seq != number or value.prev != prev:
            _misplaced(value, number, prev, breach)
        prev, body = digest, None
        spoken = said.of(value.seq)
        if spoken is not None:
            salt, body, own = spoken
            if sha256(COMMIT + salt + sha256(own).digest()).hexdigest() != value.c:
                what = text("What entry {seq} says was changed after it was written.", seq=value.seq)
                breach(Breach(f"journal.jsonl:{number + 1}", what))
            if value.kind == "erased":
                erased.add(gone if type(gone := body.get("entry")) is int else None)
        yield Entry(value.seq, value.kind, value.wall, value.sync, prev, body)
    said.end(erased)


def _unreadable(line: bytes, number: int) -> Breach:
    where, version = f"journal.jsonl:{number + 1}", version_of(line)
    if version > VERSION:
        what = text(
            "Line {n} of the journal was written by a newer Heller: its format is {version}, this one knows {known}.",
            n=number + 1,
            version=version,
            known=VERSION,
        )
        return Breach(where, what, BreachCause.NEWER)
    return Breach(where, text("Line {n} of the journal cannot be read.", n=number + 1))


def _misplaced(value: JournalLine, number: int, prev: str, breach: Callable[[Breach], object]) -> None:
    where = f"journal.jsonl:{number + 1}"
    if value.seq != number:
        what = text(
            "Line {n} has number {seq}: a line was dropped, added or moved.", n=number + 1, seq=value.seq
        )
        breach(Breach(where, what))
    if value.prev != prev:
        breach(Breach(where, text("Entry {seq} does not follow from the one before.", seq=value.seq)))


class _Bodies:
    """The lines of bodies, asked for by number. They stand in the order of their entries, so one that is
    not asked for yet is held, and no more."""

    def __init__(self, lines: Iterable[bytes], breach: Callable[[Breach], object]) -> None:
        self._lines = enumerate(lines, 1)
        self._breach = breach
        self._held: tuple[int, Spoken] | None = None
        self._next = 0  # the number behind the highest that was asked for
        self._skipped: list[range] = []  # numbers below it that no line has
        self._gone: set[int] = set()

    def of(self, seq: int) -> Spoken | None:
        """What an entry says; None where its body is gone."""
        if seq > self._next:
            self._skipped.append(range(self._next, seq))
        self._next = max(self._next, seq + 1)
        while (next_one := self._held or self._next_line()) is not None:
            at, said = next_one
            if at > seq:
                self._held = next_one
                break
            self._held = None
            if at == seq:
                return said
            self._stray(at)
        self._gone.add(seq)
        return None

    def end(self, erased: set[object]) -> None:
        """Bodies that no line asked for, and lines whose body is gone although no entry says why."""
        while (next_one := self._held or self._next_line()) is not None:
            self._held = None
            self._stray(next_one[0])
        for seq in sorted(self._gone - erased):
            what = text("What entry {seq} says is missing, and no entry says that it was erased.", seq=seq)
            self._breach(Breach("bodies.jsonl", what, BreachCause.LACKING))

    def _stray(self, seq: int) -> None:
        """A body in the wrong place: of no line, twice, or out of order."""
        if seq >= self._next or any(seq in gap for gap in self._skipped):
            what = text("There is a body for entry {seq}, but no such line.", seq=seq)
        elif seq in self._gone:
            self._gone.discard(seq)
            what = text("The body of entry {seq} stands out of order.", seq=seq)
        else:
            what = text("Entry {seq} has two bodies.", seq=seq)
        self._breach(Breach("bodies.jsonl", what))

    def _next_line(self) -> tuple[int, Spoken] | None:
        for number, raw in self._lines:
            if raw[-1:] != b"\n":
                self._breach(Breach("bodies.jsonl", text("The last line of the bodies is torn.")))
                return None
            try:
                seq, salt, body, own = read_body(raw[:-1])
            except ValueError:
                what = text("Line {n} of the bodies cannot be read.", n=number)
                self._breach(Breach(f"bodies.jsonl:{number}", what))
                continue
            return seq, (salt, body, own)
        return None
