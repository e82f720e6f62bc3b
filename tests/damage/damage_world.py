"""A small invented firm to try heads of loss on: records made by hand, figures that can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from heller.model.amount import ProofGrade, Range
from heller.model.case import Case
from heller.model.damage import Assessment, Flow, Position, Token
from heller.model.finding import Locator
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.kinds.order import Order
from heller.model.kinds.purpose import Purpose
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.kinds.wage import Wage
from heller.model.money import Money
from heller.model.outage import Cause, Detection, Outage, Strength
from heller.model.record import Record
from heller.model.span import Bounds, Span
from heller.model.text import text

START = datetime(2015, 2, 4, 7, 12, tzinfo=UTC)  # Wed 4 Feb 2015, 08:12 in Berlin
END = datetime(2015, 2, 18, 9, 40, tzinfo=UTC)  # Wed 18 Feb 2015, 10:40
WEEK = ("600.00", "600.00", "600.00", "600.00", "600.00", "300.00", "0.00")  # takings by weekday
SHEET = Locator("sheet" * 8, "row 2")


def euros(value: str) -> Money:
    """Money from text."""
    return Money.of(value)


def exact(value: str) -> Range:
    """A range without width."""
    return Range.exact(Money.of(value))


def outage(start: datetime = START, end: datetime = END, cause: Cause = Cause.LINE) -> Outage:
    """An outage with sharp bounds."""
    return Outage(Bounds(start, start), Bounds(end, end), cause, Strength.PROVEN, text("The line failed."))


def detection(*outages: Outage) -> Detection:
    """What the logs say: by default the outage of February 2015."""
    return Detection(outages or (outage(),))


def case(*records: Record, **facts: str) -> Case:
    """A case of records and facts; a fact's key is written with two underscores for the dot."""
    stated = [Fact(key.replace("__", "."), value, source=SHEET) for key, value in facts.items()]
    return Case("0000-test", START, noted=(*records, *stated))


def invoice(
    number: str,
    net: str,
    vat: str = "0.00",
    *,
    seller: str = "Seller",
    credit: bool = False,
    proven_by: tuple[str, ...] = ("bank",),
) -> Invoice:
    """An invoice whose sum is borne out by the bank."""
    return Invoice(
        number=number,
        issued=date(2015, 2, 6),
        seller=seller,
        net=euros(net),
        vat=euros(vat),
        gross=euros(net) + euros(vat),
        source=Locator(f"invoice {number}"),
        credit=credit,
        proven_by=proven_by,
    )


def purpose(number: str, head: str, share: str = "1", residual: str = "0") -> Purpose:
    """What a receipt was for."""
    return Purpose(number, head, Decimal(share), "for the outage", Decimal(residual), SHEET)


def shift(
    kind: ShiftKind, start: datetime, hours: float, person: str = "M01", minutes: int | None = None
) -> Shift:
    """Some hours of work without a pause."""
    span = Span.of(start, hours=hours)
    return Shift(
        person, span, round(hours * 60) if minutes is None else minutes, kind, Locator("hours", f"{start}")
    )


def wage(per_hour: str = "20.00", surcharge: str = "0.25", person: str = "M01") -> Wage:
    """What an hour costs."""
    return Wage(person, euros(per_hour), Decimal(surcharge), Locator("wages", person))


def order(number: str, at: datetime, net: str, *, cancelled: bool = False, channel: str = "shop") -> Order:
    """One order."""
    return Order(number, at, euros(net), channel, Locator("orders", number), cancelled)


def mail(at: datetime, *orders: str) -> Mail:
    """A customer's mail that names orders."""
    return Mail(
        at, "customer@example.org", "shop@example.org", "Storno", "", Locator(f"mail {orders}"), orders
    )


def shop(
    first: date, days: int, net: Sequence[str], dead: Iterable[date] = (), channel: str = "shop"
) -> tuple[Order, ...]:
    """Three equal orders a day, a third of that weekday's takings each; none on dead days."""
    out, dead = [], set(dead)
    for i in range(days):
        day = first + timedelta(i)
        takings = Decimal(net[day.weekday()])
        if day in dead or not takings:
            continue
        for n in range(3):
            at = datetime(day.year, day.month, day.day, 9 + 3 * n, tzinfo=UTC)
            out.append(
                order(f"{day:%Y%m%d}{n}", at, str((takings / 3).quantize(Decimal("0.01"))), channel=channel)
            )
    return tuple(out)


def flow(
    id: str,
    without: Range,
    actual: Range,
    *tokens: Token,
    head: str = "extra_cost",
    grade: ProofGrade = ProofGrade.RECEIPT,
    risk: str = "",
) -> Flow:
    """A flow under a head of receipts unless said otherwise."""
    return Flow(id, head, text("a flow"), without, actual, grade, frozenset(tokens), risk=risk)


def position(assessment: Assessment, head: str) -> Position:
    """The one position of a head."""
    (found,) = (p for p in assessment.positions if p.head == head)
    return found


def codes(assessment: Assessment) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in assessment.findings}
