"""'Who pays for an emergency line saves the dead one.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The fee of the dead days, where both are asked for: the emergency line counts less the saved fee."""
    if not attack.sum_of("emergency_line").likely:
        return
    says = text("Who claims an emergency line saves the fee of the line; both at once is too much.")
    yield from of_heads(attack, "saved_fee", ("line_fee",), says, norm("HEAD-01"))


OBJECTION = _objections
