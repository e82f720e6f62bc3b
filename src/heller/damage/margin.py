"""The contribution margin: what is left of takings when the variable cost is paid.

Four ways, the best proof first: the firm's bookings, its bookkeeper's evaluation, its annual accounts, a stated rate.
Where they differ the lower one counts until somebody explains it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.damage.accounts import Kind
from heller.damage.books import Books, books
from heller.damage.evaluations import evaluated
from heller.model.amount import Range, WorkingLine
from heller.model.case import Case
from heller.model.facts import books as stated_books
from heller.model.facts import first_estimate, shop
from heller.model.finding import Finding, Locator, Weight
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text

GOODS_AND_SERVICES = text("Goods and services bought in")
PLACES = Decimal("0.0001")
APART = Decimal("0.005")  # margins closer than half a point are the same


class VariableCost(Struct, frozen=True):
    """What an account or a group of them cost in the time that the margin is worked out of."""

    name: Text
    sum: Money


class Margin(Struct, frozen=True):
    """The share, between which figures it lies, where it stands, how it was reached, what is wrong with it.

    `variable` is the variable cost by account, where the way that counts names one. `share` is None where no way gives
    one; `stated` where nothing but the firm's word carries it.
    """

    share: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    sources: tuple[Locator, ...] = ()
    working: tuple[WorkingLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    stated: bool = False
    books: Books = Books()
    variable: tuple[VariableCost, ...] = ()


def _estimated(case: Case) -> bool:
    said = case.facts.statement(shop.MARGIN)
    return said is not None and said.basis == first_estimate.BASIS


def margin(case: Case, before: date) -> Margin:
    """The margin that counts in a case with an outage that began on a day, with the others beside it."""
    booked = books(case, before)
    ways = (_of_books(booked), _of_evaluations(case, before), _of_accounts(case), _as_stated(case))
    usable = [way for way in ways if way.share is not None]
    if len(usable) > 1 and usable[-1] is ways[-1] and _estimated(case):
        usable.pop()  # the answer of the first estimate holds until a paper says it
    findings = tuple(finding for way in ways for finding in way.findings)
    if not usable:
        return Margin(findings=findings, books=booked)
    best = min(usable, key=lambda way: way.share or Decimal(0))
    if (usable[0].share or Decimal(0)) - (best.share or Decimal(0)) < APART:
        best = usable[0]  # as good as the same: the better proof
    return Margin(
        share=best.share,
        low=best.low,
        high=best.high,
        sources=best.sources,
        working=best.working,
        findings=(*findings, *_differ(best, usable)),
        stated=best.stated,
        books=booked,
        variable=best.variable,
    )


def is_share(value: Decimal) -> bool:
    """Whether a number is a share: finite and from 0 to 1."""
    return value.is_finite() and 0 <= value <= 1


def _differ(best: Margin, usable: list[Margin]) -> tuple[Finding, ...]:
    assert best.share is not None
    others = [w.share for w in usable if w.share is not None and abs(w.share - best.share) >= APART]
    if not others:
        return ()
    what = text(
        "The contribution margin is {lower:percent} by one source and {other:percent} by another; "
        "{lower:percent}, the lower one, counts.",
        lower=best.share,
        other=max(others),
    )
    do = text("Explain the difference, or take back the one that is wrong.")
    return (Finding("damage.margin_differs", what, do),)


def _of_books(found: Books) -> Margin:
    """The margin of the bookings, account group by account group."""
    if found.share is None or found.low is None or found.high is None:
        return Margin(findings=found.findings)
    if not 0 < found.share <= 1:
        return Margin(findings=(*found.findings, _outside(found.share)))
    revenue, less, cost = (found.sum_of(kind) for kind in (Kind.REVENUE, Kind.DEDUCTION, Kind.VARIABLE))
    lines = (
        WorkingLine(
            text("Takings booked from {first:month} to {last:month}", first=found.months[0], last=found.months[-1]),
            Range.exact(revenue - less), found.sources,
        ),
        *(
            WorkingLine(
                text("less account {account}, {name}: variable, {why}", account=one.account, name=one.name,
                     why=one.why),
                Range.exact(-one.sum), found.sources,
            )
            for one in found.accounts if one.kind is Kind.VARIABLE
        ),
        WorkingLine(
            text("contribution margin of {n} months: {share:percent} (between {low:percent} and {high:percent})",
                 "contribution margin of one month: {share:percent} (between {low:percent} and {high:percent})",
                 n=len(found.months), share=found.share, low=found.low, high=found.high),
            Range.exact(revenue - less - cost), found.sources,
        ),
    )  # fmt: skip
    each = tuple(
        VariableCost(text("Account {account}, {name}", account=one.account, name=one.name), one.sum)
        for one in found.accounts
        if one.kind is Kind.VARIABLE
    )
    return Margin(found.share, found.low, found.high, found.sources, lines, found.findings, variable=each)


def _of_evaluations(case: Case, before: date) -> Margin:
    """The margin of the months of a bookkeeper's evaluation (BWA): takings less goods, between its months."""
    found = evaluated(case, before)
    if not found:
        return Margin()
    revenue, goods = total(one.revenue for one in found), total(one.goods for one in found)
    share = (Decimal(revenue.cents - goods.cents) / revenue.cents).quantize(PLACES)
    if not 0 < share <= 1:
        return Margin(findings=(_outside(share),))
    each = [(Decimal(m.revenue.cents - m.goods.cents) / m.revenue.cents).quantize(PLACES) for m in found]
    sources = tuple(dict.fromkeys(one.source for one in found))
    first, last = found[0].month, found[-1].month
    lines = (
        WorkingLine(
            text("Takings by the bookkeeper's evaluation from {first} to {last}", first=first, last=last),
            Range.exact(revenue),
            sources,
        ),
        WorkingLine(text("less goods and services bought in"), Range.exact(-goods), sources),
        WorkingLine(
            text("contribution margin: {share:percent}", share=share), Range.exact(revenue - goods), sources
        ),
    )
    cost = (VariableCost(GOODS_AND_SERVICES, goods),)
    return Margin(share, min(each), max(each), sources, lines, variable=cost)


def _of_accounts(case: Case) -> Margin:
    """The annual accounts (BWA): revenue less goods and services less cost of delivering them."""
    revenue, goods = case.facts[stated_books.REVENUE], case.facts[stated_books.GOODS]
    delivery = case.facts[stated_books.DELIVERY]
    unusable = delivery is None and case.fact(stated_books.DELIVERY.key) is not None
    if revenue is None or goods is None or unusable:
        return Margin()
    delivery = delivery or ZERO
    if revenue <= ZERO:
        return Margin(findings=(_no_accounts(),))
    left = revenue - goods - delivery
    share = (Decimal(left.cents) / revenue.cents).quantize(PLACES)
    if not 0 < share <= 1:
        return Margin(findings=(_outside(share),))
    rows = (stated_books.REVENUE, stated_books.GOODS, stated_books.DELIVERY)
    said = filter(None, map(case.facts.statement, rows))
    sources = tuple(dict.fromkeys(fact.source for fact in said if fact.source))
    lines = (
        WorkingLine(text("Revenue by the annual accounts"), Range.exact(revenue), sources),
        WorkingLine(text("less goods and services bought in"), Range.exact(-goods), sources),
        WorkingLine(text("less cost of delivering them"), Range.exact(-delivery), sources),
        WorkingLine(text("contribution margin: {share:percent}", share=share), Range.exact(left), sources),
    )
    cost = (VariableCost(GOODS_AND_SERVICES, goods), VariableCost(text("Cost of delivering them"), delivery))
    return Margin(share, sources=sources, working=lines, variable=cost)


def _as_stated(case: Case) -> Margin:
    """The stated margin; without one above zero no lost sales are counted."""
    share, fact = case.facts[shop.MARGIN], case.facts.statement(shop.MARGIN)
    sources = (fact.source,) if fact and fact.source else ()
    if share:
        return Margin(share, sources=sources, stated=True)
    if share is None:
        return Margin()
    return Margin(findings=(_outside(share),))


def _no_accounts() -> Finding:
    return Finding(
        "damage.accounts",
        text("The annual accounts hold no revenue above zero: they give no margin."),
        text("Compare them with the annual accounts, and state them anew."),
        Weight.REFUSED,
    )


def _outside(share: Decimal) -> Finding:
    return Finding(
        "damage.margin",
        text(
            "A contribution margin of {share:percent} is not between 0 and 100 %: it is not used.",
            share=share,
        ),
        text("Check revenue and variable cost: an account may stand on the wrong side or be missing."),
        Weight.REFUSED,
    )
