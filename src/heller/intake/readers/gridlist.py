"""Reads measurements on a grid: in each step which share was lost or down, as PRTG's historic data has it.

A step that was lost whole is a loss, one in which anything was answered is an answer; a step that nobody covered is
no observation. It gives no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from heller.intake.monitors import probes
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import kinds
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.written import numbers, wall_time
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "grid-list"
EACH = 5  # probes that a step lost whole stands for at the least


def identify(head: bytes, name: str) -> Confidence:
    """By headings of a time and a share that was lost or down."""
    if kinds.grid(numbers.tabular(head)[:32768]):
        return Confidence(80, text("Its headings name which share of each step was lost or down."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log; times without an offset are taken in `zone`."""
    content = numbers.decode(blob.data)
    listing = kinds.grid(content)
    if listing is None:
        return nothing(blob, _none(blob), NAME)
    known: list[tuple[CellRow, Moment, float | None]] = []
    bad: list[CellRow] = []
    rows = uncovered = 0
    for line in listing.rows(content):
        rows += 1
        at = _stamp(listing.cell(line, "time"), zone)
        if at is None:
            bad.append(line)
            continue
        share = _lost(listing, line)
        uncovered += share is None
        known.append((line, at, share))
    moments = wall_time.in_order([one[1] for one in known], zone)
    found = [
        one
        for (line, _, share), at in zip(known, moments, strict=True)
        if at and share is not None
        for one in _observations(line.number, at, share)
    ]
    source = Locator(blob.digest, f"row {listing.head.number}")
    findings = [*wall_time.doubts([m for m in moments if m], zone, source), *_doubts(blob, bad, uncovered)]
    if not found:
        return Reading(NAME, blob.name, (), (_none(blob), *findings), rows, len(bad))
    target = f"{probes.host_of(blob.name)} (no. 1)"
    step = _step([m for m in moments if m])
    log: ProbeLog = probes.log(target, found, blob.digest, step=step, uncertainty=1.0)
    return Reading(NAME, blob.name, (log,), tuple(findings), rows, len(bad))


def _stamp(raw: str, zone: ZoneInfo) -> Moment | None:
    """The step's beginning; one that is written from - to is as wide as that."""
    first, dash, last = raw.partition(" - ")
    begin = wall_time.stamp(first, zone)
    if begin is None or not dash:
        return begin
    end = wall_time.stamp(last, zone) or wall_time.stamp(f"{first.split()[0]} {last}", zone)
    if end is None or end.at <= begin.at:
        return None
    return begin._replace(width=(end.at - begin.at).total_seconds())


def _lost(listing: Listing, line: CellRow) -> float | None:
    """The share that was lost or down, 0 to 1; None where nothing was covered or nothing is said."""
    share = {key: _share(listing.cell(line, key)) for key in ("down", "loss", "coverage")}
    if share["coverage"] == 0.0:
        return None
    known = [share[key] for key in ("down", "loss") if share[key] is not None]
    if known:
        return max(one for one in known if one is not None)
    return 0.0 if listing.cell(line, "rtt") else None


def _share(raw: str) -> float | None:
    said = raw.strip().replace("\N{NO-BREAK SPACE}", " ").removesuffix("%").strip().replace(",", ".")
    try:
        value = float(said)
    except ValueError:
        return None
    return value / 100 if raw.strip().endswith("%") or value > 1 else value


def _observations(row: int, at: Moment, share: float) -> Iterator[Observation]:
    """What a step says: all lost at its beginning and its end, answered there, or answered somewhere in it."""
    ends = (
        [at.at] if at.width <= 1 else [at.at, at.at + timedelta(seconds=at.width) - timedelta(milliseconds=1)]
    )
    if share >= 1:
        for end in ends:
            for n in range(EACH):
                yield Observation(end + timedelta(microseconds=n), row, Failure.TIMEOUT)
    elif share <= 0:
        yield from (Observation(end, row) for end in ends)
    else:
        yield Observation(at.at, row, None, 0.0, at.width)


def _step(moments: list[Moment]) -> float:
    apart = [
        (b.at - a.at).total_seconds() for a, b in pairwise(sorted(moments, key=lambda m: m.at)) if b.at > a.at
    ]
    return round(median(apart), 3) if apart else 60.0


def _doubts(blob: Blob, bad: list[CellRow], uncovered: int) -> Iterator[Finding]:
    if bad:
        said = text(
            "{n} rows of the measurements could not be read; the first is row {row}.",
            n=len(bad),
            row=bad[0].number,
        )
        yield Finding("grid.unread", said, None, Weight.WARNING, Locator(blob.digest, f"row {bad[0].number}"))
    if uncovered:
        said = text(
            "{n} steps were not covered by a measurement; that time counts as not watched.", n=uncovered
        )
        yield Finding("grid.uncovered", said, None, Weight.NOTE, Locator(blob.digest))


def _none(blob: Blob) -> Finding:
    said = text("The table holds no measurement that can be read.")
    do = text("It needs a time with its day, and which share of each step was lost or down.")
    return Finding("grid.nothing", said, do, Weight.REFUSED, Locator(blob.digest))
