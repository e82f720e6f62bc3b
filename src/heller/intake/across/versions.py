"""Lists that say what another list says: a newer version, an addition, a signed scan, or another thing. Pure.

Rows are known again by what they say (day, sum, customer; person and hours), not by a number alone, for the same orders
may come under another prefix or from another channel; lists also by the name of their file, and by their days. Until a
person says which of the four it is, the later file counts nothing in the days of both, so that no sum doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from heller.intake.across.decisions import ADDS, APART, REPLACES, SAME, SIGNED
from heller.intake.across.list_kinds import KINDS, rows_of
from heller.intake.across.overlaps import Overlap, overlaps, stem
from heller.model.case import Exhibit
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.decided import Decided
from heller.model.kinds.shift import Shift
from heller.model.record import Record
from heller.model.text import Text, text

ANSWERS = frozenset({SAME, APART, REPLACES, ADDS, SIGNED})
VERSION, ADDITION, SCAN = "maybe-version", "maybe-addition", "maybe-signed"  # what is asked


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
        current, others = later, list[Finding]()
        for n, earlier in enumerate(kept):
            both_named = earlier.digest in named and later.digest in named
            if not both_named and not lists[earlier.digest] & lists[later.digest]:
                continue
            by, what = said.get(frozenset((earlier.digest, later.digest)), (later.digest, ""))
            newest = later if by == later.digest else earlier
            if what == SIGNED:
                kept[n], current, found = _signed(earlier, current, newest is later)
                findings.append(found)
            elif what != APART:
                for overlap in overlaps(earlier, current):
                    told = _overlap_finding(earlier, later, overlap, what, newest)
                    (findings if overlap.days else others).append(told)
                    kept[n], current = _once(kept[n], current, overlap, what, newest is later)
        kept.append(current)
        findings += others[-1:]  # of many files of one name each is asked once
    by_number = {e.number: e for e in kept}
    scans = (_scan(later, kept[:n], lists, said) for n, later in enumerate(kept))
    return tuple(by_number[e.number] for e in exhibits), (*findings, *(one for one in scans if one))


def _once(
    earlier: Exhibit, later: Exhibit, found: Overlap, what: str, newer: bool
) -> tuple[Exhibit, Exhibit]:
    """Both exhibits as they count: without the rows of one of them that would count twice."""
    if not found.days and what != REPLACES:
        return earlier, later
    if what == ADDS:
        gone = {id(row) for row in (*found.alike, *found.differ)}
        return earlier, _without(later, lambda row: id(row) in gone)
    if what == REPLACES and newer:
        return _without(earlier, lambda row: isinstance(row, found.kind.of)), later
    return earlier, _without(later, lambda row: isinstance(row, found.kind.of))


def _lists(exhibit: Exhibit) -> frozenset[type[Record]]:
    """The kinds of lists that an exhibit holds; most hold none, and are a version of nothing."""
    return frozenset(kind.of for kind in KINDS if rows_of(exhibit, kind))


def _scan(
    later: Exhibit,
    before: Sequence[Exhibit],
    lists: dict[str, frozenset[type[Record]]],
    said: dict[frozenset[str], tuple[str, str]],
) -> Finding | None:
    """The question about a file from which no list was read and that has the name of a list of hours."""
    if lists[later.digest] or later.withdrawn or later.reading.records:
        return None
    name = stem(later.name)
    sheets = (e for e in before if Shift in lists[e.digest] and name and stem(e.name) == name)
    sheet = next((e for e in sheets if frozenset((e.digest, later.digest)) not in said), None)
    if sheet is None:
        return None
    numbers = {"first": sheet.number, "second": later.number}
    asked = text(
        "K {second} ({name}) has the name of the hours in K {first} ({other}), and no hours were read from it.",
        name=later.name,
        other=sheet.name,
        **numbers,
    )
    do = text(
        "Say whether it is the signed scan of it (signed), then its hours are proven better, or another thing (apart): "
        "heller decide-reading CASE K{second} signed K{first}",
        **numbers,
    )
    return Finding(SCAN, asked, do, Weight.WARNING, Locator(later.digest))


def _without(exhibit: Exhibit, gone: Callable[[Record], bool]) -> Exhibit:
    left = tuple(row for row in exhibit.reading.records if not gone(row))
    return replace(exhibit, reading=replace(exhibit.reading, records=left))


def _is_row(record: Record) -> bool:
    return isinstance(record, tuple(kind.of for kind in KINDS))


def _as_signed(exhibit: Exhibit) -> Exhibit:
    """The exhibit with its hours as a sheet that lies there signed."""
    rows = (replace(r, signed=True) if isinstance(r, Shift) else r for r in exhibit.reading.records)
    return replace(exhibit, reading=replace(exhibit.reading, records=tuple(rows)))


def _signed(earlier: Exhibit, later: Exhibit, newer: bool) -> tuple[Exhibit, Exhibit, Finding]:
    """Both exhibits where one is the signed scan of the other: the hours of the list count, as signed."""
    scan, sheet = (later, earlier) if newer else (earlier, later)
    said = text(
        "K {scan} is the signed scan of K {sheet}, which counts.", scan=scan.number, sheet=sheet.number
    )
    found = Finding("version-signed", said, None, Weight.NOTE, Locator(scan.digest))
    if newer:
        return _as_signed(sheet), _without(scan, _is_row), found
    return _without(scan, _is_row), _as_signed(sheet), found


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
    return _question(found, counts, {**numbers, "name": second.name, "other": first.name}, at)


def _question(found: Overlap, counts: Text, about: dict[str, int | str], at: Locator) -> Finding:
    """What is asked of two lists, by what gives them away: their rows, their days, or their name alone."""
    do = text(
        "Say whether it is a newer version (replaces), an addition (adds), the signed scan of it (signed) or "
        "another thing (apart): heller decide-reading CASE K{second} replaces K{first}",
        first=about["first"],
        second=about["second"],
    )
    if found.matched:
        asked = text(
            "K {second} ({name}) says for the most part what K {first} ({other}) says: {counts} Until somebody says "
            "what it is, K {second} counts nothing.",
            counts=counts,
            **about,
        )
        return Finding(VERSION, asked, do, Weight.WARNING, at)
    if found.days:
        asked = text(
            "K {second} ({name}) is about the same days as K {first} ({other}), and no row of it is alike: {counts} "
            "Until somebody says what it is, K {second} counts nothing.",
            counts=counts,
            **about,
        )
        return Finding(VERSION, asked, do, Weight.WARNING, at)
    asked = text(
        "K {second} ({name}) has the name of K {first} ({other}) and is about other days: both count.",
        **about,
    )
    do = text(
        "Say whether it adds to it (adds) or stands in its place (replaces): heller decide-reading CASE K{second} adds "
        "K{first}",
        first=about["first"],
        second=about["second"],
    )
    return Finding(ADDITION, asked, do, Weight.WARNING, at)


def _words(what: str, first: Exhibit, second: Exhibit, newest: Exhibit) -> Text:
    older = first if newest is second else second
    numbers = {"newer": newest.number, "older": older.number}
    match what:
        case "replaces":
            return text("K {newer} is a newer version of K {older} and counts in its place.", **numbers)
        case "adds":
            return text("K {newer} adds to K {older}; what both say counts once.", **numbers)
    return text("K {newer} is the same as K {older} and counts nothing.", **numbers)
