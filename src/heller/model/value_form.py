"""How a value is written: its form and its range, for facts and for the fields of records.

A value travels in canonical form in the journal; `parse` is the one place where it becomes a value of its type.
What a person typed becomes canonical in `heller.intake.written`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Generic, TypeVar

from msgspec import Struct

from heller.model.countries import code_of
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

T = TypeVar("T")
MOST = 1_000_000_000


class ValueKind(Enum):
    """The form of a value that a person writes; the canonical form is in brackets."""

    TEXT = "text"  # as written, lines separated by '\n'
    MONEY = "money"  # 500.00
    SHARE = "share"  # 0.38
    SHARES = "shares"  # 0.4, 0.3..0.5, yes, no
    YES_NO = "yes_no"  # yes, no
    DATE = "date"  # 2015-02-04
    MOMENT = "moment"  # 2015-02-04T09:00:00+01:00
    NUMBER = "number"  # 12
    COUNTRY = "country"  # AT, two letters of ISO 3166


HOW: dict[ValueKind, Text] = {
    ValueKind.TEXT: text(
        "Write it as it stands in the document; a German state as its name or its two letters."
    ),
    ValueKind.MONEY: text("Write the amount in euro, as 500,00 or 12500,00."),
    ValueKind.SHARE: text("Write the share as 38 %."),
    ValueKind.SHARES: text("Write the share as 40 %, a range as 30 % - 50 %, or yes or no."),
    ValueKind.YES_NO: text("Write yes or no."),
    ValueKind.DATE: text("A day is expected as 04.02.2015 or 2015-02-04."),
    ValueKind.MOMENT: text("Write day and time as 04.02.2015 09:30."),
    ValueKind.NUMBER: text("Write a plain number."),
    ValueKind.COUNTRY: text("Write the country's name or its two letters, as AT."),
}


class ValueForm(Struct, Generic[T], frozen=True, kw_only=True):
    """The form of a value; numbers lie within [`least`, `most`] and are counted in `unit`. A text that is a `region`
    names a part of the country: the law of the country knows its words."""

    kind: ValueKind = ValueKind.TEXT
    least: int = 0
    most: int = MOST
    whole: bool = True
    unit: Text | None = None
    region: bool = False

    @property
    def how(self) -> Text:
        """How its value is written, for a hint and for who wrote it otherwise."""
        if self.whole and self.kind is ValueKind.NUMBER and (self.least, self.most) != (0, MOST):
            return text("Write a whole number from {least} to {most}.", least=self.least, most=self.most)
        return HOW[self.kind]

    def parse(self, value: str) -> T:
        """The value of its type; raises ValueError for one that is none or lies outside its range."""
        found: Any = value
        try:
            match self.kind:
                case ValueKind.TEXT:
                    pass
                case ValueKind.COUNTRY:
                    found = _country(value)
                case ValueKind.MONEY:
                    found = _within(Money.of(value), ZERO, None, value)
                case ValueKind.SHARE:
                    found = _within(Decimal(value), Decimal(0), Decimal(1), value)
                case ValueKind.SHARES:
                    found = _shares(value)
                case ValueKind.YES_NO:
                    found = {"yes": True, "no": False}[value]
                case ValueKind.DATE:
                    found = date.fromisoformat(value)
                case ValueKind.MOMENT:
                    found = _zoned(datetime.fromisoformat(value))
                case ValueKind.NUMBER:
                    found = _within(_plain(Decimal(value), self.whole), self.least, self.most, value)
        except (InvalidOperation, OverflowError, KeyError) as error:
            raise ValueError(value) from error
        parsed: T = found
        return parsed


def _shares(value: str) -> bool | tuple[Decimal, Decimal]:
    if value in ("yes", "no"):
        return value == "yes"
    least, _, most = value.partition("..")
    low, high = (_within(Decimal(part), Decimal(0), Decimal(1), value) for part in (least, most or least))
    if low > high:
        raise ValueError(value)
    return low, high


def _country(value: str) -> str:
    if value != code_of(value):
        raise ValueError(value)
    return value


def _within(found: Any, least: Any, most: Any, value: str) -> Any:
    if found < least or (most is not None and found > most):
        raise ValueError(value)
    return found


def _plain(found: Decimal, whole: bool) -> Decimal | int:
    if whole and found != found.to_integral_value():
        raise ValueError(str(found))
    return int(found) if whole else found


def _zoned(found: datetime) -> datetime:
    if found.tzinfo is None:
        raise ValueError(found.isoformat())
    return found
