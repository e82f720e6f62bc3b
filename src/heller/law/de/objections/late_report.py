"""'You reported the fault late; until then nobody could mend it.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from heller.law.de.rules import norm
from heller.law.objections import Attack, first_said
from heller.model.finding import Ground
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.objection import Answered, Objection
from heller.model.span import Span
from heller.model.text import text
from heller.model.worked_out import EventPart

PROMPT = timedelta(hours=4)  # on a working morning the fault is seen and reported within this


def _objections(attack: Attack) -> Iterator[Objection]:
    """The time until the first report, at what it cost."""
    late = [(part, _report(part)) for part in attack.parts if _waited(part) > PROMPT]
    if not late:
        return
    due, off = attack.shorter([(part, [_until(part, report)]) for part, report in late])
    reports = [report for _, report in late if report is not None]
    yield Objection(
        "late_report",
        text("The fault was reported late; until then nobody could mend it.")
        if reports
        else text("Nobody reported the fault."),
        norm("BGB-254"),
        due,
        Answered.RECORD if len(reports) == len(late) else Answered.OPEN,
        tuple(map(_answer, reports)),
        off,
    )


def _report(part: EventPart) -> Contact | None:
    return first_said(part, ContactKind.FAULT_REPORT)


def _until(part: EventPart, report: Contact | None) -> Span:
    """From the beginning to the report, to the end where there was none."""
    span = part.event.span
    return Span(span.start, min(max(report.at, span.start), span.end) if report else span.end)


def _waited(part: EventPart) -> timedelta:
    return _until(part, _report(part)).length


def _answer(report: Contact) -> Ground:
    said = text("The fault was reported on {at}.", at=report.at)
    return Ground(said, report.at.date(), (report.source,) if report.source else ())


OBJECTION = _objections
