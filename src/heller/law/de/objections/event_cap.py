"""'Thousands were hit: all together get no more than the cap of the event.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from heller.law.de.rules import norm
from heller.law.objections import Attack, answered_plea
from heller.model.objection import Objection
from heller.model.text import text

PLEAS = (
    "gesamtschaden",
    "höchstbetrag je ereignis",
    "höchstgrenze je ereignis",
    "anteilig gekürzt",
    "großstörung",
    "per event",
    "in proportion",
)
NEW = date(2021, 12, 1)  # the law of 2021 holds from this day on


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where the other side says so: it cuts only where the claims of all together are above it."""
    began = min(part.event.began for part in attack.parts)
    rule = norm("TKG21-70-2" if began >= NEW else "TKG04-44a-3")
    answer = text(
        "It cuts in proportion only where the claims of all end users from one event together lie above it ({cite}); "
        "their sum is not stated.",
        cite=rule.cite,
    )
    says = text("The event hit many: all of them together get no more than the cap of the event.")
    yield from answered_plea(attack, "event_cap", PLEAS, says, rule, answer)


OBJECTION = _objections
