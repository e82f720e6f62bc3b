"""A question of law that a person asks without a case: what is asked, by type; a door makes a verb of it.

It knows no door: neither how an amount is written nor how an option is spelt.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NewType, TypeAlias

from msgspec import Struct

from heller.model.text import Text

Share = NewType("Share", Decimal)  # between 0 and 1
Span: TypeAlias = tuple[date, date]  # first and last day


class QuerySpec(Struct, frozen=True):
    """What is asked for; `name` where an option is not called as its parameter is; `why` it matters which word
    of a list is chosen."""

    what: Text
    name: str = ""
    why: Text | None = None
