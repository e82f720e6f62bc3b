"""Amounts with range, grade of proof and working."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import ZERO, Money
from heller.model.text import Text


class ProofGrade(Enum):
    """How an amount is proven, the strongest first."""

    RECEIPT = "receipt"  # a third party's document
    RECORD = "record"  # the firm's own record
    COMPUTED = "computed"  # from records, by a method
    STATED = "stated"  # somebody says so


class Range(Struct, frozen=True):
    """Low, likely, high. The cautious figure is the low one.

    >>> Range.exact(Money(100)) + Range(Money(1), Money(2), Money(3))
    Range(low=Money(cents=101, currency='EUR'), likely=Money(cents=102, currency='EUR'), high=Money(cents=103, currency='EUR'))
    """  # noqa: E501 -- the doctest's answer is one line

    low: Money = ZERO
    likely: Money = ZERO
    high: Money = ZERO

    def __post_init__(self) -> None:
        """Refuse a range that is upside down."""
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"range is upside down: {self.low}, {self.likely}, {self.high}")

    @classmethod
    def exact(cls, amount: Money) -> Range:
        """A range without width."""
        return cls(amount, amount, amount)

    @property
    def is_exact(self) -> bool:
        """Whether low and high are the same."""
        return self.low == self.high

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.likely, -self.low)

    def __sub__(self, other: Range) -> Range:
        """The widest range that a difference can have (the other's high meets this one's low)."""
        return self + -other

    def capped(self, cap: Money) -> Range:
        """Each of the three figures, at most the cap."""
        return Range(min(self.low, cap), min(self.likely, cap), min(self.high, cap))


class WorkingLine(Struct, frozen=True):
    """One line of how an amount was reached, as it is printed."""

    text: Text
    amount: Range | None = None
    sources: tuple[Locator, ...] = ()
