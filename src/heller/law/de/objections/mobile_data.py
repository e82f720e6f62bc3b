"""'Mobile data was used for other things too.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, of_heads
from heller.model.objection import Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The heads that rest on it, as a whole."""
    says = text("Mobile data is used without an outage too; which of it was for the outage nobody shows.")
    return of_heads(attack, "mobile_data", ("mobile_data",), says, norm("HEAD-01"))


OBJECTION = _objections
