"""Own vouchers: what was spent, lost or saved without an invoice of anybody. What every room needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from heller.model.finding import Locator
from heller.model.heads import HEADS, VOUCHER_HEADS
from heller.model.money import Money
from heller.model.record_field import NOW, AnswerSet, RecordForm, choice, day, money, person, prose, share
from heller.model.record_field import number as whole_number
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import Text, text

OWN_COSTS = "own_costs"  # the head of a voucher that names none


class OwnVoucher(RecordNoun, frozen=True, tag="own_voucher"):
    """A person's own statement of a cost, a loss or a saving: parking paid in cash, a journey, goods that spoilt, a
    guest's bill that stays unpaid, a credit given or received.

    `amount` is what it says, `vat` the rate of the VAT that is in it where the firm owes or deducts that. A journey
    has `km` and what one costs, `per_km`, instead of an amount. `who` is the other side, if there is one.
    """

    at: date
    what: str
    head: str = OWN_COSTS
    amount: Money | None = None
    km: int | None = None
    per_km: Money | None = None
    vat: Decimal = Decimal(0)
    who: str = ""
    source: Locator | None = None

    @property
    def gross(self) -> Money | None:
        """The amount, or kilometres times what one costs; None where neither is said."""
        if self.amount is not None or self.km is None or self.per_km is None:
            return self.amount
        return self.per_km * self.km


WORDS = {word: key for key in VOUCHER_HEADS for word in (*HEADS[key].words, key)}
HEAD_ANSWERS = AnswerSet({key: HEADS[key].title for key in VOUCHER_HEADS}, WORDS)


def _faults(record: OwnVoucher) -> Iterator[tuple[str, Text]]:
    if record.amount is None and record.km is None:
        yield "amount", text("Say the amount, or the kilometres of a journey.")


def _event(record: OwnVoucher) -> ChronologyEvent:
    return ChronologyEvent(
        record.at,
        "receipt",
        text("{head}: own voucher", head=HEADS[record.head].title),
        quoted=record.what,
        amount=record.gross,
        sources=(record.source,) if record.source else (),
        printed=False,
    )


FIELDS = (
    day("at", text("When was it?"), default=NOW, listed=True),
    prose("what", text("What was it?"), listed=True),
    choice("head", text("Which head of loss?"), HEAD_ANSWERS, default=OWN_COSTS, listed=True),
    money("amount", text("Amount"), needed=False, listed=True),
    whole_number("km", text("Kilometres of a journey"), needed=False, least=1, most=100_000),
    money("per_km", text("Cost of a kilometre"), needed=False, option="per_km"),
    share("vat", text("VAT rate in it"), default="0 %"),
    person("who", text("Who is the other side?"), needed=False),
)
FORMS = (
    RecordForm(
        "voucher",
        35,
        text("What was spent, lost or saved without an invoice"),
        ("what",),
        german="eigenbeleg",
    ),
)
KIND = RecordKind(
    OwnVoucher,
    text("Own vouchers"),
    "own_vouchers",
    FIELDS,
    FORMS,
    event_of=_event,
    known_of=lambda record: record.at,
    faults=_faults,
)
