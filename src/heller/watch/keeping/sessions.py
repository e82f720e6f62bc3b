"""The sessions of a watch as its file holds them: who was asked, and when it ran at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from heller.model.sample import SampleHeader, Target, head_of, target_of
from heller.watch.keeping.store import GAP


def spans_watched(
    ticks: Sequence[tuple[int, bool]], before: int | None = None, cuts: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[int, int], ...]:
    """The spans in which a watch ran, [start, end) in microseconds, from its ticks (at, kept) in order.

    `before` is the tick ahead of these, so that a cut between two files is no gap. A second whose samples
    found no room was not watched, nor were the `cuts`: sleep and freeze, as upsets say.

    >>> watched([(0, True), (1_000_000, True), (9_000_000, True), (10_000_000, True)])
    ((0, 1000000), (9000000, 10000000))
    """
    spans: list[tuple[int, int]] = []
    last = before
    for at, kept in ticks:
        if last is not None and kept and 0 < at - last <= GAP:
            joined = spans and spans[-1][1] == last
            spans[-1:] = [(spans[-1][0], at)] if joined else [*spans[-1:], (last, at)]
        last = at
    for cut in cuts:
        spans = [part for span in spans for part in _without(span, cut)]
    return tuple(spans)


def _without(span: tuple[int, int], cut: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """What is left of a span."""
    if cut[0] >= cut[1]:
        yield span
        return
    for part in ((span[0], min(span[1], cut[0])), (max(span[0], cut[1]), span[1])):
        if part[0] < part[1]:
            yield part


def targets_of(head: SampleHeader) -> dict[int, Target]:
    """The targets by their numbers."""
    return {target.number: target for target in head.targets}


def all_sessions(db: sqlite3.Connection) -> Iterator[tuple[int, SampleHeader]]:
    """All sessions in order, each with the targets that it named until now."""
    for number, raw in db.execute("SELECT id, head FROM session ORDER BY id").fetchall():
        head = head_of(raw)
        yield number, replace(head, targets=(*head.targets, *_targets(db, number)))


def _targets(db: sqlite3.Connection, session: int) -> Iterator[Target]:
    for (raw,) in db.execute("SELECT body FROM target WHERE session = ? ORDER BY id", (session,)):
        yield target_of(raw)
