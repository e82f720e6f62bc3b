"""What a row of the table of facts says: what the fact is called, its form and range, whose it is, when it is asked.

A value travels in canonical form in the journal; `parse` is the one place where it becomes a value of its type.
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
PARTY = text("It stands in the letter and names the party.")


class FactKind(Enum):
    """The form of a fact's value; the canonical form is in brackets."""

    TEXT = "text"  # as written, lines separated by '\n'
    MONEY = "money"  # 500.00
    SHARE = "share"  # 0.38
    YES_NO = "yes_no"  # yes, no
    DATE = "date"  # 2015-02-04
    MOMENT = "moment"  # 2015-02-04T09:00:00+01:00
    NUMBER = "number"  # 12
    COUNTRY = "country"  # AT, two letters of ISO 3166


HOW: dict[FactKind, Text] = {
    FactKind.TEXT: text(
        "Write it as it stands in the document; a German state as its name or its two letters."
    ),
    FactKind.MONEY: text("Write the amount in euro, as 500,00 or 12500,00."),
    FactKind.SHARE: text("Write the share as 38 %."),
    FactKind.YES_NO: text("Write yes or no."),
    FactKind.DATE: text("Write the day as 04.02.2015 or 2015-02-04."),
    FactKind.MOMENT: text("Write day and time as 04.02.2015 09:30."),
    FactKind.NUMBER: text("Write a plain number."),
    FactKind.COUNTRY: text("Write the country's name or its two letters, as AT."),
}


class Side(Enum):
    """Who may see a fact."""

    US = "us"  # the own estimate of fault, odds, private risk: it never leaves the house
    THEM = "them"  # said to the other side and of no use inside
    BOTH = "both"


class FactSpec(Struct, Generic[T], frozen=True):
    """One row. `german` is the word an office types in a table, `why` says why it matters; numbers lie within
    [`least`, `most`]. Heller asks once for one that is `asked`, though it moves no euro by itself (what a country
    asks for its worth in euros, its questions say). `letterhead` facts stand in the head of every letter, in the
    order of the table."""

    key: str
    kind: FactKind
    german: str
    label: Text
    why: Text
    side: Side = Side.BOTH
    asked: bool = False
    least: int = 0
    most: int = MOST
    whole: bool = True
    unit: Text | None = None
    letterhead: bool = False
    region: bool = False  # text that names a part of the country: the law of the country knows its words

    @property
    def group(self) -> str:
        """The part of the key before the point."""
        return self.key.partition(".")[0]

    @property
    def how(self) -> Text:
        """How its value is written, for a hint and for who wrote it otherwise."""
        if self.whole and self.kind is FactKind.NUMBER and (self.least, self.most) != (0, MOST):
            return text("Write a whole number from {least} to {most}.", least=self.least, most=self.most)
        return HOW[self.kind]

    def parse(self, value: str) -> T:
        """The value of its type; raises ValueError for one that is none or lies outside its range."""
        found: Any = value
        try:
            match self.kind:
                case FactKind.TEXT:
                    pass
                case FactKind.COUNTRY:
                    found = _country(value)
                case FactKind.MONEY:
                    found = _within(Money.of(value), ZERO, None, value)
                case FactKind.SHARE:
                    found = _within(Decimal(value), Decimal(0), Decimal(1), value)
                case FactKind.YES_NO:
                    found = {"yes": True, "no": False}[value]
                case FactKind.DATE:
                    found = date.fromisoformat(value)
                case FactKind.MOMENT:
                    found = _zoned(datetime.fromisoformat(value))
                case FactKind.NUMBER:
                    found = _within(_plain(Decimal(value), self.whole), self.least, self.most, value)
        except (InvalidOperation, OverflowError, KeyError) as error:
            raise ValueError(value) from error
        parsed: T = found
        return parsed


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


def words(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[str]:
    """A fact that is text."""
    return FactSpec(key, FactKind.TEXT, german, label, why, **more)


def money(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[Money]:
    """A fact that is an amount in euro, not negative."""
    return FactSpec(key, FactKind.MONEY, german, label, why, **more)


def share(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[Decimal]:
    """A fact that is a share between 0 and 1."""
    return FactSpec(key, FactKind.SHARE, german, label, why, **more)


def yes_no(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[bool]:
    """A fact that is yes or no."""
    return FactSpec(key, FactKind.YES_NO, german, label, why, **more)


def day(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[date]:
    """A fact that is a day."""
    return FactSpec(key, FactKind.DATE, german, label, why, **more)


def moment(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[datetime]:
    """A fact that is an instant."""
    return FactSpec(key, FactKind.MOMENT, german, label, why, **more)


def decimal(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[Decimal]:
    """A fact that is a number with parts: seven and a half people."""
    return FactSpec(key, FactKind.NUMBER, german, label, why, whole=False, **more)


def number(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[int]:
    """A fact that is a whole number."""
    return FactSpec(key, FactKind.NUMBER, german, label, why, **more)


def country(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[str]:
    """A fact that is a country."""
    return FactSpec(key, FactKind.COUNTRY, german, label, why, **more)
