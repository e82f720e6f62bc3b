"""Money: integer cents with a currency. It knows no formatting and no tax."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from msgspec import Struct

CENT = Decimal("0.01")


def half_up(value: Decimal | Fraction) -> int:
    """Round to a whole number, halves away from zero (commercial rounding).

    >>> half_up(Decimal("230.5")), half_up(Decimal("-230.5")), half_up(Fraction(1, 3))
    (231, -231, 0)
    """
    if isinstance(value, Fraction):
        sign = -1 if value < 0 else 1
        return sign * ((2 * abs(value.numerator) + value.denominator) // (2 * value.denominator))
    return int(value.to_integral_value(ROUND_HALF_UP))


NO_CURRENCY = "XXX"  # ISO 4217: none is involved; it equals no other, so nothing is paid in it


class Money(Struct, frozen=True):
    """An amount in integer cents.

    >>> Money.of("12.34") + Money(66)
    Money(cents=1300, currency='EUR')
    """

    cents: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        """Refuse anything but whole cents: a float would lose them silently."""
        if type(self.cents) is not int:
            raise TypeError(f"cents must be int, not {type(self.cents).__name__}")

    @classmethod
    def of(cls, value: str | Decimal | int, currency: str = "EUR") -> Money:
        """Money from a decimal in whole units; half cents are rounded away from zero.

        Raises TypeError for a float and decimal.InvalidOperation for text that is no number.
        """
        if isinstance(value, float):
            raise TypeError("money is never made from a float")
        return cls(half_up(Decimal(value) * 100), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units with two places."""
        return (Decimal(self.cents) / 100).quantize(CENT)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.cents - other.cents, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)

    def __mul__(self, factor: int | Decimal | Fraction) -> Money:
        """Times a whole number, a decimal or a fraction, rounded half up to the cent."""
        if isinstance(factor, float):
            raise TypeError("money is never multiplied by a float")
        if isinstance(factor, Fraction):
            return Money(half_up(self.cents * factor), self.currency)
        return Money(half_up(Decimal(self.cents) * factor), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.cents < other.cents

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.cents <= other.cents

    def __gt__(self, other: Money) -> bool:
        return other < self

    def __ge__(self, other: Money) -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return self.cents != 0

    def split(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Share out by weights so that the parts add up to the cent (largest remainder).

        >>> [part.cents for part in Money(100).split([1, 1, 1])]
        [34, 33, 33]
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        floors = [self.cents * weight // total for weight in weights]
        order = sorted(range(len(weights)), key=lambda i: (-(self.cents * weights[i] % total), i))
        for i in order[: self.cents - sum(floors)]:
            floors[i] += 1
        return tuple(Money(part, self.currency) for part in floors)


ZERO = Money(0)


def total(amounts: Iterable[Money], currency: str = "EUR") -> Money:
    """The sum; the empty sum is zero in the given currency."""
    return sum(amounts, Money(0, currency))
