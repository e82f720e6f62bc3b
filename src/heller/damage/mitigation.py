"""What could be done against the loss, in figures: a day with and without it, and what waiting cost.

Whether too little was done is a question of law and not answered here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from heller.damage.head import Inputs, cite
from heller.damage.ledger import scale
from heller.damage.margin import is_share
from heller.damage.orders import days_lost, loss_span
from heller.model.amount import Range
from heller.model.damage import Mitigation, NormRef, Option, Position
from heller.model.facts import emergency
from heller.model.finding import Finding, Weight
from heller.model.kinds.measure import Measure
from heller.model.money import ZERO
from heller.model.span import days_of
from heller.model.text import Text, text

LOSS = ("lost_sales", "cancelled_orders", "lost_units")
SUBSTITUTE = ("emergency_line", "mobile_data", "extra_cost")


def mitigation(inputs: Inputs, positions: Sequence[Position]) -> Mitigation:
    """A day of the outage without and with the emergency line, the measures, and the cut-off.

    OLG Köln, 4 June 2010, 1 W 8/10: once an emergency connection works, further loss is not attributed.
    """
    lost, spent = _sum(positions, LOSS), _sum(positions, SUBSTITUTE)
    bare = len(days_lost(inputs))
    whole = len(list(days_of(inputs.event.span, inputs.case.tz)))
    without = scale(lost, Fraction(1, bare)) if bare else Range()
    cut = loss_span(inputs)[0].end if inputs.case.facts[emergency.CARRIES_SHOP] else None
    carried = cut is not None and cut < inputs.event.span.end
    bridged = max(whole - bare, 0) if carried else 0
    with_line = scale(spent, Fraction(1, bridged)) if bridged else Range()
    day = cut.astimezone(inputs.case.tz).date() if carried and cut else None
    options = tuple(_option(inputs, one, without) for one in _usable(inputs))
    words = (
        _detoured(inputs)
        if inputs.event.detours and day is None
        else _words(without, with_line, day, bridged, inputs.ground("cut_off"))
    )
    return Mitigation(
        without, with_line, day, options, (_a_day(without), *(words if without != Range() else ()))
    )


def doubts(inputs: Inputs) -> tuple[Finding, ...]:
    """Measures that cannot be counted."""
    good = _usable(inputs)
    return tuple(
        Finding(
            "damage.measure",
            text(
                "The measure '{name}' is not counted: costs below zero, not in euros, or a share outside 0 to "
                "100 %.",
                name=one.name,
            ),
            text("Take it back and note it again."),
            Weight.REFUSED,
            one.source,
        )
        for one in inputs.case.records(Measure)
        if one not in good
    )


def _usable(inputs: Inputs) -> tuple[Measure, ...]:
    """Measures whose figures make sense, in order of their days."""
    good = [
        one
        for one in inputs.case.records(Measure)
        if is_share(one.avoids)
        and {one.once.currency, one.per_day.currency} == {"EUR"}
        and min(one.once, one.per_day) >= ZERO
    ]
    return tuple(sorted(good, key=lambda one: (one.offered or one.taken or date.max, one.name)))


def _sum(positions: Sequence[Position], heads: Sequence[str]) -> Range:
    return sum((p.amount for p in positions if p.head in heads and p.recoverable), Range())


def _option(inputs: Inputs, one: Measure, without: Range) -> Option:
    avoids = scale(without, Fraction(one.avoids))
    net = avoids - Range.exact(one.per_day)
    earned = net.likely.cents
    waited = _waited(inputs, one)
    lost = Range(*(max(part * waited, ZERO) for part in (net.low, net.likely, net.high)))
    return Option(
        name=one.name,
        once=one.once,
        per_day=one.per_day,
        avoids=avoids,
        net=net,
        pays_after=-(-one.once.cents // earned) if earned > 0 else None,
        offered=one.offered,
        taken=one.taken,
        why=one.why,
        waited=waited,
        lost_by_waiting=lost,
        sources=(one.source,) if one.source else (),
    )


def _waited(inputs: Inputs, one: Measure) -> int:
    """Days of the outage on which the measure could have run and did not."""
    if one.offered is None:
        return 0
    days = tuple(days_of(inputs.event.span, inputs.case.tz))
    end = days[-1] + timedelta(days=1)
    return sum(one.offered <= day < (one.taken or end) for day in days)


def _a_day(without: Range) -> Text:
    if without == Range():
        return text("No loss of a day is worked out yet: it needs the {units} and the contribution margin.")
    return text("A day without the line cost {amount} of margin.", amount=without.likely)


def _detoured(inputs: Inputs) -> Iterable[Text]:
    """The router went over to another way by itself."""
    length = sum((way.length for way in inputs.event.detours), timedelta())
    yield text(
        "The firm worked over another connection for up to {length} of the outage; no loss of that time is claimed.",
        length=length,
    )


def _words(without: Range, with_line: Range, cut: date | None, bridged: int, rule: NormRef) -> Iterable[Text]:
    if cut is None:
        yield text(
            "No emergency connection was enough for {the_place}, so the loss ran to the end of the outage."
        )
        return
    said = text(
        "From {day} an emergency connection was enough for {the_place}: loss after it is not attributed to the "
        "outage, and none is claimed.",
        day=cut,
    )
    yield cite(said, rule)
    if bridged:
        yield text(
            "On {n} days it cost {cost} a day and avoided {loss} a day.",
            "On one day it cost {cost} and avoided {loss}.",
            n=bridged,
            cost=with_line.likely,
            loss=without.likely,
        )
