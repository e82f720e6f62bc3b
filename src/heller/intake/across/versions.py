"""Lists that say what another list says: a newer version, an addition, a signed scan, or another thing. Pure.

Rows are known again by what they say (day, sum, customer; person and hours), not by a number alone, for the same orders
may come under another prefix or from another channel. Until a person says which of the four it is, the later file
counts nothing, so that no sum doubles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from heller.intake.across.decisions import ADDS, APART, REPLACES, SAME, SIGNED
from heller.intake.across.identity import letters
from heller.model.case import Exhibit
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.decided import Decided
from heller.model.kinds.order import Order
from heller.model.kinds.posting import Posting
from heller.model.kinds.shift import Shift
from heller.model.money import Money, total
from heller.model.record import Record
from heller.model.text import Text, text

ANSWERS = frozenset({SAME, APART, REPLACES, ADDS, SIGNED})
MOST = 2  # alike rows are a version from one in this many of the smaller list on


class RowKind(Struct, frozen=True):
    """What makes rows of one kind alike: `says` is what a row says, `named` the number it goes by (''), `day` its day,
    `worth` what it is worth in euros, if anything. `once`: two that overlap cannot both be."""

    of: type[Any]
    says: Callable[[Any], object]
    day: Callable[[Any], date]
    named: Callable[[Any], object] = lambda row: None
    worth: Callable[[Any], Money | None] = lambda row: None
    once: bool = False


KINDS = (
    RowKind(
        Order,
        lambda r: (r.at.date(), r.net, r.customer),
        lambda r: r.at.date(),
        lambda r: (r.channel, r.number),
        lambda r: r.net,
    ),
    RowKind(
        Shift, lambda r: (letters(r.person), r.span.start.date()), lambda r: r.span.start.date(), once=True
    ),
    RowKind(
        BankEntry,
        lambda r: (r.booked, r.amount, letters(r.counterparty)),
        lambda r: r.booked,
        worth=lambda r: r.amount,
    ),
    RowKind(
        Posting,
        lambda r: (r.day, r.amount, r.debit, r.credit, letters(r.text)),
        lambda r: r.day,
        worth=lambda r: r.amount,
    ),
    RowKind(
        CustomerClaim,
        lambda r: (letters(r.customer), r.on, r.amount),
        lambda r: r.on,
        worth=lambda r: r.amount,
    ),
)


class Overlap(Struct, frozen=True):
    """How two lists of one kind compare: rows of the later one that the earlier one says too, rows under the same
    number or hours with other values, rows that only one of them has; and what each is worth."""

    kind: RowKind
    alike: tuple[Record, ...]
    differ: tuple[Record, ...]
    only_first: int
    only_second: int
    first: Money | None
    second: Money | None


def link(
    exhibits: Sequence[Exhibit], decisions: Iterable[Decided]
) -> tuple[tuple[Exhibit, ...], tuple[Finding, ...]]:
    """The exhibits without the lists that would count twice, and what is asked or was decided of them."""
    said = {frozenset((d.object, d.other)): (d.object, d.what) for d in decisions if d.what in ANSWERS}
    kept: list[Exhibit] = []
    findings: list[Finding] = []
    named = frozenset().union(*said)
    lists = {e.digest: _lists(e) for e in exhibits}
    for later in sorted(exhibits, key=lambda e: e.number):
        current = later
        for n, earlier in enumerate(kept):
            both_named = earlier.digest in named and later.digest in named
            if not both_named and not lists[earlier.digest] & lists[later.digest]:
                continue
            by, what = said.get(frozenset((earlier.digest, later.digest)), (later.digest, ""))
            newest, older = (later, earlier) if by == later.digest else (earlier, later)
            if what == SIGNED:
                signed, sheet = (later, earlier) if newest is later else (earlier, later)
                findings.append(_signed(sheet, signed))
                if sheet is earlier:
                    kept[n], current = _as_signed(earlier), _without(current, _is_row)
                else:
                    kept[n], current = _without(earlier, _is_row), _as_signed(current)
                continue
            overlap = None if what == APART else compared(earlier, current)
            if overlap is None:
                continue
            findings.append(_overlap_finding(earlier, later, overlap, what, newest))
            if what == ADDS:
                gone = {id(row) for row in (*overlap.alike, *overlap.differ)}
                current = _without(current, lambda row, gone=gone: id(row) in gone)  # type: ignore[misc]
            elif what == REPLACES and older is earlier:
                kept[n] = _without(earlier, lambda row, k=overlap.kind: isinstance(row, k.of))  # type: ignore[misc]
            else:
                current = _without(current, lambda row, k=overlap.kind: isinstance(row, k.of))  # type: ignore[misc]
        kept.append(current)
    by_number = {e.number: e for e in kept}
    return tuple(by_number[e.number] for e in exhibits), tuple(findings)


def compared(first: Exhibit, second: Exhibit) -> Overlap | None:
    """How two exhibits compare; None where they are no versions of each other."""
    for kind in KINDS:
        one, other = _rows(first, kind), _rows(second, kind)
        if one and other and (found := _overlap(kind, one, other)) is not None:
            return found
    return None


def _overlap(kind: RowKind, first: Sequence[Any], second: Sequence[Any]) -> Overlap | None:
    begin = max(min(map(kind.day, first)), min(map(kind.day, second)))
    end = min(max(map(kind.day, first)), max(map(kind.day, second)))
    one = [row for row in first if begin <= kind.day(row) <= end]
    other = [row for row in second if begin <= kind.day(row) <= end]
    if not one or not other:
        return None
    names = {kind.named(row): row for row in one if kind.named(row) is not None}
    says = _says(kind, one, other)
    twins = [(row, names[kind.named(row)]) for row in other if kind.named(row) in names]
    shared = [row for row, twin in twins if says(twin) == says(row)]
    differ = [row for row, twin in twins if says(twin) != says(row)]
    left = Counter(map(says, one)) - Counter(map(says, shared))
    alike = []
    for row in other:
        if kind.named(row) not in names and left[says(row)] > 0:
            left[says(row)] -= 1
            alike.append(row)
    if kind.once:
        alike, differ = _hours(one, other)
        shared = []
    enough = kind.once or len(alike) * MOST >= min(len(one), len(other)) - len(shared)
    if not differ and not (alike and enough):
        return None
    matched = len(shared) + len(alike) + len(differ)
    return Overlap(
        kind,
        (*shared, *alike),
        tuple(differ),
        len(one) - matched,
        len(other) - matched,
        _worth(kind, one),
        _worth(kind, other),
    )


def _says(kind: RowKind, one: list[Any], other: list[Any]) -> Callable[[Any], object]:
    """What rows are compared by: the customer of an order only where both lists know their customers."""
    if kind.of is Order and not (all(r.customer for r in one) and all(r.customer for r in other)):
        return lambda row: (row.at.date(), row.net)
    return kind.says


def _hours(one: Sequence[Shift], found: Sequence[Shift]) -> tuple[list[Shift], list[Shift]]:
    """Hours of one person and day: those that say the same, and those that overlap and say something else."""
    same = {(letters(r.person), r.span, r.minutes, r.kind) for r in one}
    alike = [r for r in found if (letters(r.person), r.span, r.minutes, r.kind) in same]
    others = [r for r in found if (letters(r.person), r.span, r.minutes, r.kind) not in same]
    differ = [r for r in others if any(_crossing(r, other) for other in one)]
    return alike, differ


def _crossing(one: Shift, other: Shift) -> bool:
    meets = one.span.start < other.span.end and other.span.start < one.span.end
    return letters(one.person) == letters(other.person) and meets


def _rows(exhibit: Exhibit, kind: RowKind) -> Sequence[Any]:
    return exhibit.reading.by_kind.get(kind.of, ())


def _lists(exhibit: Exhibit) -> frozenset[type[Record]]:
    """The kinds of lists that an exhibit holds; most hold none, and are a version of nothing."""
    return frozenset(kind.of for kind in KINDS if kind.of in exhibit.reading.by_kind)


def _worth(kind: RowKind, rows: Sequence[Any]) -> Money | None:
    amounts = [worth for row in rows if (worth := kind.worth(row)) is not None]
    return (
        total(amounts, amounts[0].currency) if amounts and len({a.currency for a in amounts}) == 1 else None
    )


def _without(exhibit: Exhibit, gone: Callable[[Record], bool]) -> Exhibit:
    left = tuple(row for row in exhibit.reading.records if not gone(row))
    return replace(exhibit, reading=replace(exhibit.reading, records=left))


def _is_row(record: Record) -> bool:
    return isinstance(record, tuple(kind.of for kind in KINDS))


def _as_signed(exhibit: Exhibit) -> Exhibit:
    """The exhibit with its hours as a sheet that lies there signed."""
    rows = (replace(r, signed=True) if isinstance(r, Shift) else r for r in exhibit.reading.records)
    return replace(exhibit, reading=replace(exhibit.reading, records=tuple(rows)))


def _signed(sheet: Exhibit, scan: Exhibit) -> Finding:
    said = text(
        "K {scan} is the signed scan of K {sheet}, which counts.", scan=scan.number, sheet=sheet.number
    )
    return Finding("version-signed", said, None, Weight.NOTE, Locator(scan.digest))


def _overlap_finding(first: Exhibit, second: Exhibit, found: Overlap, what: str, newest: Exhibit) -> Finding:
    """What is asked of two lists, or what a person decided, with rows and euros."""
    numbers = {"first": first.number, "second": second.number}
    counts = text(
        "{alike} rows are alike, {differ} differ, {less} are only in K {first}, {more} only in K {second}.",
        alike=len(found.alike),
        differ=len(found.differ),
        less=found.only_first,
        more=found.only_second,
        **numbers,
    )
    if found.first is not None and found.second is not None:
        counts = text(
            "{counts} In the days of both K {first} comes to {sum}, K {second} to {other}.",
            counts=counts,
            sum=found.first,
            other=found.second,
            **numbers,
        )
    at = Locator(second.digest)
    if what:
        said = text("{what} {counts}", what=_words(what, first, second, newest), counts=counts)
        return Finding(f"version-{what}", said, None, Weight.NOTE, at)
    asked = text(
        "K {second} ({name}) says for the most part what K {first} ({other}) says: {counts} Until somebody says "
        "what it is, K {second} counts nothing.",
        name=second.name,
        other=first.name,
        counts=counts,
        **numbers,
    )
    do = text(
        "Say whether it is a newer version (replaces), an addition (adds), the signed scan of it (signed) or "
        "another thing (apart): heller decide-reading CASE K{second} replaces K{first}",
        **numbers,
    )
    return Finding("maybe-version", asked, do, Weight.WARNING, at)


def _words(what: str, first: Exhibit, second: Exhibit, newest: Exhibit) -> Text:
    older = first if newest is second else second
    numbers = {"newer": newest.number, "older": older.number}
    match what:
        case "replaces":
            return text("K {newer} is a newer version of K {older} and counts in its place.", **numbers)
        case "adds":
            return text("K {newer} adds to K {older}; what both say counts once.", **numbers)
    return text("K {newer} is the same as K {older} and counts nothing.", **numbers)
