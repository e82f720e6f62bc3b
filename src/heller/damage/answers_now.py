"""The answers of the first estimate beside what papers say of them by now, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from heller.damage.margin import Margin
from heller.model.advice import AnswerNow
from heller.model.case import Case
from heller.model.damage import Assessment
from heller.model.facts import first_estimate, shop
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.wage import Wage
from heller.model.money import Money, total
from heller.model.text import text


def replaced(
    made: QuickEstimate, case: Case, began: datetime | None, margin: Margin, assessment: Assessment
) -> tuple[AnswerNow, ...]:
    """What logs, hour sheets, lists of wages, orders and bookings say otherwise."""
    return tuple(_replaced(made, case, began, margin, assessment))


def _replaced(
    made: QuickEstimate, case: Case, began: datetime | None, margin: Margin, assessment: Assessment
) -> Iterator[AnswerNow]:
    if began is not None and began != made.since:
        yield AnswerNow(first_estimate.SINCE.label, made.since, began)
    idle = {shift.person for shift in case.records(Shift) if shift.kind is ShiftKind.IDLE}
    if idle and len(idle) != made.people:
        yield AnswerNow(first_estimate.PEOPLE.label, made.people, Decimal(len(idle)))
    rates = [
        wage.per_hour
        for wage in case.records(Wage)
        if wage.person in idle and wage.per_hour.currency == "EUR"
    ]
    mean = total(rates) * Fraction(1, len(rates)) if rates else None
    if made.per_hour is not None and mean is not None and mean != made.per_hour:
        yield AnswerNow(first_estimate.PER_HOUR.label, made.per_hour, mean)
    days = [day for one in assessment.sales for day in one.like_days if day.day.weekday() < 5]
    dates = {day.day for day in days}
    if dates:
        a_day = Money(round(sum(day.expected for day in days) / len(dates)))
        if a_day != made.revenue * made.share:
            yield AnswerNow(text("Takings of a working day over the line"), made.revenue * made.share, a_day)
    if margin.share is not None and margin.share != made.margin:
        yield AnswerNow(shop.MARGIN.label, made.margin, margin.share, share=True)
