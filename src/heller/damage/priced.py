"""What a unit of business brings without VAT, by what is stated of its channel."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from heller.damage import vat
from heller.model.case import Case
from heller.model.facts import shop
from heller.model.kinds.sales_channel import SalesChannel
from heller.model.kinds.unit import PLURALS, WORDS, Unit, UnitKind
from heller.model.money import ZERO, Money

FULL_RATE = Decimal("0.19")  # the highest that amounts may hold: the cautious net where nobody said a rate
PLAIN = SalesChannel("")
BY_KIND = {word.casefold(): f"@{kind.value}" for word, kind in WORDS.items()} | {
    name.id.casefold(): key for key, name in PLURALS.items()
}


class Priced(Struct, frozen=True):
    """A unit with what it brings without VAT; `doubt` is how much more that is if it holds none."""

    unit: Unit
    channel: str
    net: Money
    doubt: Money = ZERO
    stated: bool = False  # what it brings is what one unit of its channel is said to bring

    @property
    def place(self) -> str:
        """By what it is told from the others."""
        at = self.unit.source
        return self.unit.number or (
            f"{at.object[:12]} {at.place}" if at else f"{self.unit.at:%Y-%m-%dT%H:%M}"
        )


def _key(name: str) -> str:
    """A channel by its name in small letters; a kind of units names the channel of all units of that kind."""
    said = name.strip().casefold()
    return BY_KIND.get(said, said)


def channels(case: Case) -> dict[str, SalesChannel]:
    """What is stated of each channel by name in small letters; what was said last counts, field by field."""
    found: dict[str, SalesChannel] = {}
    for one in case.records(SalesChannel):
        key = _key(one.name)
        before = found.get(key)
        said = {name: value for name in one.__struct_fields__ if (value := getattr(one, name)) is not None}
        found[key] = replace(before, **said) if before else one
    return found


def terms(case: Case, channel: str) -> SalesChannel:
    """What holds of a channel: what is said of it, else of all."""
    said = channels(case)
    of_all, own = said.get("", PLAIN), said.get(_key(channel))
    if own is None:
        return of_all
    stated = {name: value for name in own.__struct_fields__ if (value := getattr(own, name)) is not None}
    return replace(of_all, **stated)


def priced_of(case: Case, unit: Unit, said: SalesChannel, channel: str) -> Priced | None:
    """A unit with what it brings without VAT; None where nobody said what it brings."""
    value, gross, stated = unit.value, unit.gross, False
    if value is None:
        one = said.value if said.value is not None else case.facts[shop.UNIT_VALUE]
        if one is None:
            return None
        gross = said.gross if said.value is not None else False
        value, stated = one * _quantity(unit), True
    rate = _rate(case, unit, said) if gross else Decimal(0)
    if rate is None:
        net = _without(value, FULL_RATE)
        return Priced(unit, channel, net, value - net, stated)
    return Priced(unit, channel, _without(value, rate), ZERO, stated)


def _quantity(unit: Unit) -> Fraction:
    """How many units a row is: hours of a project, nights of a stay, else as many as it says."""
    if unit.until is not None and unit.kind is UnitKind.HOUR:
        return Fraction(int((unit.until - unit.at).total_seconds()), 3600)
    if unit.until is not None and unit.kind is UnitKind.NIGHT:
        return Fraction(max((unit.until.date() - unit.at.date()).days, 1) * unit.count)
    return Fraction(unit.count)


def _rate(case: Case, unit: Unit, said: SalesChannel) -> Decimal | None:
    """The rate that a gross amount holds; nothing where the firm charges no VAT, None where nobody said."""
    if unit.rate is not None:
        return unit.rate
    if said.vat is not None:
        return said.vat
    if (stated := case.facts[shop.VAT]) is not None:
        return stated
    return None if vat.status(case).net else Decimal(0)


def _without(gross: Money, rate: Decimal) -> Money:
    return gross * (1 / (1 + Fraction(rate)))
