"""Steps of a service credit as contracts write them: '98.5 %=5 %' below an availability, '4 h=10 %' beyond a repair."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

STEP = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%|h|std)\s*[=:]\s*(\d+(?:[.,]\d+)?)\s*%", re.IGNORECASE)


class CreditStep(Struct, frozen=True):
    """`share` of the monthly fee, below an `availability` or from so many `hours` beyond the repair time on."""

    share: Decimal
    availability: Decimal | None = None
    hours: Decimal | None = None


def credit_steps(said: str) -> tuple[CreditStep, ...]:
    """The steps of a text, separated by semicolons. Raises ValueError for what is none.

    >>> [str(one.share) for one in credit_steps("98,5 % = 5 %; 4 h = 10 %")]
    ['0.05', '0.1']
    """
    return tuple(_step(part.strip()) for part in said.split(";") if part.strip())


def _step(said: str) -> CreditStep:
    found = STEP.fullmatch(said)
    if found is None:
        raise ValueError(said)
    bound, unit, share = found.groups()
    number, part = (Decimal(one.replace(",", ".")) for one in (bound, share))
    if unit == "%":
        return CreditStep(part / 100, availability=number / 100)
    return CreditStep(part / 100, hours=number)
