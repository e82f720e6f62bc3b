"""Orders of the shop: what counts, by channel and day, and which cancelled ones a mail names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.damage.head import Event, Inputs, cite
from heller.model.damage import Token
from heller.model.facts import emergency
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.mail import Mail
from heller.model.kinds.order import Order
from heller.model.money import Money, total
from heller.model.span import Span, days_of, utc
from heller.model.text import text

BEFORE = timedelta(days=14)  # orders this long before the outage may have been cancelled because of it
AFTER = timedelta(days=60)  # and the customer's mail may come this late
LEAST_OF_A_DAY = timedelta(minutes=15)  # without any way out, where another way carried the rest of the day

LEAST_SIGNS = 3
NO_DIGITS = re.compile(r"\D+")
CALLED_OFF = re.compile(
    r"storn|absag|abgesagt|sagen? .{0,80}\bab\b|cancel|call(?:ed)? off|zur[uü]ck(?:treten|zieh|gezogen)|widerruf|"
    r"r[uü]cktritt|annullier|k[uü]ndig|abbestell|nicht (?:mehr )?(?:kommen|erscheinen|wahrnehmen)|withdraw|annul",
    re.IGNORECASE | re.DOTALL,
)


class Orders(Struct, frozen=True):
    """The orders that can be counted: once each, in euros, above zero."""

    all: tuple[Order, ...]
    findings: tuple[Finding, ...] = ()

    def channels(self) -> tuple[str, ...]:
        """The channels in order of their names."""
        return tuple(sorted({order.channel for order in self.all}))


def read(orders: Sequence[Order]) -> Orders:
    """Take out what cannot be counted, and say so."""
    once: dict[tuple[str, str], Order] = {}
    odd: dict[str, list[Order]] = {"currency": [], "negative": [], "twice": []}
    for order in orders:
        key = (order.channel, order.number)
        if order.net.currency != "EUR":
            odd["currency"].append(order)
        elif order.net.cents < 0:
            odd["negative"].append(order)
        elif key in once:
            odd["twice"].append(order)
            if order.cancelled and not once[key].cancelled:  # the later state of the same order
                once[key] = order
        else:
            once[key] = order
    return Orders(tuple(once.values()), tuple(_odd(odd)))


def _odd(odd: Mapping[str, Sequence[Order]]) -> Iterable[Finding]:
    said = {
        "currency": text(
            "{n} {units} are not in euros and are not counted.",
            "{a_unit:cap} is not in euros and is not counted.",
            n=len(odd["currency"]),
        ),
        "negative": text(
            "{n} {units} have a negative amount and are not counted.",
            "{a_unit:cap} has a negative amount and is not counted.",
            n=len(odd["negative"]),
        ),
        "twice": text(
            "{n} {units} are in the list twice; each counts once.",
            "{a_unit:cap} is in the list twice; it counts once.",
            n=len(odd["twice"]),
        ),
    }
    do = {
        "currency": text("Export them in euros."),
        "negative": text("Export what was given back as such; the list itself stays as it is."),
        "twice": text("Nothing needs to be done if two exports overlap."),
    }
    for kind, orders in odd.items():
        if orders:
            weight = Weight.NOTE if kind == "twice" else Weight.WARNING
            yield Finding(f"damage.orders_{kind}", said[kind], do[kind], weight, orders[0].source)


def takings_by_day(orders: Iterable[Order], zone: ZoneInfo) -> dict[date, int]:
    """Takings in cents of each day of the site on which something was sold."""
    out: dict[date, int] = {}
    for order in orders:
        day = order.at.astimezone(zone).date()
        out[day] = out.get(day, 0) + order.net.cents
    return out


class CancelledOrder(Struct, frozen=True):
    """A cancelled order with the mail in which the customer says so."""

    order: Order
    mail: Mail

    @property
    def token(self) -> Token:
        """The order as a thing that is spent once."""
        return Token("order", f"{self.order.channel}:{self.order.number}")

    @property
    def sources(self) -> tuple[Locator, ...]:
        """Where the order and the mail stand."""
        return (self.order.source, self.mail.source)


def key(number: str) -> str:
    """An order number as it is compared: its digits where it has at least five, else its letters."""
    digits = "".join(c for c in number if c.isdigit())
    return digits if len(digits) >= 5 else number.strip().casefold()


def cancellations(inputs: Inputs, orders: Orders) -> tuple[tuple[CancelledOrder, ...], tuple[Order, ...]]:
    """Cancelled orders of the time around the outage: those that a mail names, and those that none names."""
    span = inputs.event.span
    sent = sorted(inputs.case.records(Mail), key=lambda m: m.at)
    mails = [mail for mail in sent if span.start <= mail.at <= span.end + AFTER]
    near = [o for o in orders.all if o.cancelled and span.start - BEFORE <= o.at <= span.end + BEFORE]
    found = [(one, next((mail for mail in mails if calls_off(mail, one.number)), None)) for one in near]
    named = [CancelledOrder(one, mail) for one, mail in found if mail is not None]
    silent = [one for one, mail in found if mail is None and one.at < span.end]
    return tuple(sorted(named, key=lambda n: n.order.number)), tuple(silent)


def calls_off(mail: Mail, number: str) -> bool:
    """Whether a mail names a number as that of an order, or calls off what bears it, whatever it calls it: an
    appointment, a booking, a project. A number of one or two signs is too common for that."""
    if key(number) in map(key, mail.orders):
        return True
    said = f"{mail.subject}\n{mail.body}"
    bare = number.strip().lstrip("#")
    digits = max(NO_DIGITS.split(bare), key=len)
    if (
        len(bare) < LEAST_SIGNS or not digits or digits not in said
    ):  # digits have one case, and are found at once
        return False
    stands = re.search(rf"(?<![\w-]){re.escape(bare)}(?![\w-])", said, re.IGNORECASE)
    return stands is not None and CALLED_OFF.search(said) is not None


def loss_span(inputs: Inputs) -> tuple[Span, tuple[Finding, ...]]:
    """When sales were lost: to the end, or until an emergency line carried the shop."""
    span, carries = inputs.event.span, inputs.case.facts[emergency.CARRIES_SHOP]
    works = inputs.case.facts[emergency.WORKS_SINCE]
    if works is None or works >= span.end:
        return span, ()
    if carries:
        return Span(span.start, max(works, span.start)), ()
    if carries is None:
        doubt = text(
            "An emergency connection works since {at}, but nobody says whether it is enough for {the_place}. If "
            "it is, takings lost later may not be attributed to the outage.",
            at=works,
        )
        doubt = cite(doubt, inputs.ground("cut_off"))
        do = text("State whether the emergency connection is enough for {the_place}.")
    else:
        doubt = text(
            "An emergency connection works since {at} but is not enough for {the_place}; the other side will ask "
            "why.",
            at=works,
        )
        do = text("Note why it could not: too slow, no fixed address, not suitable for the programs in use.")
    return span, (Finding("damage.emergency", doubt, do),)


def days_lost(inputs: Inputs) -> tuple[date, ...]:
    """The days of the site on which sales may have been lost: one run of them, the longest. A day that another way
    carried but for a few minutes is none."""
    event, zone = inputs.event, inputs.case.tz
    runs: list[list[date]] = [[]]
    for day in days_of(loss_span(inputs)[0], zone):
        if event.detours and _cut_off(event, day, zone) < LEAST_OF_A_DAY:
            runs.append([])
        else:
            runs[-1].append(day)
    most = max(len(run) for run in runs)
    return tuple(next(run for run in runs if len(run) == most))


def _cut_off(event: Event, day: date, zone: ZoneInfo) -> timedelta:
    """How long the firm had no way out on a day of the site."""
    start, end = (datetime.combine(at, time(), zone) for at in (day, day + timedelta(days=1)))
    whole = Span(utc(start), utc(end))
    return sum((both.length for part in event.cut_off if (both := part.meet(whole))), timedelta())


def turnover(orders: Iterable[Order]) -> Money:
    """The sum of orders, net."""
    return total(order.net for order in orders)
