"""Other readings of a claim with their effect on the sum, by the same steps as the claim itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from msgspec.structs import replace

from heller import law
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.claim import Claim
from heller.model.damage import Assessment, Position, SalesEstimate
from heller.model.span import Span, union
from heller.model.text import text
from heller.model.tried import OtherwiseSupposed, TriedKind, TriedReading
from heller.model.worked_out import EventPart
from heller.pipeline.parts import parts_of_claim

LOST_SALES = "lost_sales"


def attack_on(claim: Claim) -> Attack:
    """A claim as the other side looks at it, with what would be due for less damage."""
    as_of = claim.waterfall.as_of
    records = law.account_records(claim.case, as_of)
    return Attack(claim, parts_of_claim(claim), lambda others: law.due_of(others, as_of, records))


def other_readings(claim: Claim) -> tuple[TriedReading, ...]:
    """What can be tried without stating anything: other degrees of fault and readings of the law, other ways to work
    the takings out, the outage only as far as
    somebody watched."""
    seen = attack_on(claim)
    return (*_of_law(claim), *_by_hand(seen), *_watched(seen))


def _of_law(claim: Claim) -> Iterator[TriedReading]:
    due = claim.waterfall.due
    for one in claim.waterfall.scenarios:
        if not one.claimed:
            yield TriedReading(f"scenario.{one.key}", TriedKind.LAW, one.label, one.due, one.norm)
    for other in claim.waterfall.alternatives:
        yield TriedReading(
            f"reading.{other.key}", TriedKind.LAW, other.text, _moved(due, other.worth), other.norm
        )


def _moved(due: Range, worth: Range) -> Range:
    """What is due with a difference, each figure in its place and none above the next."""
    ends = sorted((due.low + worth.low, due.likely + worth.likely, due.high + worth.high))
    return Range(*ends)


def _by_hand(seen: Attack) -> Iterator[TriedReading]:
    """Each way of an adjuster for the takings of a channel, in the place of the forecast."""
    for part in seen.parts:
        for sale in part.assessment.sales:
            expected = sum(day.expected for day in sale.like_days)
            observed = sum(day.observed for day in sale.like_days)
            for n, way in enumerate(sale.by_hand.ways if expected > observed else ()):
                assert way.amount is not None
                share = Fraction(way.amount.likely.cents - observed, expected - observed)
                label = text("{channel}: {way}", channel=sale.channel, way=way.text)
                due = seen.due_of([_scaled(one, sale, share) if one is part else one for one in seen.parts])
                yield TriedReading(f"by_hand.{sale.channel}.{n}", TriedKind.BASELINE, label, due)


def _scaled(part: EventPart, sale: SalesEstimate, share: Fraction) -> EventPart:
    """The event with the lost takings of a channel times a share. Where a firm has several channels each bears the part
    of the position that its loss is of all."""
    lost = sum(one.lost.likely.cents for one in part.assessment.sales)
    weight = Fraction(sale.lost.likely.cents, lost) if lost else Fraction()
    factor = max(1 + weight * (share - 1), Fraction())

    def times(one: Position) -> Position:
        if one.head != LOST_SALES:
            return one
        amount = Range(one.amount.low * factor, one.amount.likely * factor, one.amount.high * factor)
        return replace(one, amount=amount)

    return replace(part, assessment=_with(part.assessment, tuple(map(times, part.assessment.positions))))


def _with(assessment: Assessment, positions: Sequence[Position]) -> Assessment:
    """The damage with other positions; its range moves as theirs do."""
    moved = [
        (before.amount, after.amount)
        for before, after in zip(assessment.positions, positions, strict=True)
        if before.recoverable
    ]
    total = assessment.total
    low, likely, high = (
        sum((getattr(after, name) - getattr(before, name) for before, after in moved), getattr(total, name))
        for name in ("low", "likely", "high")
    )
    return replace(
        assessment, positions=tuple(positions), total=Range(min(low, likely), likely, max(likely, high))
    )


def _watched(seen: Attack) -> Iterator[TriedReading]:
    """The outages without the time in which nobody watched: what is measured, not inferred."""
    windows = [
        (
            part,
            [
                cut
                for o in part.detection.outages
                for hole in union(o.unobserved)
                if (cut := hole.meet(o.span))
            ],
        )
        for part in seen.parts
    ]
    if any(spans for _, spans in windows):
        due, _ = seen.shorter(windows)
        yield TriedReading(
            "bounds.watched", TriedKind.BOUNDS, text("Only the time in which somebody watched the line"), due
        )


def within_bounds(claim: Claim, supposed: OtherwiseSupposed) -> Range:
    """What would be due if the line had been dead only within the bounds that somebody supposes."""
    seen = attack_on(claim)
    windows = [
        (part, [cut for o in part.detection.outages for cut in _outside(o.span, supposed)])
        for part in seen.parts
    ]
    if not any(spans for _, spans in windows):
        return claim.waterfall.due
    return seen.shorter(windows)[0]


def _outside(span: Span, supposed: OtherwiseSupposed) -> Iterator[Span]:
    """What of an outage lies before and after the bounds that are supposed."""
    since, until = _within(span, supposed.since or span.start), _within(span, supposed.until or span.end)
    if since >= until:
        yield span
        return
    if since > span.start:
        yield Span(span.start, since)
    if until < span.end:
        yield Span(until, span.end)


def _within(span: Span, at: datetime) -> datetime:
    return min(max(at, span.start), span.end)
