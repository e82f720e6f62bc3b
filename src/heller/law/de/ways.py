"""Ways to the money and what they cost: payment order, arbitration; and who bears what when only a part
is won (§ 92 ZPO)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from heller.law.book.fees import fee_by_steps
from heller.law.de.costs import Bill, Fee, bill, lawyer_fee, order_fee
from heller.law.de.rules import book
from heller.model.money import ZERO, Money, half_up
from heller.model.text import text


class PaymentOrder(Struct, frozen=True):
    """A payment order: the lawyer's bill and the court's fee."""

    lawyer: Bill
    court: Money


def payment_order(
    value: Money, on: date, *, enforced: bool = False, vat: Decimal | None = None
) -> PaymentOrder:
    """Nr. 3305 VV RVG, with the enforcement order Nr. 3308 too; Nr. 1100 KV GKG with its minimum.

    Raises BeyondTheData before 2021, where the minimum is not verified.
    """
    rule = book().for_sum("GKG-1100", on)
    fee = fee_by_steps(value, book().for_sum("GKG-34", on)) * rule.number("factor")
    factors = book().for_sum("RVG-3305", on)
    fees = [
        Fee(
            text("{factor:1} fee for the payment order (Nr. 3305 VV RVG)", factor=factors.number("factor")),
            order_fee(value, on),
        )
    ]
    if enforced:
        factor = factors.number("enforced")
        label = text("{factor} fee for the enforcement order (Nr. 3308 VV RVG)", factor=factor)
        fees.append(Fee(label, lawyer_fee(value, on, factor)))
    return PaymentOrder(bill(tuple(fees), on, vat), max(fee, rule.money("minimum")))


def arbitration(value: Money, mandate: date, *, vat: Decimal | None = None) -> Bill:
    """A lawyer in arbitration, who is not needed: Nr. 2303. The body itself is free of charge."""
    factor = book().for_sum("RVG-2303", mandate).number("factor")
    label = text("{factor} fee for arbitration (Nr. 2303 VV RVG)", factor=factor)
    return bill((Fee(label, lawyer_fee(value, mandate, factor)),), mandate, vat)


class Quota(Struct, frozen=True):
    """Who bears the costs when a part is won (§ 92 ZPO): the share won, and what of the costs is borne."""

    asked: Money
    won: Money
    costs: Money
    share: Fraction

    @property
    def percent(self) -> Decimal:
        """The share won in percent, two decimals."""
        return Decimal(half_up(self.share * 10_000)) / 100

    @property
    def borne(self) -> Money:
        """What the claimant bears of the costs of both sides."""
        return self.costs * (1 - self.share)

    @property
    def left(self) -> Money:
        """What is left of what he won; it may be less than nothing."""
        return self.won - self.borne


def quota(asked: Money, won: Money, costs: Money = ZERO, *, parts: int = 0) -> Quota:
    """Costs by the share that is won. Courts round the share: `parts` 10 gives tenths (0: exact).

    Raises ValueError for a claim of nothing, a sum below zero, or more won than asked.
    """
    if asked.cents <= 0 or not 0 <= won.cents <= asked.cents:
        raise ValueError(f"{won} of {asked} cannot be won")
    share = Fraction(won.cents, asked.cents)
    if parts:
        share = Fraction(half_up(share * parts), parts)
    return Quota(asked, won, costs, share)
