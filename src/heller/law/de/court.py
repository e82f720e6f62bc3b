"""What suing costs, and what over-claiming costs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from heller.law.book.refusals import LawRefused
from heller.law.book.rules import book
from heller.law.de import costs
from heller.law.facts_of_case import LegalFacts
from heller.model.amount import Range, WorkingLine
from heller.model.claim import Costs
from heller.model.money import ZERO, Money
from heller.model.text import text


def costs_of(given: LegalFacts, due: Money, uncapped: Money) -> tuple[Costs | None, Costs | None]:
    """Costs of suing for what is due, and, where the uncapped sum is higher, of suing for that.

    Interest and costs do not raise the value (§ 43 (1) GKG). None where there is nothing to sue for or
    the tables of fees do not carry the day.
    """
    if not due:
        return None, None
    try:
        fitting = _costs(given, due)
        over = _overclaim(_costs(given, uncapped), fitting) if uncapped > due else None
    except LawRefused:
        return None, None
    return fitting, over


def risk(given: LegalFacts, value: Money, instances: int = 1) -> Money:
    """Both lawyers and the court, through one or two instances. Raises LawRefused beyond the tables."""
    if not value:
        return ZERO
    mandate, pending, gross = given.mandate or given.as_of, given.as_of, given.deducts_vat is False
    lawyers = 2 * costs.first_instance(value, mandate).sum(with_vat=gross)
    first = lawyers + costs.court_fee(value, pending)
    if instances == 1:
        return first
    second = 2 * costs.appeal(value, mandate).sum(with_vat=gross)
    return first + second + costs.court_fee(value, pending, "GKG-1220")


def steps_of_fees(given: LegalFacts, most: Money) -> tuple[Money, ...]:
    """The values below `most` up to which a fee stays the same: who sues for a cent more pays more."""
    tops: set[Money] = set()
    for id, day in (("RVG-13", given.mandate or given.as_of), ("GKG-34", given.as_of)):
        table = book().for_sum(id, day)
        at = table.row("start")[0]
        tops.add(Money.of(at))
        for limit, step, _ in table.rows("bands"):
            while at < limit and Money.of(at) < most:
                at += step
                tops.add(Money.of(at))
        step = table.row("above")[0]
        while Money.of(at) < most:
            at += step
            tops.add(Money.of(at))
    return tuple(sorted(top for top in tops if top < most))


def _costs(given: LegalFacts, value: Money) -> Costs:
    mandate, pending = given.mandate or given.as_of, given.as_of
    gross = given.deducts_vat is False
    before, own = costs.out_of_court(value, mandate), costs.first_instance(value, mandate)
    court = costs.court_fee(value, pending)
    lawyer = own.sum(with_vat=gross)
    factor = book().for_sum("RVG-2300", mandate).number("factor")
    credited = costs.credit(value, mandate, factor)
    local = costs.local_court(value, pending)
    lines = (
        *(WorkingLine(fee.label, Range.exact(fee.amount)) for fee in own.fees),
        *((WorkingLine(text("VAT"), Range.exact(own.vat)),) if gross else ()),
        WorkingLine(text("The other side's lawyer, the same"), Range.exact(lawyer)),
        WorkingLine(text("Court, 3.0 fee (Nr. 1210 KV GKG)"), Range.exact(court)),
        WorkingLine(
            text(
                "If the same lawyer worked out of court before, half of that fee is credited "
                "(Vorbem. 3 (4) VV RVG)"
            ),
            Range.exact(-credited),
        ),
    )
    return Costs(
        value=value,
        out_of_court=before.sum(with_vat=gross),
        own_lawyer=lawyer,
        other_lawyer=lawyer,
        court=court,
        risk=lawyer + lawyer + court,
        court_name=text("local court (Amtsgericht)") if local else text("regional court (Landgericht)"),
        lawyer_mandatory=not local,
        law=_tables(given),
        working=lines,
    )


def _overclaim(cost: Costs, fitting: Costs) -> Costs:
    """Suing for too much: the share that is lost bears its share of the costs (§ 92 ZPO)."""
    due = fitting.value
    lost = Fraction(cost.value.cents - due.cents, cost.value.cents)
    borne = cost.risk * lost
    line = WorkingLine(
        text(
            "Who sues for {value} and gets {due} bears {share:percent} of {risk}",
            value=cost.value,
            due=due,
            share=Decimal(round(lost * 1000)) / 1000,
            risk=cost.risk,
        ),
        Range.exact(-borne),
    )
    gap = WorkingLine(
        text(
            "Out of court: the lawyer's bill at {value} is {bill}, what comes back at {due} is {back}",
            value=cost.value,
            bill=cost.out_of_court,
            due=due,
            back=fitting.out_of_court,
        ),
        Range.exact(fitting.out_of_court - cost.out_of_court),
    )
    net = WorkingLine(text("What is left of {due} after that", due=due), Range.exact(max(due - borne, ZERO)))
    return Costs(
        **{name: getattr(cost, name) for name in cost.__struct_fields__ if name != "working"},
        working=(*cost.working, gap, line, net),
    )


def tables(given: LegalFacts) -> str | None:
    """The tables of fees that count, 'RVG 2013, GKG 2013'; None where the rules do not carry the days."""
    try:
        return _tables(given)
    except LawRefused:
        return None


def _tables(given: LegalFacts) -> str:
    lawyer = book().in_force("RVG-13", given.mandate or given.as_of).since.year
    court = book().in_force("GKG-34", given.as_of).since.year
    return f"RVG {lawyer}, GKG {court}"
