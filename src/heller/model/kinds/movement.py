"""Movements on the account of a claim: what was paid, credited, set off, withheld, given up or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import (
    NOW,
    AnswerSet,
    RecordForm,
    choice,
    day,
    money,
    number,
    person,
    prose,
    words,
    yes_no,
)
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


PARTS: dict[DebtPart, Text] = {
    DebtPart.COSTS: text("Costs"),
    DebtPart.INTEREST: text("Interest"),
    DebtPart.PRINCIPAL: text("Principal"),
}
PART_WORDS = {"Hauptforderung": DebtPart.PRINCIPAL, "Zinsen": DebtPart.INTEREST, "Kosten": DebtPart.COSTS}
FIELDS = (
    day("on", text("On which day?"), default=NOW, listed=True),
    choice("kind", text("What was it?"), AnswerSet(NAMES), listed=True),
    money("amount", text("Which amount?"), listed=True),
    person("who", text("Who paid, credited or declared it?"), needed=False, listed=True),
    prose("purpose", text("What is it for, in the words of who paid?"), listed=True),
    words(
        "event",
        text("Which event did he name?"),
        hint=text("Its first day as 2025-03-11, with several lines 'main 2025-03-11'"),
    ),
    number("instalment", text("Which instalment did he name?"), most=999),
    choice("part", text("Which part did he name?"), AnswerSet(PARTS, PART_WORDS)),
    yes_no("acknowledges", text("Did he acknowledge the debt?")),
    day("since", text("Since when did both claims face each other?")),
    person("to", text("To which other creditor?"), needed=False),
    person("debtor", text("Whose debt, if not the provider's?"), needed=False),
)
_PAID = ("on", "who", "event", "instalment", "part", "acknowledges", "to", "debtor")


def _form(kind: MovementKind, place: int, german: str, options: tuple[str, ...]) -> RecordForm:
    return RecordForm(
        kind.value.replace("_", "-"),
        place,
        NAMES[kind],
        ("amount", "purpose"),
        options,
        preset={"kind": kind},
        german=german,
    )


FORMS = (
    _form(MovementKind.PAYMENT, 80, "zahlung", _PAID),
    _form(MovementKind.CREDIT_NOTE, 81, "gutschrift", _PAID),
    _form(MovementKind.SERVICE_CREDIT, 82, "ausfallgutschrift", _PAID),
    _form(MovementKind.SET_OFF, 83, "aufrechnung", (*_PAID, "since")),
    _form(MovementKind.WITHHELD, 84, "einbehalt", ("on", "who", "debtor")),
    _form(MovementKind.WAIVER, 85, "erlass", ("on", "who", "event", "part", "debtor")),
    _form(MovementKind.REDUCTION, 86, "ermaessigung", ("on", "who", "event", "debtor")),
    _form(MovementKind.INSURER, 87, "versicherungsleistung", ("on", "who", "event")),
)


def _faults(record: Movement) -> Iterator[tuple[str, Text]]:
    if record.amount is None and record.kind is not MovementKind.WAIVER:
        yield "amount", text("This is needed.")
    if record.since is not None and record.since > record.on:
        yield "since", text("Both claims cannot have faced each other only after the set-off.")


KIND = RecordKind(
    Movement,
    text("Movements on the account"),
    "notes",
    FIELDS,
    FORMS,
    event_of=_event,
    faults=_faults,
    known_of=lambda record: record.on,
)
