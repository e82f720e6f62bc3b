"""The words of a trade: what it calls its units of business, its customers and the place where they are served.

A sentence names them as `{units}` or `{the_place}`; each language has the forms that its grammar asks for, and a
sentence takes the form that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from heller.model.text import Text


class TradeWords(Struct, frozen=True):
    """The forms of one language. German has one form for each case of `the_place`, and a dative of the plurals."""

    unit: str
    units: str
    units_dat: str
    customers: str
    customers_dat: str
    the_place: str
    the_place_acc: str
    the_place_dat: str
    of_the_place: str


FORMS = frozenset(TradeWords.__struct_fields__)  # what a sentence may name without an argument of its own


class Trade(Struct, frozen=True):
    """One trade. `signs` are parts of words by which a firm says that it is of this trade, in small letters; one
    without any is meant where nothing else is. `words` are by language."""

    key: str
    title: Text
    signs: tuple[str, ...]
    words: Mapping[str, TradeWords]


def english(unit: str, units: str, customers: str, the_place: str) -> TradeWords:
    """English has one form for all cases."""
    return TradeWords(
        unit, units, units, customers, customers, the_place, the_place, the_place, f"of {the_place}"
    )
