"""Settlements: what was agreed to be paid, when, what happens if it is not, and what is given up for it."""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import Money, total
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.terms import Waiver
from heller.model.text import Text, text


class Forfeiture(Enum):
    """What follows when an instalment is late."""

    NONE = "none"  # nothing but default interest on it
    REST_DUE = "rest_due"  # all that is left of the settlement is due at once
    CLAIM_REVIVES = "claim_revives"  # what was given up is owed again


class Instalment(Struct, frozen=True):
    """A part of the settled sum; `due` is its day in the calendar, None where no day was agreed: at once."""

    amount: Money
    due: date | None = None


class Settlement(RecordNoun, frozen=True, tag="settlement"):
    """A settlement of a day. `instalments` add up to the sum; `costs` are to be paid on top of it, at once.

    An instalment that is not whole after `grace` days behind its day brings the `forfeits`. `waives` says what is given
    up beyond the sum; with Waiver.NONE the rest of the claim stays owed. `events` are those that it settles, all of
    them where none is named. `debtor` is '' for the provider of the case.
    """

    on: date
    instalments: tuple[Instalment, ...]
    who: str = ""
    forfeits: Forfeiture = Forfeiture.NONE
    grace: int = 0
    costs: Money | None = None
    waives: Waiver = Waiver.OUTAGE
    events: tuple[str, ...] = ()
    debtor: str = ""
    source: Locator | None = None

    @property
    def amount(self) -> Money:
        """The sum of its instalments."""
        return total((one.amount for one in self.instalments), self.instalments[0].amount.currency)


FORFEITS: dict[Forfeiture, Text] = {
    Forfeiture.NONE: text("an instalment that is late bears default interest, nothing else"),
    Forfeiture.REST_DUE: text("an instalment that is late makes the whole rest due at once"),
    Forfeiture.CLAIM_REVIVES: text("an instalment that is late brings back the claim as it was"),
}


def _line(record: Settlement) -> tuple[object, ...]:
    return (record.on, record.who, record.amount, FORFEITS[record.forfeits])


def _persons(record: Settlement) -> tuple[str, ...]:
    return (record.who,)


def _instalment(n: int, one: Instalment) -> Text:
    if one.due is None:
        return text("Instalment {n}: {amount} at once.", n=n, amount=one.amount)
    return text("Instalment {n}: {amount} by {day}.", n=n, amount=one.amount, day=one.due)


def _event(record: Settlement) -> ChronologyEvent:
    return ChronologyEvent(
        record.on,
        "theirs",
        text("Settlement"),
        who=record.who,
        more=tuple(_instalment(n, one) for n, one in enumerate(record.instalments, 1)),
        amount=record.amount,
        sources=(record.source,) if record.source else (),
    )


KIND = RecordKind(Settlement, text("Settlements"), "notes", _line, _persons, event=_event)
