"""Assignments: a claim, or a share or a sum of it, has another creditor from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import NOW, RecordForm, day, money, person, share, words
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import text


class Assignment(RecordNoun, frozen=True, tag="assignment"):
    """To whom, on which day, and how much of the principal that is open then: `amount`, else `share`.

    `notice` is the day on which the debtor was told, None where he does not know. `event` names the one whose claim
    was assigned, '' all of them.
    """

    on: date
    to: str
    amount: Money | None = None
    share: Decimal = Decimal(1)
    notice: date | None = None
    event: str = ""
    debtor: str = ""
    source: Locator | None = None


def _event(record: Assignment) -> ChronologyEvent:
    told = (
        text("The debtor was told on {day}.", day=record.notice)
        if record.notice
        else text("The debtor has not been told.")
    )
    return ChronologyEvent(
        record.on,
        "ours",
        text("Assignment"),
        who=record.to,
        more=(told,),
        amount=record.amount or text("{share:percent}", share=record.share),
        sources=(record.source,) if record.source else (),
    )


FIELDS = (
    day("on", text("On which day?"), default=NOW, listed=True),
    person("to", text("To whom?"), listed=True),
    money("amount", text("Which amount of the principal?"), listed=True),
    share("share", text("Or which share of it?")),
    day("notice", text("When was the debtor told?"), listed=True),
    words("event", text("Of which event alone?")),
    person("debtor", text("Whose debt, if not the provider's?"), needed=False),
)
FORMS = (RecordForm("assignment", 92, text("An assignment of the claim"), ("to",), german="abtretung"),)
KIND = RecordKind(
    Assignment,
    text("Assignments"),
    "notes",
    FIELDS,
    FORMS,
    event_of=_event,
    known_of=lambda record: record.on,
)
