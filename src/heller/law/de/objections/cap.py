"""'The law caps what we owe.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.objections import Attack, conceded
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: the chain stops at the cap, and says what would lift it."""
    return conceded(attack, "cap", text("Liability is capped by law."))


OBJECTION = _objections
