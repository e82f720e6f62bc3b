"""Claims of own customers: what every room needs to know of them."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class CustomerClaim(RecordNoun, frozen=True, tag="customer_claim"):
    """What a customer of the firm demands because of the outage: a penalty, damages, a price cut.

    `paid` is the day on which the firm paid it, None where it still stands open.
    """

    customer: str
    at: date
    amount: Money
    reason: str
    source: Locator | None = None
    paid: date | None = None


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
