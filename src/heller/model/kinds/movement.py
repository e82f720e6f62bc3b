"""Movements on the account of a claim: what was paid, credited, set off, withheld, given up or taken back."""

from __future__ import annotations

from datetime import date
from enum import Enum

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import Text, text


class MovementKind(Enum):
    """What moved the account."""

    PAYMENT = "payment"
    CREDIT_NOTE = "credit_note"  # on a bill of the debtor, taken as payment
    SERVICE_CREDIT = "service_credit"  # promised in the contract for bad service
    SET_OFF = "set_off"  # one of both sets off a claim of its own
    WITHHELD = "withheld"  # kept back from the debtor's bills: pays nothing until it is set off
    WAIVER = "waiver"  # given up, from a day on
    REDUCTION = "reduction"  # taken back: it was never owed
    INSURER = "insurer"  # an own insurer paid: so much of the claim is his


class DebtPart(Enum):
    """The three parts of a debt, in the order in which a payment takes them."""

    COSTS = "costs"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Movement(RecordNoun, frozen=True, tag="movement"):
    """One movement. `amount` is None of a waiver of all that is open. `who` paid, credited or declared it; `purpose` is
    what he said it is for, and `event`, `instalment` (counted from 1) and `part` what of that was understood.

    `acknowledges`: whether the payer acknowledged the debt, None where nobody said. A set-off works back to the day
    `since` on which both claims first faced each other. `to` is the creditor ('': the firm), `debtor` who owes
    ('': the provider of the case).
    """

    kind: MovementKind
    on: date
    amount: Money | None = None
    who: str = ""
    purpose: str = ""
    event: str = ""
    instalment: int = 0
    part: DebtPart | None = None
    acknowledges: bool | None = None
    since: date | None = None
    to: str = ""
    debtor: str = ""
    source: Locator | None = None

    @property
    def value_day(self) -> date:
        """The day from which it works: that of the payment, of a set-off the day on which both claims met."""
        return self.since or self.on


NAMES: dict[MovementKind, Text] = {
    MovementKind.PAYMENT: text("Payment"),
    MovementKind.CREDIT_NOTE: text("Credit note"),
    MovementKind.SERVICE_CREDIT: text("Service credit"),
    MovementKind.SET_OFF: text("Set-off"),
    MovementKind.WITHHELD: text("Withheld sum"),
    MovementKind.WAIVER: text("Waiver"),
    MovementKind.REDUCTION: text("Reduction"),
    MovementKind.INSURER: text("Payment by the own insurer"),
}
OURS = {MovementKind.WITHHELD, MovementKind.WAIVER, MovementKind.REDUCTION}  # what the creditor does


def _line(record: Movement) -> tuple[object, ...]:
    return (
        record.on,
        NAMES[record.kind],
        record.who,
        record.amount or text("all that is open"),
        record.purpose,
    )


def _persons(record: Movement) -> tuple[str, ...]:
    return (record.who,)


def _more(record: Movement) -> tuple[Text, ...]:
    said = []
    if record.since is not None:
        said.append(text("Both claims have faced each other since {day}.", day=record.since))
    if record.acknowledges is not None:
        said.append(
            text("With acknowledgement of the debt.")
            if record.acknowledges
            else text("Without acknowledgement of the debt.")
        )
    return tuple(said)


def _event(record: Movement) -> ChronologyEvent:
    ours = record.kind in OURS
    return ChronologyEvent(
        record.on,
        "ours" if ours else "theirs",
        NAMES[record.kind],
        who=record.who,
        quoted=record.purpose,
        more=_more(record),
        amount=record.amount or text("all that is open"),
        sources=(record.source,) if record.source else (),
    )


KIND = RecordKind(Movement, text("Movements on the account"), "notes", _line, _persons, event=_event)
