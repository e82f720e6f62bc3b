"""What of an account statement or of a table of facts is blackened: what the claim does not rest on, and what is for
the firm alone. Characters only; of a statement on pages see `blackened_pages`. It closes nothing itself.

Whether the places were right nobody has to believe: what is shown is read again, and where it says another thing than
what is to stay open the original is closed as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from heller.intake.personal import Piece, cell_spans
from heller.model.facts import FACTS, Side
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.fact import Fact
from heller.model.record import Reading, Record

PRIVATE, BOOKINGS = "private", "bookings"
TOLD = ("key", "value", "basis")  # of a private fact
MARK = "XXXX"  # for what is closed and has no name
ROW = re.compile(r"row (\d+)")
PAGE_LINE = re.compile(r"page \d+ line (\d+)")
SUM = re.compile(r"\d[\d.,' ]{0,24}[.,]\d{2}\b")
BALANCE = re.compile(r"saldo|balance|kontostand", re.IGNORECASE)
STATEMENT = re.compile(r"<(?:\w+:)?(?:Stmt|Rpt|Ntfctn)[\s>]")
SHUT = re.compile(r"<((?:\w+:)?(Ntry|Bal|TxsSummry))(?:\s[^>]*)?>(.*?)</\1\s*>", re.DOTALL)
ENTRY = re.compile(r"(?:Stmt|Rpt|Ntfctn)(?:\[(\d+)\])?/Ntry(?:\[(\d+)\])?")
TAG = re.compile(r":\d\d\w?:")
DELIMITERS = ";\t,|"


def is_private(record: Record) -> bool:
    """Whether a record is a fact that is for the firm alone."""
    return isinstance(record, Fact) and record.key in FACTS and FACTS[record.key].side is Side.US


def says_private(said: Mapping[str, object]) -> bool:
    """Whether what a note says is such a fact, as it is written."""
    key = said.get("key")
    return said.get("type") == "fact" and key in FACTS and FACTS[str(key)].side is Side.US


def blackened(record: Record) -> Record:
    """A fact of which nothing can be read; its source says no more than the place."""
    assert isinstance(record, Fact)
    where = record.source
    if where is not None:
        where = type(where)(where.object, where.place, "", where.member)
    return Fact(MARK, MARK, MARK if record.basis else "", where)


def is_foreign(record: Record, cited: Collection[tuple[str, str, str]]) -> bool:
    """Whether a record is a booking on which nothing rests; `cited` has original, member and place."""
    if not isinstance(record, BankEntry):
        return False
    at = record.source
    return (at.object, at.member, at.place) not in cited


def may_be_closed(record: Record) -> bool:
    """Whether a record may be one of which something is closed without being asked for."""
    return isinstance(record, BankEntry) or is_private(record)


def pieces(
    said: str, reading: Reading, kinds: Collection[str], cited: Collection[tuple[str, str, str]]
) -> Iterator[Piece]:
    """The pieces of a text that are blackened, in order."""
    if PRIVATE in kinds and (facts := [r for r in reading.records if is_private(r)]):
        yield from _rows_of(said, {_row(r.source.place) for r in facts if isinstance(r, Fact) and r.source})
    booked = [r for r in reading.records if isinstance(r, BankEntry)]
    if BOOKINGS in kinds and any(is_foreign(r, cited) for r in booked):
        kept = [r.source.place for r in booked if not is_foreign(r, cited)]
        if reading.reader == "camt":
            yield from _xml(said, kept)
        elif reading.reader == "mt940":
            yield from _tagged(said, {_row(place) for place in kept})
        elif reading.reader == "banktable":
            yield from _table(
                said, {_row(place) for place in kept}, min(_row(r.source.place) for r in booked)
            )


def lines_of_pages(reading: Reading, cited: Collection[tuple[str, str, str]]) -> Mapping[str, int] | None:
    """The lines of a printed statement on which something rests, with the cents of each; None where it is none, or
    where nothing rests on it or everything."""
    booked = [r for r in reading.records if isinstance(r, BankEntry)]
    kept = [r for r in booked if not is_foreign(r, cited)]
    found = {at[1]: abs(r.amount.cents) for r in kept if (at := PAGE_LINE.fullmatch(r.source.place))}
    return found if found and len(found) == len(kept) < len(booked) else None


def _row(place: str) -> int:
    found = ROW.match(place)
    return int(found[1]) if found else 0


def _rows_of(said: str, rows: Collection[int]) -> Iterator[Piece]:
    """All cells of some rows of a table."""
    for number, row in enumerate(_cells(said), 1):
        if number in rows:
            yield from _bare(said, row, f"row {number}", PRIVATE)


def _bare(said: str, row: Sequence[tuple[int, int]], place: str, kind: str) -> Iterator[Piece]:
    for n, (start, end) in enumerate(row, 1):
        if said[start:end].strip('" '):
            yield Piece(start, end, kind, f"{place}, {n}")


def _cells(said: str) -> list[list[tuple[int, int]]]:
    """Where the cells of a table stand, by the delimiter that makes the most of them."""
    tried = (cell_spans(said, one) or [] for one in DELIMITERS)
    return max(tried, key=lambda rows: sum(len(row) - 1 for row in rows), default=[])


def _table(said: str, kept: Collection[int], first: int) -> Iterator[Piece]:
    """All rows from the first booking on but those kept; of these the balance; above them every sum."""
    rows = _cells(said)
    heads = [said[start:end] for start, end in rows[first - 2]] if 1 < first <= len(rows) else []
    balance = [n for n, head in enumerate(heads) if BALANCE.search(head)]
    for number, row in enumerate(rows, 1):
        place = f"row {number}"
        if number < first:
            yield from _sums(said, row[0][0], row[-1][1], place)
        elif number not in kept:
            yield from _bare(said, row, place, BOOKINGS)
        else:
            yield from _bare(said, [row[n] for n in balance if n < len(row)], f"{place}, balance", BOOKINGS)


def _sums(said: str, start: int, end: int, place: str) -> Iterator[Piece]:
    for n, found in enumerate(SUM.finditer(said, start, end), 1):
        yield Piece(found.start(), found.end(), BOOKINGS, f"{place}, sum {n}")


def _xml(said: str, kept: Sequence[str]) -> Iterator[Piece]:
    """What stands in each entry but those kept, in each balance and summary."""
    open_ = {(int(at[1] or 1), int(at[2] or 1)) for place in kept if (at := ENTRY.search(place))}
    starts = [at.start() for at in STATEMENT.finditer(said)]
    counts: dict[tuple[int, str], int] = {}
    for found in SHUT.finditer(said):
        statement, kind = sum(1 for at in starts if at < found.start()), found[2]
        number = counts[statement, kind] = counts.get((statement, kind), 0) + 1
        if found[3].strip() and not (kind == "Ntry" and (statement, number) in open_):
            yield Piece(found.start(3), found.end(3), BOOKINGS, f"{kind} {number}, statement {statement}")


def _tagged(said: str, kept: Collection[int]) -> Iterator[Piece]:
    """What stands in each line from the first booking on but those kept with what belongs to them; every balance."""
    at, stays, begun = 0, True, False
    for number, line in enumerate(said.splitlines(keepends=True), 1):
        tag, body = TAG.match(line), line.rstrip("\r\n")
        start, place = at + (tag.end() if tag else 0), f"row {number}"
        name = tag[0] if tag else ""
        if name == ":61:":
            stays, begun = number in kept, True
        elif name and name != ":86:":
            stays, begun = True, False
        if name.startswith((":6", ":9")) and name != ":61:":
            yield from _sums(said, start, at + len(body), place)
        elif begun and not stays and said[start : at + len(body)].strip("-} "):
            yield Piece(start, at + len(body), BOOKINGS, place)
        at += len(line)
