"""'A good name has no price.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, shown_only
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: it is shown and not added."""
    return shown_only(
        attack, "goodwill", text("A loss of goodwill as such is not made good in money."), norm("HEAD-09")
    )


OBJECTION = _objections
