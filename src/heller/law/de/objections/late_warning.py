"""'Nobody warned us in time how high the damage was.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, first_said
from heller.model.finding import Ground
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.objection import Answered, Objection
from heller.model.span import Span
from heller.model.text import text
from heller.model.worked_out import EventPart

_LATE = text(
    "The warning of unusually high damage came late: earlier it would have averted what was lost until then."
)
_NEVER = text("Nobody warned of unusually high damage; a warning would have averted it.")


def _objections(attack: Attack) -> Iterator[Objection]:
    """What was lost of the business until the warning; without a warning all of it."""
    warnings = [(part, first_said(part, ContactKind.DAMAGE_WARNING)) for part in attack.parts]
    due, off = attack.shorter([(part, [_until(part, warning)]) for part, warning in warnings])
    if not off.likely:
        return
    said = [warning for _, warning in warnings if warning is not None]
    yield Objection(
        "late_warning",
        _LATE if said else _NEVER,
        norm("BGB-254-2"),
        due,
        Answered.RECORD if len(said) == len(warnings) else Answered.OPEN,
        tuple(map(_answer, said)),
        off,
    )


def _until(part: EventPart, warning: Contact | None) -> Span:
    span = part.event.span
    return Span(span.start, min(max(warning.at, span.start), span.end) if warning else span.end)


def _answer(warning: Contact) -> Ground:
    said = text("The warning of unusually high damage went out on {day}.", day=warning.at)
    return Ground(said, warning.at.date(), (warning.source,) if warning.source else ())


OBJECTION = _objections
