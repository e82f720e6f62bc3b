"""Settlements: what was agreed to be paid, when, what happens if it is not, and what is given up for it."""

from __future__ import annotations

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
)
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.terms import WAIVER_ANSWERS, Waiver
from heller.model.text import Text, text


class Forfeiture(Enum):
    """What follows when an instalment is late."""

    NONE = "none"  # nothing but default interest on it
    REST_DUE = "rest_due"  # all that is left of the settlement is due at once
    CLAIM_REVIVES = "claim_revives"  # what was given up is owed again


class Settlement(RecordNoun, frozen=True, tag="settlement"):
    """A settlement of a day over a sum, which is to be paid by `due`, or in the instalments that are noted beside it;
    `costs` are to be paid on top of it, at once.

    What is not whole after `grace` days behind its day brings the `forfeits`. `waives` says what is given up beyond
    the sum; with Waiver.NONE the rest of the claim stays owed. `events` are those that it settles, all of them where
    none is named. `debtor` is '' for the provider of the case.
    """

    on: date
    amount: Money
    who: str = ""
    due: date | None = None
    forfeits: Forfeiture = Forfeiture.NONE
    grace: int = 0
    costs: Money | None = None
    waives: Waiver = Waiver.OUTAGE
    events: tuple[str, ...] = ()
    said: str = ""
    debtor: str = ""
    source: Locator | None = None


FORFEITS: dict[Forfeiture, Text] = {
    Forfeiture.NONE: text("an instalment that is late bears default interest, nothing else"),
    Forfeiture.REST_DUE: text("an instalment that is late makes the whole rest due at once"),
    Forfeiture.CLAIM_REVIVES: text("an instalment that is late brings back the claim as it was"),
}


WORDS = {
    "nichts": Forfeiture.NONE,
    "Rest fällig": Forfeiture.REST_DUE,
    "Forderung lebt auf": Forfeiture.CLAIM_REVIVES,
}


def _event(record: Settlement) -> ChronologyEvent:
    return ChronologyEvent(
        record.on,
        "theirs",
        text("Settlement"),
        who=record.who,
        quoted=record.said,
        more=(text("Date set: {day}.", day=record.due),) if record.due else (),
        amount=record.amount,
        sources=(record.source,) if record.source else (),
    )


FIELDS = (
    day("on", text("On which day?"), default=NOW, listed=True),
    money("amount", text("Which amount?"), listed=True),
    person("who", text("Who agreed on the other side?"), needed=False, listed=True),
    prose("said", text("What was agreed?"), listed=True),
    day("due", text("To be paid by")),
    choice("forfeits", text("What follows if it is late?"), AnswerSet(FORFEITS, WORDS)),
    number("grace", text("Days that it may be late"), most=366),
    money("costs", text("Costs to be paid on top")),
    choice("waives", text("What is given up with it?"), WAIVER_ANSWERS),
    words("events", text("Which events does it settle?"), many=True),
    person("debtor", text("Whose debt, if not the provider's?"), needed=False),
)
FORMS = (RecordForm("settlement", 90, text("A settlement"), ("amount", "said"), german="vergleich"),)
KIND = RecordKind(
    Settlement,
    text("Settlements"),
    "notes",
    FIELDS,
    FORMS,
    event_of=_event,
    known_of=lambda record: record.on,
)
