"""What was lost while the line carried badly: a position of its own, never mixed with that of the outage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from heller.damage.draws import combine
from heller.damage.head import Event, Head, HeadLoss, Inputs
from heller.damage.heads import lost_sales, lost_units
from heller.model.amount import Range
from heller.model.damage import Flow, Position
from heller.model.finding import Finding, Weight
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.span import Span, days_of
from heller.model.text import text

ROW = HeadOfLoss(
    "slow_sales",
    text("Loss while the line was slow"),
    rank=125,
    insured=InsuredAs.MARGIN,
)

LEAST = timedelta(hours=1)  # of slowness in a day, before it can have cost anything
AROUND = timedelta(days=60)  # before and after the outage
REASON = text(
    "The line was usable, but badly impaired: less than was owed. What was lost meanwhile stands apart from the "
    "outage, because it rests on reduced performance."
)
NOTE = Finding(
    "damage.slow_rule",
    text(
        "The loss of slow times rests on the rule of damages as such; readings by § 57 (4) TKG (reduced "
        "performance) or after § 536 BGB are not verified."
    ),
    text("Ask the lawyer; a campaign of measurements bears it out."),
    Weight.NOTE,
)


def assess(inputs: Inputs) -> HeadLoss:
    """The same as for an outage, over the days on which the line was slow and not dead."""
    found = [_run(inputs, spans) for spans in _runs(inputs)]
    positions = tuple(position for one in found for position in one.positions)
    return HeadLoss(
        tuple(flow for one in found for flow in one.flows),
        positions,
        tuple(gap for one in found for gap in one.missing),
        (NOTE,) if positions else (),
    )


def _runs(inputs: Inputs) -> Iterator[tuple[Span, ...]]:
    """The slow times of days that follow each other, near the outage and not of its days."""
    zone, event = inputs.case.tz, inputs.event
    dead = set(days_of(event.span, zone))
    near = Span(event.span.start - AROUND, event.span.end + AROUND)
    days: dict[date, timedelta] = {}
    for span in inputs.slow:
        for day in days_of(span, zone):
            days[day] = days.get(day, timedelta()) + span.length
    kept = [day for day in sorted(days) if days[day] >= LEAST and day not in dead]
    runs: list[list[date]] = []
    for day in kept:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        spans = tuple(s for s in inputs.slow if s.overlaps(near) and set(days_of(s, zone)) & set(run))
        if spans:
            yield spans


def _run(inputs: Inputs, spans: tuple[Span, ...]) -> HeadLoss:
    slow = replace(
        inputs,
        event=Event(spans),
        others=(*inputs.others, *inputs.event.spans),
        slow=tuple(span for span in inputs.slow if span not in spans),
    )
    parts = [head.assess(slow) for head in (lost_units.HEAD, lost_sales.HEAD)]
    flows = tuple(_own(flow) for part in parts for flow in part.flows)
    positions = (_position(slow, one, flows) for part in parts for one in part.positions)
    return HeadLoss(flows, tuple(one for one in positions if one.amount != Range()))


def _own(flow: Flow) -> Flow:
    return replace(flow, id=f"slow:{flow.id}:{min(flow.tokens).id if flow.tokens else ''}", head=ROW.key)


def _position(inputs: Inputs, one: Position, flows: Sequence[Flow]) -> Position:
    """A position of an outage as one of a slow time."""
    mine = tuple(flow for flow in flows if any(flow.id.startswith(f"slow:{id_}:") for id_ in one.flows))
    return replace(
        one,
        head=ROW.key,
        title=ROW.title,
        amount=combine(mine),
        norm=inputs.norm(ROW.key),
        reason=REASON,
        flows=tuple(flow.id for flow in mine),
    )


HEAD = Head(ROW, assess)
