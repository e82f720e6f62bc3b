"""Instants as whole microseconds since 1970 in UTC, as the columns hold them, and back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from heller.model.span import Span

if TYPE_CHECKING:
    from polars import Series

Edge: TypeAlias = "tuple[int, int]"  # [start, end) in microseconds since 1970

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """An instant as microseconds since 1970, exactly."""
    return (moment - EPOCH) // ONE


def instant(at: int) -> datetime:
    """Microseconds since 1970 as an instant in UTC."""
    return EPOCH + timedelta(microseconds=at)


def span(edge: Edge) -> Span:
    """Two instants as a span."""
    return Span(instant(edge[0]), instant(edge[1]))


def join(edges: Iterable[Edge]) -> list[Edge]:
    """The same time as few, sorted, disjoint stretches."""
    out: list[Edge] = []
    for start, end in sorted(edges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif end > start:
            out.append((start, end))
    return out


def meets(edge: Edge, others: Sequence[Edge]) -> bool:
    """Whether a stretch shares time with one of sorted, disjoint others."""
    i = bisect_left(others, (edge[1], 0)) - 1
    return i >= 0 and others[i][1] > edge[0]


def near(edge: Edge, others: Sequence[Edge]) -> Sequence[Edge]:
    """Those of sorted, disjoint stretches that may share time with one."""
    first = max(bisect_left(others, (edge[0], 0)) - 1, 0)
    return others[first : bisect_left(others, (edge[1], 0))]


def beside(whole: Edge, edges: Iterable[Edge]) -> list[Edge]:
    """What is left of a stretch without the others."""
    left, at = [], whole[0]
    for start, end in join(edges):
        if end <= at or start >= whole[1]:
            continue
        if start > at:
            left.append((at, start))
        at = end
    if at < whole[1]:
        left.append((at, whole[1]))
    return left


def outside(at: Series, windows: Iterable[Edge]) -> Series:
    """Which of the times lie in none of the windows [start, end)."""
    import polars as pl

    free = join(windows)
    starts = pl.Series([start for start, _ in free], dtype=pl.Int64)
    ends = pl.Series([end for _, end in free], dtype=pl.Int64)
    if not len(at) or not free:
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, len(at))
    before = starts.search_sorted(at, "right").cast(pl.Int64) - 1
    return (before < 0) | (at >= ends.gather(before.clip(0)))
