"""Names the file and row behind what samples of a watch bear witness to: the segment, by its digest, and the
first probe of the outage in it. Where a table's file is not known, the source stays the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.outage import Detection, Outage, Witness
from heller.model.sample import LOST, SampleHeader
from heller.outage.micros import micros

if TYPE_CHECKING:
    from heller.outage.columns import Frame

Tables = Sequence["tuple[SampleHeader, Frame]"]


def with_citations(detection: Detection, samples: Tables) -> Detection:
    """The same detection, its witnesses and doubts with the segments that they rest on."""
    if not samples:
        return detection
    return replace(
        detection,
        outages=tuple(_outage(found, samples) for found in detection.outages),
        findings=tuple(replace(f, source=_first(f.source, samples)) for f in detection.findings),
        others=tuple(with_citations(other, samples) for other in detection.others),
    )


def _outage(outage: Outage, samples: Tables) -> Outage:
    witnesses = tuple(replace(w, source=_place(w, outage, samples)) for w in outage.witnesses)
    return replace(outage, witnesses=witnesses)


def _first(source: Locator | None, samples: Tables) -> Locator | None:
    """The first segment of the session that a doubt is about."""
    known = [head.file for head, _ in samples if source and head.session == source.place and head.file]
    return Locator(known[0]) if source is not None and not source.object and known else source


def _place(witness: Witness, outage: Outage, samples: Tables) -> Locator:
    """The first probe of the witness that was sent within the outage: lost, or answered where it saw it up."""
    source, begin, end = witness.source, micros(outage.widest.start), micros(outage.widest.end)
    if source.object:
        return source
    line = witness.name.args.get("line", outage.line)
    for head, frame in samples:
        if not head.file or not head.watched or head.watched[0][0] > end or head.watched[-1][1] < begin:
            continue
        numbers = [
            t.number for t in head.targets if (t.name, t.uplink) == (witness.name.args.get("target"), line)
        ]
        row = _row(frame, numbers, (begin, end), up=witness.state == "up") if numbers else None
        if row is not None:
            return Locator(head.file, f"row {row}")
    return source


def _row(frame: Frame, numbers: Sequence[int], edge: tuple[int, int], *, up: bool) -> int | None:
    import polars as pl

    wanted = pl.col("target").is_in(numbers) & pl.col("at").is_between(*edge)
    lost = pl.col("outcome").is_in([int(outcome) for outcome in LOST])
    rows = frame.lazy().filter(wanted & (~lost if up else lost)).sort("at").select("row").head(1).collect()
    return int(rows["row"][0]) if len(rows) else None
