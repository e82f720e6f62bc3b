"""'You had no second line.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.facts import emergency
from heller.model.objection import Answered, Objection
from heller.model.span import Span
from heller.model.text import text
from heller.model.worked_out import EventPart

DAY = timedelta(days=1)


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where the business lost and no emergency line is shown: what was lost after the first day."""
    if (
        attack.claim.case.facts[emergency.WORKS_SINCE]
        or attack.sum_of("emergency_line", "mobile_data").likely
    ):
        return
    due, off = attack.shorter([(part, [_later(part)]) for part in attack.parts])
    if off.likely:
        yield Objection(
            "no_backup",
            text(
                "The business could have run over an emergency line from the second day on; there was none."
            ),
            norm("BGB-254-2"),
            due,
            Answered.OPEN,
            (),
            off,
        )


def _later(part: EventPart) -> Span:
    span = part.event.span
    return Span(min(span.start + DAY, span.end), span.end)


OBJECTION = _objections
