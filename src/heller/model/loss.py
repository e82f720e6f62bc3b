"""Records that only the damage works with: customers' claims, bookings, first estimates, measures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from heller.model.amount import Range
from heller.model.finding import Locator
from heller.model.money import Money


class CustomerClaim(Struct, frozen=True, tag="customer_claim"):
    """What a customer of the firm demands because of the outage: a penalty, damages, a price cut.

    `paid` is the day on which the firm paid it, None where it still stands open.
    """

    customer: str
    at: date
    amount: Money
    reason: str
    source: Locator | None = None
    paid: date | None = None


class Posting(Struct, frozen=True, tag="posting"):
    """One booking of the firm's accounts: `amount` is above zero, as booked (VAT is in it where the
    account or the tax key says so). `chart` is SKR03, SKR04 or '' where the file names none."""

    day: date
    amount: Money
    debit: str
    credit: str
    source: Locator
    text: str = ""
    voucher: str = ""
    tax_key: str = ""
    chart: str = ""


class QuickEstimate(Struct, frozen=True, tag="quick_estimate"):
    """Five answers given while nothing else is known, and the figures that they gave at the time.

    `at` is when it was made, `since` since when the line is dead; `share` of the revenue needs the
    line; `margin` is what is left of takings; `per_day` is one working day, `so_far` from `since` to `at`.
    """

    at: datetime
    since: datetime
    people: Decimal
    per_hour: Money
    revenue: Money
    share: Decimal
    margin: Decimal
    per_day: Range
    so_far: Range
    source: Locator | None = None


class Measure(Struct, frozen=True, tag="measure"):
    """A way to keep the loss small: what it costs once and a day, which share of the daily loss it
    avoids, since when it could have been had, when it was taken, and why not earlier or not at all."""

    name: str
    once: Money
    per_day: Money
    avoids: Decimal
    offered: date | None = None
    taken: date | None = None
    why: str = ""
    source: Locator | None = None
