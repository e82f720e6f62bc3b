"""What suing costs, and what over-claiming costs; each country brings its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from heller.law.book.refusals import LawRefused
from heller.law.facts_of_case import Fees
from heller.model.amount import Range, WorkingLine
from heller.model.damage import NormRef
from heller.model.decision import Costs
from heller.model.finding import Finding
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


class CostLaw(Struct, frozen=True):
    """What suing costs; each function raises LawRefused where its tables do not carry the day.

    `of` is all that it costs to pursue a value, `risk` both lawyers and the court through one or two
    instances, `before` a lawyer out of court, `tops` the values below a sum up to which a fee stays the same,
    `tables` names the tables. By `quota` who loses a part bears that part of the costs; `notes` say what the
    figures leave out.
    """

    of: Callable[[Fees, Money], Costs]
    risk: Callable[[Fees, Money, int], Money]
    before: Callable[[Fees, Money], Money]
    tops: Callable[[Fees, Money], tuple[Money, ...]]
    tables: Callable[[Fees], str]
    quota: NormRef
    notes: tuple[Text, ...] = ()


def costs_of(law: CostLaw, fees: Fees, due: Money, uncapped: Money) -> tuple[Costs | None, Costs | None]:
    """Costs of suing for what is due, and, where the uncapped sum is higher, of suing for that.

    None where there is nothing to sue for or the tables of fees do not carry the day.
    """
    if not due:
        return None, None
    try:
        fitting = law.of(fees, due)
        over = _overclaim(law.of(fees, uncapped), fitting) if uncapped > due else None
    except LawRefused:
        return None, None
    return fitting, over


def doubts(law: CostLaw | None, fees: Fees) -> Iterator[Finding]:
    """Where nobody knows what a lawsuit costs: in this country, or by the tables of these days."""
    if law is None:
        yield Finding(
            "law.costs_unknown",
            text("What a lawsuit costs in this country is not known here: costs are left open."),
            text("Ask a lawyer before you decide to sue."),
        )
        return
    try:
        law.tables(fees)
    except LawRefused:
        yield Finding(
            "law.fees_unknown",
            text("The tables of fees do not cover the day of the mandate; costs are not worked out."),
            text("Correct the day of the mandate."),
        )


def _overclaim(cost: Costs, fitting: Costs) -> Costs:
    """Suing for too much: the share that is lost bears its share of the costs ."""
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
