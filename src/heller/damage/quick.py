"""The first estimate: five answers, three figures, within a minute. It reads no record and proves nothing.

Two ways in which the loss of a day can come about, never added for the same share of it: the sale is lost
(its margin), or it comes back and its work is done in extra hours, which count up to the margin that they save.
Wages of people who cannot work stand in both worlds and add nothing by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.model.advice import Against
from heller.model.amount import Range, WorkingLine
from heller.model.errors import InputRefused
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.money import ZERO, Money
from heller.model.span import Span, days_of
from heller.model.text import Text, text

# The shares that the later estimate weighs too (`catchup`): nothing, or 10 to 70 %, came back, each half as likely.
BACK_MOST, BACK_LIKELY = Fraction(7, 10), Fraction(2, 10)
WorkingDay = Callable[[date, str], bool]
HOURS = 8  # of a working day
OPENS, CLOSES = time(8), time(18)  # a working day that is dead between these is dead as a whole
LONGEST = timedelta(days=366)
MOST = Money(10**12)  # ten thousand million: beyond it a comma is missing


class Answers(Struct, frozen=True):
    """What was answered: since when; how many people cannot work, what an hour of one costs (None: not said, and
    then no extra hours are counted); the revenue of a usual day, the share of it that needs the line; what is left of
    it as margin. `now` is the moment for which the figures hold, `until` when the line worked again (None: it is
    still dead)."""

    since: datetime
    now: datetime
    people: Decimal
    per_hour: Money | None
    revenue: Money
    share: Decimal
    margin: Decimal
    until: datetime | None = None

    @property
    def end(self) -> datetime:
        """Up to when it is counted."""
        return self.now if self.until is None else self.until


class Days(Struct, frozen=True):
    """Dead days so far: whole working days, working days with their parts, all days touched."""

    low: Fraction
    likely: Fraction
    high: Fraction


class Quick(Struct, frozen=True):
    """Cautious, likely and high for a working day and so far, with what they rest on."""

    answers: Answers
    days: Days
    per_day: Range
    so_far: Range
    working: tuple[WorkingLine, ...]
    rests_on: tuple[Text, ...]

    def record(self) -> QuickEstimate:
        """The entry of the journal: answers and figures, as they were given and came out."""
        said = self.answers
        return QuickEstimate(
            at=said.now,
            since=said.since,
            until=said.until,
            people=said.people,
            per_hour=said.per_hour,
            revenue=said.revenue,
            share=said.share,
            margin=said.margin,
            per_day=self.per_day,
            so_far=self.so_far,
        )


def estimate(said: Answers, zone: ZoneInfo, works: WorkingDay) -> Quick:
    """Work the answers out; `works` says whether a day is a working day. Raises InputRefused for what cannot be.

    cautious: most of the sales come back and nobody is paid extra for them; likely: some come back and
    are worked off in extra hours; high: none come back. Extra hours never count beyond the margin that they
    save, so no figure is above the margin of the day.
    """
    _check(said)
    margin = said.revenue * (said.share * said.margin)
    wages = ZERO if said.per_hour is None else said.per_hour * (said.people * HOURS)
    low = margin * (1 - BACK_MOST)
    likely = margin * (1 - BACK_LIKELY) + min(wages, margin) * BACK_LIKELY
    per_day = Range(low, min(likely, margin), margin)
    days = dead_days(Span(said.since, said.end), zone, works)
    so_far = Range(low * days.low, likely * days.likely, per_day.high * days.high)
    return Quick(said, days, per_day, so_far, tuple(_working(said, margin, wages)), tuple(_rests_on(said)))


def dead_days(span: Span, zone: ZoneInfo, works: WorkingDay) -> Days:
    """How many working days (without the public holidays of the whole country) were dead."""
    low, likely, high = Fraction(0), Fraction(0), Fraction(0)
    for day in days_of(span, zone):
        high += 1
        if works(day, ""):
            share = _share(span, day, zone)
            likely += share
            low += share == 1
    return Days(low, likely, high)


def _share(span: Span, day: date, zone: ZoneInfo) -> Fraction:
    """Which share of a working day's hours lies in a span."""
    hours = Span(datetime.combine(day, OPENS, zone), datetime.combine(day, CLOSES, zone))
    met = span.meet(hours)
    return (
        Fraction(met.length // timedelta(seconds=1), hours.length // timedelta(seconds=1))
        if met
        else Fraction(0)
    )


def _working(said: Answers, margin: Money, wages: Money) -> Iterable[WorkingLine]:
    yield WorkingLine(
        text(
            "{revenue} a day x {share:percent} that needs the line x {margin:percent} margin",
            revenue=said.revenue,
            share=said.share,
            margin=said.margin,
        ),
        Range.exact(margin),
    )
    if said.per_hour is not None:
        yield WorkingLine(
            text(
                "{people} people x {hours} hours x {rate}: paid with and without the outage, not added",
                people=said.people,
                hours=HOURS,
                rate=said.per_hour,
            ),
            Range.exact(wages),
        )
    yield WorkingLine(
        text("cautious: {share:percent} of the {takings} come back later", share=_percent(BACK_MOST)),
        Range.exact(margin * (1 - BACK_MOST)),
    )
    extra, saved = wages * BACK_LIKELY, margin * BACK_LIKELY
    yield WorkingLine(
        text(
            "likely: {share:percent} come back, and their work is done in extra hours",
            share=_percent(BACK_LIKELY),
        ),
        Range.exact(min(margin * (1 - BACK_LIKELY) + min(extra, saved), margin)),
    )
    if extra > saved:
        yield WorkingLine(
            text(
                "of extra hours for {extra} a day only the margin of {saved} counts that they save",
                extra=extra,
                saved=saved,
            ),
            Range.exact(saved - extra),
        )
    yield WorkingLine(text("high: nothing comes back"), Range.exact(margin))


def _percent(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / share.denominator


def _rests_on(said: Answers) -> Iterable[Text]:
    yield text("On your answers alone: it proves nothing, and it is replaced by receipts and records.")
    yield text(
        "Cautious counts working days that were down from 8 to 18 as a whole, likely their parts too, high every "
        "day that was touched."
    )
    if said.people and said.per_hour is None:
        yield text("What an hour of them costs was not said: extra hours are not counted.")
    if said.people and said.per_hour:
        yield text("Wages of people who cannot work are owed anyway; only the margin or extra hours count.")
    yield text("Emergency lines, hardware and further extra cost come on top: keep every receipt.")


def _check(said: Answers) -> None:
    """Refuse what makes no sense, saying what to write instead."""
    if said.since > said.now:
        raise _refused(
            text("The outage begins after the moment of the estimate."), text("Check day and time.")
        )
    if said.until is not None and not said.since < said.until <= said.now:
        raise _refused(
            text("The end of the outage does not lie between its beginning and the moment of the estimate."),
            text("Check day and time."),
        )
    if said.end - said.since > LONGEST:
        raise _refused(
            text("The outage would be longer than a year."), text("Check the year of its beginning.")
        )
    if not (said.people.is_finite() and 0 <= said.people <= 100_000):
        raise _refused(
            text("The number of people is not between 0 and 100,000."), text("Write it in digits.")
        )
    for name, share in (
        (text("The share that needs the line"), said.share),
        (text("The contribution margin"), said.margin),
    ):
        if not (share.is_finite() and 0 <= share <= 1):
            raise _refused(text("{what} is not between 0 and 100 %.", what=name), text("Write it as 38 %."))
    for name, amount in (
        (text("The cost of an hour"), said.per_hour),
        (text("The revenue of a day"), said.revenue),
    ):
        if amount is not None and (amount.currency != "EUR" or not ZERO <= amount <= MOST):
            raise _refused(
                text("{what} is below zero, too large or not in euros.", what=name),
                text("Write it as 1.234,56."),
            )


def _refused(what: Text, do: Text) -> InputRefused:
    return InputRefused(what, text("With it the estimate would be wrong from the start."), do)


def against(made: QuickEstimate, span: Span | None, now: Range, zone: ZoneInfo, works: WorkingDay) -> Against:
    """An early estimate, stretched over the outage as it is known now, and the present figure."""
    if span is None:
        return Against(made, made.so_far, now)
    days = dead_days(span, zone, works)
    low, likely, high = made.per_day.low, made.per_day.likely, made.per_day.high
    then = Range(low * days.low, likely * days.likely, high * days.high)
    return Against(made, then, now)
