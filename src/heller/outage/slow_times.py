"""Slow times that somebody wrote down, beside what was measured: they are shown and never counted as an outage."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from heller.model.kinds.slow_time import SlowTime
from heller.model.outage import Cause, Degraded, Detection
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text


def with_slow_times(found: Detection, written: Sequence[SlowTime]) -> Detection:
    """The detection with what was written down as slow and was neither dead nor measured as slow."""
    known = union((*(o.widest for o in found.outages), *(d.span for d in found.degraded if d.span.length)))
    more = [
        Degraded(
            Bounds(part.start, part.start),
            Bounds(part.end, part.end),
            Cause.UNKNOWN,
            text("Written down as slow by hand; nothing was measured."),
        )
        for one in written
        if one.end > one.start
        for part in without(Span(one.start, one.end), known)
    ]
    degraded = sorted((*found.degraded, *more), key=lambda one: one.start.earliest)
    return replace(found, degraded=tuple(degraded))
