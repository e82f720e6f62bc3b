"""'Hours of pursuing the claim are your own affair.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, shown_only
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: it is shown and not added."""
    return shown_only(
        attack, "pursuit_hours", text("Hours of pursuing the claim are not paid for."), norm("HEAD-04b")
    )


OBJECTION = _objections
