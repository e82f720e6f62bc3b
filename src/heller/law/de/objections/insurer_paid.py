"""'Your own insurer has paid that.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.objections import Attack, conceded
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded as far as it passed to the insurer: the chain takes it off."""
    return conceded(attack, "insurers", text("Your own insurer has paid for that loss."))


OBJECTION = _objections
