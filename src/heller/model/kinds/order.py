"""Orders: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import moment, money, words, yes_no
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Order(RecordNoun, frozen=True, tag="order"):
    """One order of a shop, net of VAT, without the customer's name."""

    number: str
    at: datetime
    net: Money
    channel: str
    source: Locator
    cancelled: bool = False
    customer: str = ""


def _line(record: Order) -> tuple[object, ...]:
    cancelled = text("cancelled") if record.cancelled else ""
    return (record.at, record.number, record.channel, record.net, cancelled)


FIELDS = (
    moment("at", text("When was it?")),
    words("number", text("Number")),
    words("channel", text("Channel")),
    money("net", text("Net")),
    yes_no("cancelled", text("Was it cancelled?")),
    words("customer", text("Digest of the customer")),
)
KIND = RecordKind(
    Order, text("{units:cap}"), "orders", FIELDS, line_of=_line, known_of=lambda record: record.at
)
