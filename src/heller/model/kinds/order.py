"""Orders: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Order
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: Order) -> tuple[object, ...]:
    cancelled = text("cancelled") if record.cancelled else ""
    return (record.at, record.number, record.channel, record.net, cancelled)


KIND = RecordKind(Order, text("Orders"), "orders", _line, NOBODY)
