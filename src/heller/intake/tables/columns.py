"""A long table as columns: cells that repeat are understood once, and times minute by minute.

It is for tables without anything out of the ordinary. Where a cell is quoted, a time cannot be told by itself or the
order of rows must tell it, there is None, and the rows are read one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from heller.intake.tables.cells import MOST
from heller.intake.tables.export import Listing
from heller.intake.written.wall_clock import UNSET
from heller.intake.written.wall_time import Moment, stamp

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from polars import DataFrame, Series

LONG = 2_000  # lines from which it is worth it
ROW = "row"
_BLANK = " \t\r\ufeff"
_SECONDS = r"^(.*\d:\d\d:)([0-5]\d)([^\d.,:]{0,9})$"
_APART = "\x1f"
_EPOCH, _MICRO = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
Told = TypeVar("Told")


class Instants(NamedTuple):
    """Times as microseconds since 1970; one of them as it was told, for what all have in common."""

    at: NDArray[int64]
    one: Moment


def columns(content: str, found: Listing, keys: Sequence[str], *, whole: bool = False) -> DataFrame | None:
    """The cells under some headings, '' where there is none, of the rows that hold something, with their numbers;
    None for a short table and one whose lines are not its rows, and with `whole` where a row lacks one of the cells."""
    import polars as pl

    if content.count("\n") < LONG or '"' in content or "\r" in content.replace("\r\n", ""):
        return None
    lines = pl.Series([content]).str.split("\n").explode()
    if len(lines) > MOST:
        return None
    rows = pl.int_range(1, len(lines) + 1, dtype=pl.UInt32, eager=True)
    filled = lines.str.strip_chars(_BLANK + found.delimiter).str.len_bytes() > 0
    kept = filled & (rows > found.head.number)
    cells = lines.filter(kept).str.split(found.delimiter)
    widths = cells.list.len()
    if whole and (widths <= max(found.places.values())).any():
        return None
    read = {key: _column(cells, found.places.get(key)) for key in keys}
    return pl.DataFrame({ROW: rows.filter(kept), **read})


def _column(cells: Series, at: int | None) -> Series:
    import polars as pl

    if at is None:
        return pl.Series([""]).new_from_index(0, len(cells))
    return cells.list.get(at, null_on_oob=True).fill_null("").str.strip_chars().str.strip_chars("\ufeff")


def understood(column: Series, tell: Callable[[str], Told]) -> tuple[NDArray[Any], list[Told]]:
    """For each cell the place of what it says, and what the different cells say."""
    import polars as pl

    different = column.unique(maintain_order=True)
    places = pl.Series(range(len(different)), dtype=pl.UInt32)
    return column.replace_strict(different, places).to_numpy(), [tell(cell) for cell in different]


def instants(day: Series, clock: Series, zone: ZoneInfo) -> Instants | None:
    """The times that rows say, in their order."""
    import numpy as np
    import polars as pl

    parts = clock.str.extract_groups(_SECONDS).struct.unnest()
    parts.columns = ["minute", "second", "after"]
    whole = parts["minute"].is_null() | clock.str.contains("24:", literal=True)
    minute = pl.select(
        pl.when(whole).then(clock).otherwise(parts["minute"] + "00" + parts["after"])
    ).to_series()
    seconds = pl.select(pl.when(whole).then(0).otherwise(parts["second"].cast(pl.Int64))).to_series()
    places, told = understood(day + _APART + minute, lambda cell: _moment_in(cell, zone))
    known = [one for one in told if one is not None]
    if not known or len(known) < len(told) or any(one.width or one.twice or one.skipped for one in known):
        return None
    if len({one.zoned for one in known}) > 1:
        return None
    later = seconds.to_numpy() * 1_000_000
    at = np.array([(one.at - _EPOCH) // _MICRO for one in known], np.int64)[places] + later
    if not known[0].zoned:
        if any(one.wall is not None and one.wall < UNSET for one in known):
            return None
        walls = np.array([(one.wall - UNSET) // _MICRO for one in known if one.wall is not None], np.int64)
        steps = np.diff(walls[places] + later)
        if not ((steps >= 0).all() or (steps <= 0).all()):
            return None
    return Instants(at, known[0])


def _moment_in(cell: str, zone: ZoneInfo) -> Moment | None:
    day, clock = cell.split(_APART)
    return stamp(clock, zone) or stamp(" ".join(filter(None, (day, clock))), zone)
