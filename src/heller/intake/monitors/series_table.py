"""Measurements in a table: a time in the first column, then nothing but round trips, shares lost and statistics. It
places nothing in time and gives no verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors.measurements import ENOUGH, LOOKED_AT, Measured, Series, share_in
from heller.intake.monitors.probe_columns import ProbeColumns
from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.tables.columns import ROW, columns, instants, understood
from heller.intake.tables.export import Listing
from heller.intake.tables.outages_and_probes import rtt
from heller.intake.written.wall_time import Moment

_TIME = re.compile(
    r"(?:sample )?(?:date|time|zeit|datum|timestamp|zeitstempel|zeitpunkt|datetime|date time|datum/uhrzeit|"
    r"datum und uhrzeit|datetimestamp_utc|datetimestamputc|_time|ts)",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    r"(?:min|max|avg|average|mean|median|mittel(?:wert)?|minimum|maximum|best|worst|p\d\d|stddev|jitter|mdev)"
    r"(?:[ _(]+(?:ms|rtt)\)?)?|(?:rtt|ping|latency)[ _](?:min|max|avg|mean)(?:[ _(]+ms\)?)?",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"avg|average|mean|mittel", re.IGNORECASE)
_LOSS = re.compile(r"loss|lost|verlust|drop_rate", re.IGNORECASE)
_LATENCY = re.compile(r"latency|rtt|ping.*ms|response", re.IGNORECASE)
_HOP = re.compile(r"hop \d+\s+(\S+)", re.IGNORECASE)
_BLANK = frozenset({"", "null", "none", "nan", "undefined"})
BEGINNING = 1 << 16  # characters that nearly always tell what a table is
_UTC = re.compile(r"utc", re.IGNORECASE)
_CODES = {0.0, 0.001}  # 0 and 1 read as milliseconds


class _Columns(NamedTuple):
    """Where a table's columns stand: its delimiter, its heading row, the time, and the others by what they tell."""

    delimiter: str
    head: int
    time: int
    utc: bool
    targets: tuple[tuple[int, str], ...]  # round trips, with whom they are of
    loss: int | None


def _columns_of(content: str) -> _Columns | None:
    """A time first, then nothing but values."""
    for delimiter in cells.delimiters(content):
        for line in cells.first_lines(content, delimiter)[:12]:
            names = [cell.strip() for cell in line.cells]
            if len(names) < 2 or not _TIME.fullmatch(names[0]):
                continue
            place = _columns_by_words(delimiter, line.number, names)
            if place and _bears_out(content, place):
                return place
    return None


def _columns_by_words(delimiter: str, row: int, names: Sequence[str]) -> _Columns | None:
    rest = [(n, name) for n, name in enumerate(names) if n and name]
    utc = bool(_UTC.search(names[0]))
    loss = next((n for n, name in rest if _LOSS.search(name)), None)
    if loss is not None:
        took = [(n, "") for n, name in rest if n != loss and _LATENCY.search(name)][:1]
        return _Columns(delimiter, row, 0, utc, tuple(took), loss)
    if all(_STATISTIC.fullmatch(name) for _, name in rest):
        best = next((n for n, name in rest if _AVERAGE.search(name)), rest[0][0])
        return _Columns(delimiter, row, 0, utc, ((best, ""),), None)
    hops = [(n, hit[1]) for n, name in rest if (hit := _HOP.match(name))]
    return _Columns(delimiter, row, 0, utc, tuple(hops or rest), None)


def _bears_out(content: str, at: _Columns) -> bool:
    """Whether the cells of the rows hold values and losses, and one of the first is more than an empty cell; the whole
    text is looked at where its beginning does not tell."""
    first = content[:BEGINNING].rpartition("\n")[0] if len(content) > BEGINNING else ""
    told = _borne_out(first, at) if first else None
    return bool(_borne_out(content, at) if told is None else told)


def _borne_out(content: str, at: _Columns) -> bool | None:
    wanted = [n for n, _ in at.targets] + ([] if at.loss is None else [at.loss])
    rows = (line for line in cells.lines(content, at.delimiter) if line.number > at.head and line.filled)
    told = known = 0
    for number, line in enumerate(rows):
        own = [line.cells[n] for n in wanted if n < len(line.cells)]
        took = [share_in(cell) if at.loss is not None and not at.targets else _seconds(cell) for cell in own]
        if number < LOOKED_AT:
            told, known = told + len(own), known + sum(one is not None for one in took)
        if number >= LOOKED_AT and known < ENOUGH * told:
            return False
        if number and any(
            one is not None and cell.strip().lower() not in _BLANK
            for one, cell in zip(took, own, strict=True)
        ):
            return bool(wanted) and known >= ENOUGH * told > 0
    return None


def _seconds(raw: str) -> float | None:
    """Seconds from milliseconds, -1 for a loss; None for what is neither."""
    try:
        found = rtt(raw)
    except ValueError:
        return None
    return -1.0 if found is None else found


def fits(content: str) -> bool:
    """Whether a text is such a table."""
    return _columns_of(content) is not None


def read(content: str) -> Series:
    """The measurements of such a table; none where it is no such table."""
    at = _columns_of(content)
    values: list[Measured] = []
    bad: list[tuple[int, str]] = []
    blank = False
    for line in cells.lines(content, at.delimiter) if at else ():
        if at is None or line.number <= at.head or not line.filled:
            continue
        if len(line.cells) <= max(n for n, _ in (*at.targets, (at.loss or 0, ""))):
            bad.append((line.number, at.delimiter.join(line.cells)))
            continue
        found = list(_of_row(at, line.number, line.cells))
        if at.loss is None and all(line.cells[n].strip().lower() in _BLANK for n, _ in at.targets):
            found, blank = (
                found[:1],
                True,
            )  # the monitor's own silence, or a loss: one witness, not one of each target
        if any(value is None for value in found):
            bad.append((line.number, at.delimiter.join(line.cells)))
        values += [value for value in found if value is not None]
    return Series(_states(values), bad, blank)


def _states(values: list[Measured]) -> list[Measured]:
    """Where all that a target ever took is 0 or 1 it is no time: 1 says up, 0 down."""
    took: dict[str, set[float]] = {}
    for value in values:
        if not value.lost:
            took.setdefault(value.target, set()).add(value.rtt)
    coded = {target for target, found in took.items() if found <= _CODES and 0.0 in found}
    return [
        value._replace(lost=value.lost or value.rtt == 0, rtt=0.0) if value.target in coded else value
        for value in values
    ]


class BulkSeries(NamedTuple):
    """The measurements of a long table by target, in the order of their columns; how many (`n`) there are, whether some
    row is `blank`, the first row, one of the times."""

    by_target: dict[str, ProbeColumns]
    n: int
    blank: bool
    first: int
    one: Moment


def in_bulk(content: str, zone: ZoneInfo) -> BulkSeries | None:
    """The same of a long table of round trips in which each row can be told by itself; None for others."""
    import numpy as np

    at = _columns_of(content)
    if at is None or at.loss is not None or len({name for _, name in at.targets}) < len(at.targets):
        return None
    listing = Listing(
        at.delimiter, CellRow(at.head, ()), {"": at.time, **{name or "-": n for n, name in at.targets}}
    )
    table = columns(content, listing, list(listing.places), whole=True)
    if table is None or not len(table):
        return None
    clock = table[""] + (" UTC" if at.utc else "")
    if clock.str.contains(r"/|^\d{1,2}:").any():
        return None  # all of them together tell which day it is
    when = instants(clock.clear().extend_constant("", len(clock)), clock, zone)
    if when is None:
        return None
    rows, blank = table[ROW].to_numpy(), np.ones(len(table), bool)
    found: dict[str, ProbeColumns] = {}
    for _, name in at.targets:
        places, told = understood(table[name or "-"], lambda cell: (_seconds(cell), cell.lower() in _BLANK))
        if any(took is None for took, _ in told):
            return None
        took = np.array([took for took, _ in told], np.float64)[places]
        blank &= np.array([empty for _, empty in told], bool)[places]
        values = set(np.unique(took[took >= 0]).tolist())
        lost = (took <= 0) if values <= _CODES and 0.0 in values else (took < 0)
        found[name] = ProbeColumns(when.at, lost, np.where(lost, 0.0, np.maximum(took, 0.0)), rows)
    first = at.targets[0][1]
    kept = {name: own if name == first else own.part(~blank) for name, own in found.items()}
    kept = {name: own for name, own in kept.items() if len(own.at)}
    count = sum(len(own.at) for own in kept.values())
    return BulkSeries(kept, count, bool(blank.any()), int(rows[0]), when.one)


def _of_row(at: _Columns, row: int, found: Sequence[str]) -> Iterator[Measured | None]:
    stamp = found[at.time] + (" UTC" if at.utc else "")
    whole = at.delimiter.join(found)
    if at.loss is not None:
        share = share_in(found[at.loss]) if at.loss < len(found) else None
        if share is None:
            yield None
            return
        took = _seconds(found[at.targets[0][0]]) if at.targets and at.targets[0][0] < len(found) else None
        yield Measured(row, stamp, "", share == 1 or share >= 100, max(took or 0.0, 0.0), whole=whole)
        return
    for n, target in at.targets:
        told = _seconds(found[n]) if n < len(found) else -1.0
        yield None if told is None else Measured(row, stamp, target, told < 0, max(told, 0.0), whole=whole)
