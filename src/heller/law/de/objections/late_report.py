"""'You reported the fault late; until then nobody could mend it.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from heller.law.de.rules import norm
from heller.law.objections import Attack, business_of, of_days
from heller.model.finding import Ground
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.objection import Answered, Objection
from heller.model.text import text
from heller.model.worked_out import EventPart

PROMPT = timedelta(hours=4)  # on a working morning the fault is seen and reported within this


def _objections(attack: Attack) -> Iterator[Objection]:
    """The time until the first report, at what a day of the outage cost."""
    for part in attack.parts:
        if not part.detection.outages:
            continue
        report, began = _report(part), part.detection.outages[0].span.start
        if report is not None and report.at - began <= PROMPT:
            continue
        waited = (report.at if report else part.detection.outages[-1].span.end) - began
        off = of_days(part, Fraction(max(waited, timedelta()) // timedelta(seconds=1), 86400))
        yield Objection(
            "late_report",
            text("The fault was reported late; until then nobody could mend it.")
            if report
            else text("Nobody reported the fault."),
            norm("BGB-254"),
            attack.less(business_of(part, off)),
            Answered.RECORD if report else Answered.OPEN,
            (_answer(report),) if report else (),
            off,
        )
        return


def _report(part: EventPart) -> Contact | None:
    reports = (
        one for one in part.case.records(Contact) if one.kind is ContactKind.FAULT_REPORT and not one.incoming
    )
    return min(reports, key=lambda one: one.at, default=None)


def _answer(report: Contact) -> Ground:
    said = text("The fault was reported on {at}.", at=report.at)
    return Ground(said, report.at.date(), (report.source,) if report.source else ())


OBJECTION = _objections
