"""Closes fields of a case: what a bundle shows instead, with a salted digest for each closed field.

The dossier of a closed bundle is made from what the bundle shows and from nothing else; so what is closed
cannot stand in it. Each person has one mark, `XXXX-1`, wherever he is named; what somebody earns is `XXXX`.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heller.casefile.apart import process
from heller.casefile.bundle import extract
from heller.casefile.bundle.closed_bodies import ERASED, WAGE, Bodies
from heller.casefile.bundle.closed_reading import bare, said_records, with_marks
from heller.casefile.bundle.closing_refusal import named_in_reason, not_written_down
from heller.casefile.bundle.marked_by_people import confidential, parties, texts_of
from heller.casefile.bundle.marked_text import digest_of, with_cells
from heller.casefile.derived.premises import Premises
from heller.casefile.derived.reading_anew import anew, excess_of
from heller.casefile.naming import names
from heller.intake import personal
from heller.intake.personal import NAMES, WAGES, KnownValues
from heller.intake.tables.office_orders import customer
from heller.journal.closed_fields import Cell, ClosedEntry, as_shown
from heller.journal.entry import Entry
from heller.model.case import Case
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.order import Order
from heller.model.kinds.summary import Summary
from heller.model.kinds.wage import Wage
from heller.model.record import Blob, Reading, Record

SEALING = ("opened", "anchor", "stamp", "beacon", "renewal", "clock", ERASED)


class Source(Struct, frozen=True):
    """An original with what was read from it."""

    entry: Entry
    blob: Blob
    reading: Reading


class Closer:
    """The marks of all that is to be closed, and what each entry and original shows."""

    def __init__(
        self,
        case: Case,
        sources: Sequence[Source],
        salts: Mapping[int, bytes],
        kinds: frozenset[str],
        premises: Premises,
        cited: Collection[tuple[str, str, str]] = (),
    ):
        """`cited` are the places (original, member, place) on which the claim rests."""
        self._salts, self._kinds, self._premises, self._cited = salts, kinds, premises, cited
        self._marks: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._count = 0
        self._bodies = Bodies(salts, kinds)
        self.objects: dict[str, bytes] = {}  # originals with marks, by digest
        self.hidden: set[str] = set()  # digests of originals that are not in the bundle
        self._marked = confidential(case) if NAMES in kinds else {}
        self._pieces = {s.blob.digest: tuple(self._columns(s)) for s in sources}
        self._staff = self._staff_of(case)
        if NAMES in kinds:
            self._name(case, sources)
        self._known = KnownValues(self._marks)

    def _columns(self, source: Source) -> Iterator[tuple[personal.Piece, str]]:
        """The cells of an original's columns that are to be closed, and what stands in them."""
        plain = personal.text_of(source.blob.data)
        if plain is not None:
            for piece in extract.pieces(plain[0], source.reading, self._kinds, self._cited):
                yield piece, extract.MARK
            marked = self._marked.get(source.blob.digest, frozenset())
            for piece in personal.columns(plain[0], source.reading, marked):
                if piece.field in self._kinds:
                    yield piece, plain[0][piece.start : piece.end].strip('" ')

    def _staff_of(self, case: Case) -> KnownValues:
        """The names of those whose wages are known: a payment to one of them says what he earns."""
        people = {one.person: "" for one in case.records(Wage) if personal.is_name(one.person)}
        return KnownValues({part: "" for name in people for part in personal.parts(name, parties(case))})

    def _name(self, case: Case, sources: Sequence[Source]) -> None:
        """Give each name its mark, in order of first appearance."""
        never = parties(case)
        shops = {s.blob.digest for s in sources if any(isinstance(r, Order) for r in s.reading.records)}
        records = [r for e in case.exhibits for r in e.reading.records] + list(case.noted)
        named = [(name, False) for name in personal.persons(records) if personal.is_name(name)]
        for digest, pieces in self._pieces.items():
            named += [(value, digest in shops) for piece, value in pieces if piece.field == NAMES]
        for name, bought in named:
            if never.issuperset(w.casefold() for w in personal.WORD.findall(name)):
                continue
            if name not in self._marks:
                self._count += 1
            mark = self._marks.setdefault(name, f"{WAGE}-{self._count}")
            if bought:
                self._marks.setdefault(customer(name), mark)
            for part in () if bought else personal.parts(name, never):
                self._marks.setdefault(part, mark)

    def shown(self, entries: Sequence[Entry], sources: Sequence[Source]) -> tuple[ClosedEntry, ...]:
        """Every entry that holds something closed, as the bundle shows it."""
        found: dict[int, ClosedEntry] = {}
        self._bodies.private = frozenset(
            e.seq for e in entries if extract.says_private((e.body or {}).get("record", {}))
        )
        for source in sources:
            one = self._original(source)
            if one is not None:
                found[source.entry.seq] = one
                self._digests[source.blob.digest] = str(as_shown(one.body)["digest"])
                self.hidden.add(source.blob.digest)
        self._known = self._bodies.known = KnownValues({**self._marks, **self._digests})
        self._bodies.digests = frozenset(self._digests.values())
        for entry in entries:
            if entry.kind == ERASED and any(next(self._known.find(said), None) for said in texts_of(entry)):
                raise named_in_reason(entry.seq)
            if entry.body is not None and entry.kind not in SEALING:
                body = self._bodies.body(entry, found.get(entry.seq))
                if body != entry.body:
                    one = found.get(entry.seq, ClosedEntry(entry.seq, body))
                    found[entry.seq] = replace(one, body=body, says=self._known.marked(one.says))
        return tuple(found[seq] for seq in sorted(found))

    def _original(self, source: Source) -> ClosedEntry | None:
        """What is shown of an original: None where nothing of it is closed."""
        data, seq = source.blob.data, source.entry.seq
        plain = personal.text_of(data)
        salted = self._salts[seq]
        body: dict[str, Any] = {**(source.entry.body or {})}
        pays = WAGES in self._kinds and self._pays_staff(source.reading)
        if self._is_opaque(source):
            name = f"{WAGE}{PurePath(source.blob.name).suffix}"  # of a file that nobody read the name may tell it all
            body["name"] = self._bodies.shut(seq, "/name", body["name"], name, NAMES)
            body.pop("name_given", None)
            pays = True
        if plain is not None and not pays:
            said, encoding = plain
            pieces = self._pieces_of(source, said)
            if not pieces and not self._tells(source):
                return None
            marked, cells = with_cells(
                said, pieces, lambda place, value: digest_of(salted, seq, place, value), seq
            )
            shown = marked.encode(encoding, "replace")
            if self._reads_alike(source, shown):
                return self._shown_as(source, shown, body, cells, encoding)
        elif not pays and not self._tells(source):
            return None
        if (pages := self._blackened(source)) is not None:
            return self._shown_as(source, pages, body, says=self._says(source))
        value = self._bodies.shut(seq, "/digest", body["digest"], "")
        body["digest"] = {**value, "shown": value["closed"]}
        body["size"] = self._bodies.shut(seq, "/size", body["size"], 0)
        return ClosedEntry(seq, body, says=self._says(source))

    def _shown_as(
        self,
        source: Source,
        shown: bytes,
        body: dict[str, Any],
        cells: tuple[Cell, ...] = (),
        encoding: str = "",
        says: str = "",
    ) -> ClosedEntry:
        """An original in whose place other bytes are shown."""
        seq, digest = source.entry.seq, sha256(shown).hexdigest()
        self.objects[digest] = shown
        sums = {
            "digest": self._bodies.shut(seq, "/digest", body["digest"], digest),
            "size": self._bodies.shut(seq, "/size", body["size"], len(shown)),
        }
        return ClosedEntry(seq, body | sums, cells, encoding, digest, says)

    def _blackened(self, source: Source) -> bytes | None:
        """Pictures of the pages of a printed statement, where nothing else of it is closed than bookings."""
        if extract.BOOKINGS not in self._kinds or not self._kinds.isdisjoint((NAMES, WAGES)):
            return None
        lines = extract.lines_of_pages(source.reading, self._cited)
        return process.ask_or_none("blackened", (lines,), [source.blob.data]) if lines else None

    def _is_opaque(self, source: Source) -> bool:
        """Whether an original is closed as a whole for what may stand in it: nothing was read from it, or a person
        marked it."""
        if NAMES not in self._kinds:
            return False
        return not source.reading.records or "" in self._marked.get(source.blob.digest, ())

    def _pieces_of(self, source: Source, said: str) -> list[tuple[personal.Piece, str]]:
        """The pieces of a text that are closed, each with its mark: cells of columns, then names elsewhere."""
        found = [(p, m) for p, value in self._pieces[source.blob.digest] if (m := self._mark(p, value))]
        cells = [(p.start, p.end) for p, _ in found]
        lines = [0, *(at.end() for at in re.finditer("\n", said))]
        for start, end, mark in self._known.find(said):
            before = bisect(cells, (end,)) - 1  # the last cell that begins before the end of this name
            if before < 0 or cells[before][1] <= start:
                line = bisect(lines, start)
                place = f"line {line}, character {start - lines[line - 1] + 1}"
                found.append((personal.Piece(start, end, NAMES, place), mark))
        return sorted(found, key=lambda one: one[0].start)

    def _mark(self, piece: personal.Piece, value: str) -> str:
        return self._marks.get(value, "") if piece.field == NAMES else WAGE

    def _tells(self, source: Source) -> bool:
        """Whether a name can be read in an original, or something was read from it that is closed; what nobody could
        read may tell everything."""
        if any(self._is_closed(r) for r in source.reading.records):
            return True
        if self._kinds.isdisjoint((NAMES, WAGES)):
            return False
        if excess_of(source.reading):
            return True
        said = personal.strings(source.reading.records)
        return any(next(self._known.find(one), None) for one in said) or names(source.blob, self._known)

    def _is_closed(self, record: Record) -> bool:
        """Whether nothing of a record may be read: a wage, a private fact, a booking on which nothing rests."""
        return (
            (WAGES in self._kinds and isinstance(record, Wage))
            or (extract.PRIVATE in self._kinds and extract.is_private(record))
            or (extract.BOOKINGS in self._kinds and extract.is_foreign(record, self._cited))
        )

    def _pays_staff(self, read: Reading) -> bool:
        said = (f"{r.counterparty} {r.purpose}" for r in read.records if isinstance(r, BankEntry))
        return any(next(self._staff.find(one), None) for one in said)

    def _reads_alike(self, source: Source, shown: bytes) -> bool:
        """Whether what is shown is read as the original is, but for what is closed, and names nobody."""
        blob = Blob(self._known.marked(source.blob.name), shown, source.blob.digest)
        again = anew(blob, self._premises.zone, self._premises.layouts)
        if self._known.values and names(blob, self._known):
            return False
        return bool(_compared(again.records) == _compared(self._open_records(source.reading)))

    def _open_records(self, read: Reading) -> tuple[Record, ...]:
        """The records with marks, without those that are nothing but closed; of a private fact its place stays."""
        left = [
            extract.blackened(r) if extract.is_private(r) else r
            for r in read.records
            if not self._is_closed(r) or extract.is_private(r)
        ]
        return tuple(with_marks(record, self._known) for record in left)

    def _says(self, source: Source) -> str:
        """What was read from an original that is closed as a whole, but for what is closed."""
        left = [r for r in self._open_records(source.reading) if not isinstance(r, Summary)]
        if WAGES in self._kinds:
            left = [
                r for r in left if not (isinstance(r, BankEntry) and self._pays_staff(Reading("", "", (r,))))
            ]
        said = msgspec.json.encode(left).decode()
        if said_records(said) != tuple(left):
            raise not_written_down(source.blob.name)
        return said


def _compared(records: Sequence[Record]) -> Any:
    """Records without places' characters; what a statement as a whole says is closed with its bookings."""
    return bare(tuple(r for r in records if not isinstance(r, Summary)))
