"""'Nobody warned us in time how high the damage was.'"""

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

_LATE = text(
    "The warning of unusually high damage came late: earlier it would have averted what was lost until then."
)
_NEVER = text("Nobody warned of unusually high damage; a warning would have averted it.")
WHOLE = Fraction(10_000)  # days: more than any outage has


def _objections(attack: Attack) -> Iterator[Objection]:
    """The days until the warning, at what a day costs; without a warning all that was lost of the business."""
    part = attack.parts[0]
    if not part.detection.outages:
        return
    warning = _warning(part)
    off = of_days(part, _days(part, warning))
    if not off.likely:
        return
    yield Objection(
        "late_warning",
        _LATE if warning is not None else _NEVER,
        norm("BGB-254-2"),
        attack.less(business_of(part, off)),
        Answered.OPEN if warning is None else Answered.RECORD,
        () if warning is None else (_answer(warning),),
        off,
    )


def _warning(part: EventPart) -> Contact | None:
    warnings = (
        one
        for one in part.case.records(Contact)
        if one.kind is ContactKind.DAMAGE_WARNING and not one.incoming
    )
    return min(warnings, key=lambda one: one.at, default=None)


def _days(part: EventPart, warning: Contact | None) -> Fraction:
    if warning is None:
        return WHOLE
    waited = warning.at - part.detection.outages[0].span.start
    return Fraction(max(waited, timedelta()) // timedelta(seconds=1), 86400)


def _answer(warning: Contact) -> Ground:
    said = text("The warning of unusually high damage went out on {day}.", day=warning.at)
    return Ground(said, warning.at.date(), (warning.source,) if warning.source else ())


OBJECTION = _objections
