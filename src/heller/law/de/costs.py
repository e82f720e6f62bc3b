"""What a lawyer and a court cost: §§ 13, 15a RVG with the list of fees, § 34 GKG, § 23 GVG, § 78 ZPO.

Each fee is rounded to the cent, then added (§ 2 (2) RVG). It knows no case: values and days are handed in.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from msgspec import Struct

from heller.law.rules import Version, book
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text


class Fee(Struct, frozen=True):
    """One line of a bill."""

    label: Text
    amount: Money


class Bill(Struct, frozen=True):
    """A lawyer's bill: fees and lump sum without VAT, and the VAT."""

    fees: tuple[Fee, ...]
    vat: Money

    @property
    def net(self) -> Money:
        """Without VAT: the damage of a client who deducts it."""
        return total(fee.amount for fee in self.fees)

    @property
    def gross(self) -> Money:
        """With VAT."""
        return self.net + self.vat

    def sum(self, *, with_vat: bool) -> Money:
        """What the client bears."""
        return self.gross if with_vat else self.net


def stepped(value: Money, table: Version) -> Money:
    """The 1.0 fee of a value: start fee, then an increment for each *started* step of each band.

    `table` has `start` = [limit, fee], `bands` = [[limit, step, increment], ...], `above` = [step,
    increment]. Raises ValueError for a negative value.
    """
    if value.cents < 0:
        raise ValueError(f"a value cannot be negative: {value}")
    at, fee = table.row("start")
    worth = value.decimal
    for limit, step, increment in table.rows("bands"):
        if worth <= at:
            return Money.of(fee)
        fee += _started(min(worth, limit) - at, step) * increment
        at = limit
    if worth > at:
        step, increment = table.row("above")
        fee += _started(worth - at, step) * increment
    return Money.of(fee)


def _started(stretch: Decimal, step: Decimal) -> int:
    return int((stretch / step).to_integral_value(ROUND_CEILING))


def lawyer_fee(value: Money, mandate: date, factor: Decimal) -> Money:
    """A fee of the list: the 1.0 fee times the factor, at least the minimum (§ 13 RVG)."""
    table = book().for_sum("RVG-13", mandate)
    return max(stepped(value, table) * factor, table.money("minimum"))


def court_fee(value: Money, pending: date, rule: str = "GKG-1210") -> Money:
    """What the court asks for the instance (§ 34 GKG, Nr. 1210: first instance, Nr. 1220: appeal)."""
    table = book().for_sum("GKG-34", pending)
    return max(stepped(value, table) * book().for_sum(rule, pending).number("factor"), table.money("minimum"))


def vat_share(on: date) -> Decimal:
    """The rate of VAT on lawyers' fees, Nr. 7008 VV RVG, §§ 12, 28 UStG."""
    return book().for_sum("RVG-7008", on).number("share")


def out_of_court(value: Money, mandate: date, *, vat: Decimal | None = None) -> Bill:
    """The 1.3 fee of Nr. 2300 with the lump sum of Nr. 7002. `vat` is the share, by default of the day."""
    factor = book().for_sum("RVG-2300", mandate).number("factor")
    return _bill(
        (
            Fee(
                text("{factor} fee, out of court (Nr. 2300 VV RVG)", factor=factor),
                lawyer_fee(value, mandate, factor),
            ),
        ),
        mandate,
        vat,
    )


def first_instance(value: Money, mandate: date, *, vat: Decimal | None = None) -> Bill:
    """A lawyer in the first instance: Nr. 3100, 3104 and 7002."""
    factors = book().for_sum("RVG-3100 / 3104", mandate)
    procedure, hearing = factors.number("procedure"), factors.number("hearing")
    return _bill(
        (
            Fee(
                text("{factor} fee for the procedure (Nr. 3100 VV RVG)", factor=procedure),
                lawyer_fee(value, mandate, procedure),
            ),
            Fee(
                text("{factor} fee for the hearing (Nr. 3104 VV RVG)", factor=hearing),
                lawyer_fee(value, mandate, hearing),
            ),
        ),
        mandate,
        vat,
    )


def appeal(value: Money, mandate: date, *, vat: Decimal | None = None) -> Bill:
    """A lawyer in the appeal: Nr. 3200, 3202 and 7002."""
    factors = book().for_sum("RVG-3200 / 3202", mandate)
    procedure, hearing = factors.number("procedure"), factors.number("hearing")
    return _bill(
        (
            Fee(
                text("{factor} fee for the appeal procedure (Nr. 3200 VV RVG)", factor=procedure),
                lawyer_fee(value, mandate, procedure),
            ),
            Fee(
                text("{factor} fee for the appeal hearing (Nr. 3202 VV RVG)", factor=hearing),
                lawyer_fee(value, mandate, hearing),
            ),
        ),
        mandate,
        vat,
    )


def credit(value: Money, mandate: date, factor: Decimal) -> Money:
    """What of the out-of-court fee is credited on the procedure fee: half, at most 0.75 (Vorbem. 3 (4))."""
    rule = book().for_sum("RVG-V3-4", mandate)
    share = min(factor * rule.number("share"), rule.number("highest"))
    return stepped(value, book().for_sum("RVG-13", mandate)) * share


def local_court(value: Money, pending: date) -> bool:
    """Whether the local court (Amtsgericht) decides, § 23 GVG; else the regional court (Landgericht)."""
    return value <= book().for_sum("GVG-23", pending).money("local_court_up_to")


def _bill(fees: tuple[Fee, ...], on: date, vat: Decimal | None) -> Bill:
    post = book().for_sum("RVG-7002", on)
    asked = total(fee.amount for fee in fees)
    lump = min(asked * post.number("share"), post.money("highest"))
    lines = (*fees, Fee(text("lump sum for post and telephone (Nr. 7002 VV RVG)"), lump))
    net = asked + lump
    return Bill(lines, net * (vat_share(on) if vat is None else vat) if net else ZERO)
