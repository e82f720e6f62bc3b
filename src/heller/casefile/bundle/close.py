"""Closes fields of a case: what a bundle shows instead, with a salted digest for each closed field.

The dossier of a closed bundle is made from what the bundle shows and from nothing else; so what is closed
cannot stand in it. Each person has one mark, `XXXX-1`, wherever he is named; what somebody earns is `XXXX`.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heller.casefile.bundle.closed_reading import bare, said_records, with_marks
from heller.casefile.bundle.closing_refusal import named_in_reason, not_written_down
from heller.casefile.bundle.marked_text import digest_of, with_cells
from heller.casefile.derived.premises import Premises
from heller.casefile.derived.reading_anew import anew, excess_of
from heller.casefile.fold import number_of
from heller.casefile.naming import names
from heller.intake import personal
from heller.intake.personal import NAMES, WAGES, KnownValues
from heller.intake.tables.office_orders import customer
from heller.intake.written.canonical import fold
from heller.journal.canonical import Json
from heller.journal.closed_fields import ClosedEntry, as_shown, close
from heller.journal.entry import Entry
from heller.journal.erasure import HANDED
from heller.journal.joined import ELSEWHERE
from heller.model.case import Case
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.confidential import Confidential
from heller.model.kinds.order import Order
from heller.model.kinds.summary import Summary
from heller.model.kinds.wage import Wage
from heller.model.record import Blob, Reading, Record
from heller.model.visible import readable

WAGE, ORIGINALS, ERASED = "XXXX", "originals", "erased"
SEALING = ("opened", "anchor", "stamp", "beacon", "renewal", "clock", ERASED)
MADE = (
    "dossier",
    "closed",
    HANDED,
    "recovered",
)  # entries with digests of what says more than a closed bundle
ADDRESSED = {HANDED: "to", "witness": "who"}  # entries that name whoever received something


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
    ):
        self._salts, self._kinds, self._premises = salts, kinds, premises
        self._marks: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._count = 0
        self.objects: dict[str, bytes] = {}  # originals with marks, by digest
        self.hidden: set[str] = set()  # digests of originals that are not in the bundle
        self._marked = _marked_by_people(case) if NAMES in kinds else {}
        self._pieces = {s.blob.digest: tuple(self._columns(s)) for s in sources}
        self._staff = self._staff_of(case)
        if NAMES in kinds:
            self._name(case, sources)
        self._known = KnownValues(self._marks)

    def _columns(self, source: Source) -> Iterator[tuple[personal.Piece, str]]:
        """The cells of an original's columns that are to be closed, and what stands in them."""
        plain = personal.text_of(source.blob.data)
        if plain is not None:
            marked = self._marked.get(source.blob.digest, frozenset())
            for piece in personal.columns(plain[0], source.reading, marked):
                if piece.field in self._kinds:
                    yield piece, plain[0][piece.start : piece.end].strip('" ')

    def _staff_of(self, case: Case) -> KnownValues:
        """The names of those whose wages are known: a payment to one of them says what he earns."""
        people = {one.person: "" for one in case.records(Wage) if personal.is_name(one.person)}
        return KnownValues({part: "" for name in people for part in personal.parts(name, _parties(case))})

    def _name(self, case: Case, sources: Sequence[Source]) -> None:
        """Give each name its mark, in order of first appearance."""
        never = _parties(case)
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
        for source in sources:
            one = self._original(source)
            if one is not None:
                found[source.entry.seq] = one
                self._digests[source.blob.digest] = str(as_shown(one.body)["digest"])
                self.hidden.add(source.blob.digest)
        self._known = KnownValues({**self._marks, **self._digests})
        for entry in entries:
            if entry.kind == ERASED and any(next(self._known.find(said), None) for said in _texts(entry)):
                raise named_in_reason(entry.seq)
            if entry.body is not None and entry.kind not in SEALING:
                body = self._body(entry, found.get(entry.seq))
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
            body["name"] = self._shut(seq, "/name", body["name"], name, NAMES)
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
                self.objects[digest := sha256(shown).hexdigest()] = shown
                body["digest"] = self._shut(seq, "/digest", body["digest"], digest)
                body["size"] = self._shut(seq, "/size", body["size"], len(shown))
                return ClosedEntry(seq, body, cells, encoding, digest)
        elif not pays and not self._tells(source):
            return None
        value = self._shut(seq, "/digest", body["digest"], "")
        body["digest"] = {**value, "shown": value["closed"]}
        body["size"] = self._shut(seq, "/size", body["size"], 0)
        return ClosedEntry(seq, body, says=self._says(source))

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
        return WAGE if piece.field == WAGES else self._marks.get(value, "")

    def _tells(self, source: Source) -> bool:
        """Whether a name can be read in an original, or a wage was read from it; what nobody could read may tell
        everything."""
        if excess_of(source.reading):
            return True
        if WAGES in self._kinds and any(isinstance(r, Wage) for r in source.reading.records):
            return True
        said = personal.strings(source.reading.records)
        return any(next(self._known.find(one), None) for one in said) or names(source.blob, self._known)

    def _pays_staff(self, read: Reading) -> bool:
        said = (f"{r.counterparty} {r.purpose}" for r in read.records if isinstance(r, BankEntry))
        return any(next(self._staff.find(one), None) for one in said)

    def _reads_alike(self, source: Source, shown: bytes) -> bool:
        """Whether what is shown is read as the original is, but for what is closed, and names nobody."""
        blob = Blob(self._known.marked(source.blob.name), shown, source.blob.digest)
        again = anew(blob, self._premises.zone, self._premises.layouts)
        return not names(blob, self._known) and bare(again.records) == bare(
            self._open_records(source.reading)
        )

    def _open_records(self, read: Reading) -> tuple[Record, ...]:
        """The records with marks, without those that are nothing but closed."""
        left = [r for r in read.records if not (WAGES in self._kinds and isinstance(r, Wage))]
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

    def _shut(
        self, seq: int, place: str, value: Json, shown: Json, field: str = ORIGINALS
    ) -> dict[str, Json]:
        return close(self._salts[seq], f"{seq} {place}", field, value, shown)

    def _body(self, entry: Entry, one: ClosedEntry | None) -> dict[str, Any]:
        """A body with all that is closed in it; digests of dossiers made before could be tried out."""
        body = dict(one.body if one else entry.body or {})
        if (key := ADDRESSED.get(entry.kind)) in body and NAMES in self._kinds:
            body[key] = self._shut(entry.seq, f"/{key}", body[key], WAGE, NAMES)
        if entry.kind in MADE:
            return self._made_before(entry.seq, body)
        shown = {k: self._leaf(entry.seq, f"/{k}", v) for k, v in body.items()}
        if shown != entry.body and ELSEWHERE in shown:  # with the salt what is closed could be tried out
            told = shown[ELSEWHERE]
            shown[ELSEWHERE] = told | {"salt": self._shut(entry.seq, f"/{ELSEWHERE}/salt", told["salt"], "")}
        return shown

    def _made_before(self, seq: int, body: dict[str, Any]) -> dict[str, Any]:
        """What was made before may say what is closed now: its digests could be tried out."""
        sums = {
            k: self._shut(seq, f"/{k}", body[k], "")
            for k in ("digest", "stated", "claim", "dossier", "bundle")
            if k in body
        }
        if "files" not in body:
            return body | sums
        files = {name: self._shut(seq, f"/files/{name}", d, "") for name, d in body["files"].items()}
        return body | {"files": files}

    def _leaf(self, seq: int, place: str, value: Any) -> Any:
        if isinstance(value, dict):
            if "closed" in value and "shown" in value:
                return value
            return {k: self._leaf(seq, f"{place}/{k}", v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._leaf(seq, f"{place}/{n}", v) for n, v in enumerate(value)]
        if not isinstance(value, str):
            return value
        said = readable(unquote(value, errors="surrogateescape")) if place == "/name_given" else value
        if (marked := self._known.marked(said)) == said:
            return value
        field = ORIGINALS if marked in self._digests.values() else NAMES
        return self._shut(seq, place, value, marked, field)


def _marked_by_people(case: Case) -> Mapping[str, frozenset[str]]:
    """What was marked as confidential, by digest: the headings of columns, folded; '' is the whole."""
    digests = {exhibit.number: exhibit.digest for exhibit in case.exhibits}
    found: dict[str, frozenset[str]] = {}
    for one in case.records(Confidential):
        if digest := digests.get(number_of(one.exhibit)):
            found[digest] = found.get(digest, frozenset()) | {fold(one.column)}
    return found


def _parties(case: Case) -> frozenset[str]:
    """The words of the parties' names: they stay open."""
    known = (case.fact(key) or "" for key in ("firm.name", "provider.name"))
    return frozenset(w.casefold() for name in known for w in personal.WORD.findall(name))


def _texts(entry: Entry) -> list[str]:
    return [said for said in (entry.body or {}).values() if isinstance(said, str)]
