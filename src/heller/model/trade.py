"""The words of a trade: what it calls its units of business, its customers and the place where they are served.

A sentence names them as `{units}` or `{the_place}`; each language has the forms that its grammar asks for, and a
sentence takes the form that it needs. At its beginning it writes `{units:cap}`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from heller.model.text import Text


class TradeWords(Struct, frozen=True, kw_only=True):
    """The forms of one language. German has one form for each case of `the_place`, and a dative of the plurals;
    `takings` are what the trade earns and `costs` what is saved where a unit is lost (plurals), `cancelled` is what a
    unit is that was called off."""

    unit: str
    a_unit: str
    units: str
    units_dat: str
    cancelled: str
    cancelled_units: str
    customers: str
    customers_dat: str
    the_place: str
    the_place_acc: str
    the_place_dat: str
    of_the_place: str
    costs: str
    takings: str
    takings_dat: str


FORMS = frozenset(TradeWords.__struct_fields__)  # what a sentence may name without an argument of its own


class Trade(Struct, frozen=True):
    """One trade. `signs` are parts of words by which a firm says that it is of this trade, in small letters; one
    without any is meant where nothing else is. `words` are by language. Those of a `secret` trade may not even say whom
    they serve (§ 203 StGB). `returning`: how likely it is that business put off comes back, where nobody says and no
    day after the outage shows it; no statistic, a judgement of the kind of need."""

    key: str
    title: Text
    signs: tuple[str, ...]
    words: Mapping[str, TradeWords]
    secret: bool = False
    returning: float = 0.6


def english(
    unit: str,
    units: str,
    customers: str,
    the_place: str,
    costs: str,
    *,
    article: str = "a",
    takings: str = "takings",
) -> TradeWords:
    """English has one form for all cases."""
    return TradeWords(
        unit=unit,
        a_unit=f"{article} {unit}",
        units=units,
        units_dat=units,
        cancelled="cancelled",
        cancelled_units=f"cancelled {units}",
        customers=customers,
        customers_dat=customers,
        the_place=the_place,
        the_place_acc=the_place,
        the_place_dat=the_place,
        of_the_place=f"of {the_place}",
        costs=costs,
        takings=takings,
        takings_dat=takings,
    )
