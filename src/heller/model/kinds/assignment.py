"""Assignments: a claim, or a share or a sum of it, has another creditor from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from heller.model.finding import Locator
from heller.model.money import Money
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


def _line(record: Assignment) -> tuple[object, ...]:
    return (record.on, record.to, record.amount or text("{share:percent}", share=record.share))


def _persons(record: Assignment) -> tuple[str, ...]:
    return (record.to,)


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


KIND = RecordKind(Assignment, text("Assignments"), "notes", _line, _persons, event=_event)
