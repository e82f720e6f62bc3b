"""What a row of the table of facts says: what the fact is called, its form and range, whose it is, when it is asked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from heller.model.money import Money
from heller.model.text import Text, text
from heller.model.value_form import ValueForm, ValueKind

T = TypeVar("T")
PARTY = text("It stands in the letter and names the party.")


class Side(Enum):
    """Who may see a fact."""

    US = "us"  # the own estimate of fault, odds, private risk: it never leaves the house
    THEM = "them"  # said to the other side and of no use inside
    BOTH = "both"


class FactSpec(ValueForm[T], Generic[T], frozen=True):
    """One row. `german` is the word an office types in a table, `why` says why it matters. Heller asks once for one
    that is `asked`, though it moves no euro by itself (what a country asks for its worth in euros, its questions say).
    `letterhead` facts stand in the head of every letter, in the order of the table. `also` are further words for it,
    which older tables of facts have. A day that is agreed `ahead` is known before it comes; any other is not."""

    key: str
    german: str
    label: Text
    why: Text
    side: Side = Side.BOTH
    asked: bool = False
    letterhead: bool = False
    also: tuple[str, ...] = ()
    ahead: bool = False

    @property
    def group(self) -> str:
        """The part of the key before the point."""
        return self.key.partition(".")[0]


def words(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[str]:
    """A fact that is text."""
    return FactSpec(key, german, label, why, kind=ValueKind.TEXT, **more)


def money(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[Money]:
    """A fact that is an amount in euro, not negative."""
    return FactSpec(key, german, label, why, kind=ValueKind.MONEY, **more)


def share(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[Decimal]:
    """A fact that is a share between 0 and 1."""
    return FactSpec(key, german, label, why, kind=ValueKind.SHARE, **more)


def shares(
    key: str, german: str, label: Text, why: Text, **more: Any
) -> FactSpec[bool | tuple[Decimal, Decimal]]:
    """A share between 0 and 1, or two between which it lies; yes where nobody knows which, no for none."""
    return FactSpec(key, german, label, why, kind=ValueKind.SHARES, **more)


def yes_no(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[bool]:
    """A fact that is yes or no."""
    return FactSpec(key, german, label, why, kind=ValueKind.YES_NO, **more)


def day(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[date]:
    """A fact that is a day."""
    return FactSpec(key, german, label, why, kind=ValueKind.DATE, **more)


def moment(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[datetime]:
    """A fact that is an instant."""
    return FactSpec(key, german, label, why, kind=ValueKind.MOMENT, **more)


def decimal(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[Decimal]:
    """A fact that is a number with parts: seven and a half people."""
    return FactSpec(key, german, label, why, kind=ValueKind.NUMBER, whole=False, **more)


def number(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[int]:
    """A fact that is a whole number."""
    return FactSpec(key, german, label, why, kind=ValueKind.NUMBER, **more)


def country(key: str, german: str, label: Text, why: Text, **more: Any) -> FactSpec[str]:
    """A fact that is a country."""
    return FactSpec(key, german, label, why, kind=ValueKind.COUNTRY, **more)
