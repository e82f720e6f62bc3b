"""Instalments: a part of a settled sum, and the day by which it is to be paid."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import RecordForm, day, money, person
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import text


class Instalment(RecordNoun, frozen=True, tag="instalment"):
    """An instalment that was agreed; `due` is its day in the calendar, None where no day was agreed: at once.
    `settlement` is the day of the settlement (None: the last one)."""

    amount: Money
    due: date | None = None
    settlement: date | None = None
    debtor: str = ""
    source: Locator | None = None


def _event(record: Instalment) -> ChronologyEvent:
    assert record.due is not None
    return ChronologyEvent(
        record.due,
        "theirs",
        text("Instalment due"),
        amount=record.amount,
        sources=(record.source,) if record.source else (),
    )


FIELDS = (
    money("amount", text("Which amount?"), listed=True),
    day("due", text("To be paid by"), needed=True, listed=True),
    day("settlement", text("Day of the settlement, if there are several")),
    person("debtor", text("Whose debt, if not the provider's?"), needed=False),
)
FORMS = (RecordForm("instalment", 91, text("An instalment that is due"), ("amount", "due"), german="rate"),)
KIND = RecordKind(Instalment, text("Instalments"), "notes", FIELDS, FORMS, event_of=_event, timeless=True)
