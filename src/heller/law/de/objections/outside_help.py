"""'Your own people could have done that.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("Own people could have done what was paid to others.")
    return of_heads(attack, "outside_help", ("outside_help",), says, norm("BGB-254-2"))


OBJECTION = _objections
