"""Claims of own customers: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import CustomerClaim
from heller.model.record_kind import RecordKind
from heller.model.text import text


def _line(record: CustomerClaim) -> tuple[object, ...]:
    return (
        record.at,
        record.customer,
        record.amount,
        record.reason,
    )


def _persons(record: CustomerClaim) -> tuple[str, ...]:
    return (record.customer,)


KIND = RecordKind(CustomerClaim, text("Claims of own customers"), "customer_claims", _line, _persons)
