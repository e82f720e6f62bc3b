"""What it cost to reduce the loss against the loss that it avoided (§ 254 BGB): the excess stays with the firm unless a
reason is stated. Heads that answer each other are judged together. Whether a reason is good, a court decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from heller.damage.draws import combine
from heller.damage.head import Inputs
from heller.damage.hours import Worked, decimal, hours
from heller.damage.ledger import GRADES, scale
from heller.damage.orders import days_lost, loss_span
from heller.damage.priced import terms
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Flow, Position, SalesEstimate
from heller.model.fact_spec import FactSpec
from heller.model.facts import emergency, reasons
from heller.model.finding import Finding
from heller.model.heads import HEADS
from heller.model.kinds.shift import ShiftKind
from heller.model.money import ZERO, Money, total
from heller.model.span import days_of
from heller.model.text import Text, text

UNITS = "lost_units"
SUBSTITUTES = ("emergency_line", "mobile_data", "extra_cost", "hardware")
SALES = "sales"  # the risk of the lost sales: what came back moves against it


class Judged(Struct, frozen=True):
    """Flows and positions after the comparison, and what has to be asked."""

    flows: tuple[Flow, ...]
    positions: tuple[Position, ...]
    findings: tuple[Finding, ...] = ()


class _Bound(Struct, frozen=True):
    """Heads that reduced the loss together, what of it they avoided, and how that was reached. `idle` is what was
    paid for hours that the same people had to spare."""

    heads: tuple[str, ...]
    avoided: Range | None  # None: nothing tells
    how: Text
    reason: FactSpec[str]
    risk: str
    idle: Money = ZERO
    spare: tuple[WorkingLine, ...] = ()


def judge(
    inputs: Inputs, flows: Sequence[Flow], positions: Sequence[Position], sales: Sequence[SalesEstimate]
) -> Judged:
    """Each group of heads that reduced the loss beside what it avoided, as far as the sales tell it."""
    found = Judged(tuple(flows), tuple(positions))
    for bound in _bounds(inputs, sales, found.flows):
        found = _within_bound(inputs, bound, found)
    return found


def _bounds(inputs: Inputs, sales: Sequence[SalesEstimate], flows: Sequence[Flow]) -> Iterator[_Bound]:
    """What is to be compared; nothing where neither hours nor sales say anything."""
    shares = {one.channel: _share(inputs, one.channel) for one in sales}
    idle, spare = _spare(inputs, flows)
    counted = [flow for flow in flows if flow.head == UNITS]
    known = [one for one in sales if shares[one.channel] is not None]
    if known or counted:
        takings = total(one.catch_up.likely for one in known if one.detectable)
        caught = total(
            flow.actual.likely for flow in counted
        )  # of a lost unit nothing came, of one caught up on all
        how = text("{takings} of takings that came back", takings=takings)
        if counted:
            how = text(
                "{margin} of margin by {units} that were caught up on, {takings} of takings that came back",
                margin=caught,
                takings=takings,
            )
        back = sum(
            (_part(_back(one), Fraction(shares[one.channel] or 0)) for one in known), Range.exact(caught)
        )
        yield _Bound(("overtime",), back, how, reasons.OVERTIME, f"-{SALES}", idle, spare)
    if known and not counted:
        share = max(share for share in shares.values() if share is not None)
        yield _Bound(SUBSTITUTES, *_at_risk(inputs, known, Fraction(share)), reasons.SUBSTITUTE, SALES)
    if not known and not counted and idle:
        yield _Bound(("overtime",), None, text("nothing tells"), reasons.OVERTIME, "", idle, spare)


def _share(inputs: Inputs, channel: str) -> Decimal | None:
    own = terms(inputs.case, channel).margin
    return inputs.margin.share if own is None else own


def _back(one: SalesEstimate) -> Range:
    """Takings that came back: nothing is certain of them where no loss can be seen."""
    return one.catch_up if one.detectable else Range(ZERO, ZERO, max(one.catch_up.high, ZERO))


def _part(amount: Range, share: Fraction) -> Range:
    return scale(Range(*(max(part, ZERO) for part in (amount.low, amount.likely, amount.high))), share)


def _at_risk(inputs: Inputs, sales: Sequence[SalesEstimate], share: Fraction) -> tuple[Range, Text]:
    """What a substitute can have avoided: the margin of what was sold in spite of the outage and of the days that it
    bridged; where it carried no sales, at most the whole margin of the dead days."""
    dead = days_lost(inputs)
    sold = Range.exact(total(Money(day.observed) for one in sales for day in one.like_days))
    would = sum((one.gross for one in sales), sold)
    whole = len(list(days_of(inputs.event.span, inputs.case.tz)))
    bridged = max(whole - len(dead), 0) if loss_span(inputs)[0] != inputs.event.span else 0
    if inputs.case.facts[emergency.CARRIES_SHOP] and bridged:
        avoided = sold + scale(would, Fraction(bridged, len(dead)))
        return _part(avoided, share), text(
            "margin of what came in in spite of the outage, {n} bridged days with it", n=bridged
        )
    return _part(would, share), text("the whole margin of the days of the outage")


def _spare(inputs: Inputs, flows: Sequence[Flow]) -> tuple[Money, tuple[WorkingLine, ...]]:
    """What overtime cost on days on which the same person was paid for idle hours too: the work could have been done in
    them. Beside it, both sums of hours of each person: overtime makes up for what was left undone meanwhile."""
    counted = {flow.id for flow in flows if flow.head == "overtime"}
    late = [
        one for one in hours(inputs, ShiftKind.OVERTIME, "overtime").worked if f"overtime:{one.id}" in counted
    ]
    idle = hours(inputs, ShiftKind.IDLE, "idle_hours").worked
    paid, lines = ZERO, []
    for person in sorted({one.shift.person for one in late} & {one.shift.person for one in idle}):
        mine = [one for one in late if one.shift.person == person]
        was, over = _by_day(idle, person, inputs.case.tz), _by_day(mine, person, inputs.case.tz)
        same = sum((min(part, was.get(day, Fraction())) for day, part in over.items()), Fraction())
        lines.append(
            WorkingLine(
                text(
                    "{person}: {idle} idle hours, {over} hours of overtime",
                    person=person,
                    idle=decimal(sum(was.values(), Fraction())),
                    over=decimal(sum(over.values(), Fraction())),
                )
            )
        )
        paid += mine[0].wage.per_hour * (same * (1 + Fraction(mine[0].wage.overtime_surcharge)))
    return paid, tuple(lines)


def _by_day(worked: Sequence[Worked], person: str, zone: ZoneInfo) -> Mapping[date, Fraction]:
    found: dict[date, Fraction] = {}
    for one in worked:
        if one.shift.person == person:
            day = one.shift.span.start.astimezone(zone).date()
            found[day] = found.get(day, Fraction()) + one.hours
    return found


def _within_bound(inputs: Inputs, bound: _Bound, found: Judged) -> Judged:
    """The group with its excess as a step of its own: taken off, or kept for the stated reason."""
    mine = [p for p in found.positions if p.head in bound.heads and p.recoverable and p.amount.likely > ZERO]
    cost = sum((one.amount for one in mine), Range())
    if not mine:
        return found
    within = cost - Range.exact(min(bound.idle, cost.low))
    most = within if bound.avoided is None else bound.avoided
    allowed = Range(*(min(a, b) for a, b in zip(_three(within), _three(most), strict=True)))
    excess = cost.likely - allowed.likely
    why = inputs.case.facts[bound.reason]
    lines = (*bound.spare, *_both(cost, bound))
    if excess <= ZERO or why:
        kept = (*lines, WorkingLine(_reason_to_count(excess, why))) if excess > ZERO and why else lines
        return _with_lines(found, mine[0], kept)
    return _without_excess(found, mine, cost, allowed, lines, bound)


def _three(amount: Range) -> tuple[Money, Money, Money]:
    return (amount.low, amount.likely, amount.high)


def _both(cost: Range, bound: _Bound) -> Iterator[WorkingLine]:
    if bound.avoided is not None:
        yield WorkingLine(
            text(
                "Reducing the loss cost {cost}; it avoided {avoided} of margin ({how}), which is not claimed.",
                cost=cost.likely,
                avoided=bound.avoided.likely,
                how=bound.how,
            )
        )


def _reason_to_count(excess: Money, why: str) -> Text:
    return text(
        "{excess} more than it avoided; it counts all the same, for this reason: {why}",
        excess=excess,
        why=why,
    )


def _with_lines(found: Judged, one: Position, lines: Sequence[WorkingLine]) -> Judged:
    changed = replace(one, working=(*one.working, *lines))
    return replace(found, positions=tuple(changed if p is one else p for p in found.positions))


def _without_excess(
    found: Judged,
    mine: Sequence[Position],
    cost: Range,
    allowed: Range,
    lines: Sequence[WorkingLine],
    bound: _Bound,
) -> Judged:
    """The excess comes off the weakest proof first; each position keeps no less than nothing."""
    excess = [c - a for c, a in zip(_three(cost), _three(allowed), strict=True)]
    flows = list(found.flows)
    changed: dict[tuple[str, ProofGrade], Position] = {}
    for one in sorted(mine, key=lambda p: (-GRADES.index(p.grade), -HEADS[p.head].rank)):
        off = [min(e, part) for e, part in zip(excess, _three(one.amount), strict=True)]
        excess = [e - o for e, o in zip(excess, off, strict=True)]
        if off[1] <= ZERO:
            continue
        over = _over(one, off, [flow for flow in flows if flow.id in one.flows], bound.risk)
        flows.append(over)
        ids = (*one.flows, over.id)
        amount = combine(flow for flow in flows if flow.id in ids)
        step = WorkingLine(text("more than it avoided: stays with the firm"), Range.exact(-off[1]))
        changed[one.head, one.grade] = replace(
            one, amount=amount, flows=ids, working=(*one.working, *(() if changed else lines), step)
        )
    positions = tuple(changed.get((p.head, p.grade), p) if p in mine else p for p in found.positions)
    return Judged(tuple(flows), positions, (*found.findings, _excess_finding(mine, cost, allowed, bound)))


def _over(one: Position, off: Sequence[Money], flows: Sequence[Flow], risk: str) -> Flow:
    """The excess as a flow: the firm bears it in both worlds."""
    less = sorted(-part for part in off)
    return Flow(
        id=f"{one.head}:more than it avoided:{one.grade.value}",
        head=one.head,
        label=text("More than it avoided"),
        without=Range(less[0], -off[1], less[-1]),
        actual=Range(),
        grade=one.grade,
        tokens=frozenset().union(*(flow.tokens for flow in flows)),
        sources=one.sources[:1],
        risk=risk,
    )


def _excess_finding(mine: Sequence[Position], cost: Range, allowed: Range, bound: _Bound) -> Finding:
    what = text(
        "'{head}' cost {cost}, and {allowed} of it is answered by the loss that it avoided: {excess} is not counted.",
        head=mine[0].title,
        cost=cost.likely,
        allowed=allowed.likely,
        excess=cost.likely - allowed.likely,
    )
    do = text(
        "State the reason, if there was one ('{fact}'): penalties avoided, {customers} kept, work that could not "
        "wait.",
        fact=bound.reason.label,
    )
    return Finding("damage.beyond_avoided", what, do)
