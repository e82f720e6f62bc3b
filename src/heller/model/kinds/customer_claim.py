"""Claims of own customers: what every room needs to know of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import NOW, RecordForm, day, money, person, prose, share, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class CustomerClaim(RecordNoun, frozen=True, tag="customer_claim"):
    """What a customer of the firm demands because of the outage: a penalty, damages, a price cut.

    `paid` is the day on which the firm paid it, None where it still stands open. `withheld_from` is the number of the
    firm's own invoice from whose payment the customer kept it; then `paid` is the day of that payment. `vat` is the
    rate of the VAT in it: a price that is given back holds VAT, a penalty does not.
    """

    customer: str
    at: date
    amount: Money
    reason: str
    source: Locator | None = None
    paid: date | None = None
    withheld_from: str = ""
    vat: Decimal = Decimal(0)


FIELDS = (
    day("at", text("When was it?"), default=NOW, listed=True),
    person("customer", text("Who demands it?"), listed=True),
    money("amount", text("Amount that was named"), listed=True),
    prose("reason", text("What for?"), listed=True),
    day("paid", text("Paid on")),
    words(
        "withheld_from",
        text("Kept back from the payment of which own invoice?"),
        needed=False,
        option="withheld_from",
    ),
    share("vat", text("VAT rate in it"), default="0 %"),
)
FORMS = (
    RecordForm(
        "customer-claim",
        50,
        text("What one of the {customers} demands"),
        ("customer", "reason"),
        german="kundenforderung",
    ),
)


def _before(record: CustomerClaim, end: datetime, last: date) -> CustomerClaim:
    """What was paid later was not paid yet."""
    return replace(record, paid=None) if record.paid is not None and record.paid > last else record


KIND = RecordKind(
    CustomerClaim,
    text("Claims of the {customers}"),
    "customer_claims",
    FIELDS,
    FORMS,
    known_of=lambda record: record.at,
    cut_of=_before,
)
