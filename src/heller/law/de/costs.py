"""What a lawyer and a court cost: §§ 13, 15a RVG with the list of fees, § 34 GKG, § 23 GVG, § 78 ZPO.

Each fee is rounded to the cent, then added (§ 2 (2) RVG). It knows no case: values and days are handed in.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.law.book.fees import fee_by_steps
from heller.law.de.rules import book
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text


class Fee(Struct, frozen=True):
    """One line of a bill."""

    label: Text
    amount: Money


class Bill(Struct, frozen=True):
    """A lawyer's bill: fees, lump sum and what is credited (below zero) without VAT, and the VAT."""

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


class Course(Struct, frozen=True):
    """How a case runs. `clients` of the same subject; `early` ends before the hearing; `settled` is the
    value of a settlement reached while the case is pending; `before` is the factor of the fee out of
    court that the same lawyer asked, on the value `before_value` (None: the same value), which is
    credited; `ordered` says that a payment order came first."""

    clients: int = 1
    early: bool = False
    settled: Money | None = None
    before: Decimal | None = None
    before_value: Money | None = None
    ordered: bool = False


def lawyer_fee(value: Money, mandate: date, factor: Decimal) -> Money:
    """A fee of the list: the 1.0 fee times the factor, at least the minimum (§ 13 RVG)."""
    table = book().for_sum("RVG-13", mandate)
    return max(fee_by_steps(value, table) * factor, table.money("minimum"))


def court_fee(value: Money, pending: date, rule: str = "GKG-1210", *, early: bool = False) -> Money:
    """What the court asks for the instance (§ 34 GKG, Nr. 1210: first instance, Nr. 1220: appeal); less
    where it ends `early` by withdrawal, settlement or acknowledgement (Nr. 1211, 1221)."""
    table = book().for_sum("GKG-34", pending)
    factor = book().for_sum(rule, pending).number("early" if early else "factor")
    return max(fee_by_steps(value, table) * factor, table.money("minimum"))


def vat_share(on: date) -> Decimal:
    """The rate of VAT on lawyers' fees, Nr. 7008 VV RVG, §§ 12, 28 UStG."""
    return book().for_sum("RVG-7008", on).number("share")


def raise_factor(factor: Decimal, clients: int, mandate: date) -> Decimal:
    """A factor for several clients of the same subject, Nr. 1008: 0.3 for each further one, 2.0 at most.

    Raises ValueError for no client, BeyondTheData for several before 1 August 2013.
    """
    if clients < 1:
        raise ValueError("a lawyer has one client at least")
    if clients == 1:
        return factor
    rule = book().for_sum("RVG-1008", mandate)
    return factor + min(rule.number("factor") * (clients - 1), rule.number("highest"))


def out_of_court(
    value: Money,
    mandate: date,
    factor: Decimal | None = None,
    *,
    clients: int = 1,
    vat: Decimal | None = None,
) -> Bill:
    """The fee of Nr. 2300, 1.3 unless another factor is given, with the lump sum of Nr. 7002. `vat` is
    the share, by default of the day.

    Raises ValueError for a factor outside 0.5 to 2.5.
    """
    rule = book().for_sum("RVG-2300", mandate)
    chosen = rule.number("factor") if factor is None else factor
    if not rule.number("lowest") <= chosen <= rule.number("highest"):
        raise ValueError(f"no factor of Nr. 2300: {chosen}")
    asked = raise_factor(chosen, clients, mandate)
    label = text("{factor} fee, out of court (Nr. 2300 VV RVG)", factor=asked)
    return bill((Fee(label, lawyer_fee(value, mandate, asked)),), mandate, vat)


def first_instance(
    value: Money, mandate: date, course: Course | None = None, *, vat: Decimal | None = None
) -> Bill:
    """A lawyer in the first instance: Nr. 3100, 3104 and 7002; 3101 alone where it ends early."""
    course = course or Course()
    factors = book().for_sum("RVG-3100 / 3104", mandate)
    if course.early:
        fees = [_early(value, mandate, raise_factor(factors.number("early"), course.clients, mandate))]
    else:
        asked, hearing = (
            raise_factor(factors.number("procedure"), course.clients, mandate),
            factors.number("hearing"),
        )
        fees = [
            Fee(
                text("{factor} fee for the procedure (Nr. 3100 VV RVG)", factor=asked),
                lawyer_fee(value, mandate, asked),
            ),
            Fee(
                text("{factor} fee for the hearing (Nr. 3104 VV RVG)", factor=hearing),
                lawyer_fee(value, mandate, hearing),
            ),
        ]
    return _of_court(fees, value, mandate, course, vat)


def appeal(value: Money, mandate: date, course: Course | None = None, *, vat: Decimal | None = None) -> Bill:
    """A lawyer in the appeal: Nr. 3200, 3202 and 7002. Raises ValueError for an early end: its fee is
    not in the rules."""
    course = course or Course()
    if course.early:
        raise ValueError("the fee for an early end of the appeal is not in the rules")
    factors = book().for_sum("RVG-3200 / 3202", mandate)
    asked, hearing = (
        raise_factor(factors.number("procedure"), course.clients, mandate),
        factors.number("hearing"),
    )
    fees = [
        Fee(
            text("{factor} fee for the appeal procedure (Nr. 3200 VV RVG)", factor=asked),
            lawyer_fee(value, mandate, asked),
        ),
        Fee(
            text("{factor} fee for the appeal hearing (Nr. 3202 VV RVG)", factor=hearing),
            lawyer_fee(value, mandate, hearing),
        ),
    ]
    return _of_court(fees, value, mandate, course, vat)


def _early(value: Money, mandate: date, factor: Decimal) -> Fee:
    label = text("{factor} fee for the procedure, ended early (Nr. 3101 VV RVG)", factor=factor)
    return Fee(label, lawyer_fee(value, mandate, factor))


def _of_court(fees: list[Fee], value: Money, mandate: date, course: Course, vat: Decimal | None) -> Bill:
    if course.settled is not None:
        fees.append(settlement(course.settled, mandate, pending=True))
    return bill(tuple(fees), mandate, vat, credits=_credits(value, mandate, course))


def _credits(value: Money, mandate: date, course: Course) -> tuple[Fee, ...]:
    found = []
    if course.before is not None:
        part = value if course.before_value is None else min(value, course.before_value)
        said = text("credited from the fee out of court (Vorbem. 3 (4) VV RVG)")
        found.append(Fee(said, -credit(part, mandate, course.before)))
    if course.ordered:
        said = text("credited from the payment order (Nr. 3305 VV RVG)")
        found.append(Fee(said, -order_fee(value, mandate)))
    return tuple(found)


def credit(value: Money, mandate: date, factor: Decimal) -> Money:
    """What of the out-of-court fee is credited on the procedure fee: half, at most 0.75, on the part that
    is in court (Vorbem. 3 (4))."""
    rule = book().for_sum("RVG-V3-4", mandate)
    share = min(factor * rule.number("share"), rule.number("highest"))
    return fee_by_steps(value, book().for_sum("RVG-13", mandate)) * share


def order_fee(value: Money, mandate: date) -> Money:
    """The lawyer's fee for a payment order, Nr. 3305; credited in full on the later action."""
    return lawyer_fee(value, mandate, book().for_sum("RVG-3305", mandate).number("factor"))


def settlement(value: Money, mandate: date, *, pending: bool) -> Fee:
    """The fee for a settlement: Nr. 1000 out of court, Nr. 1003 while the case is pending."""
    rule = book().for_sum("RVG-1000", mandate)
    factor = rule.number("pending" if pending else "factor")
    number = "1003" if pending else "1000"
    label = text("{factor:1} fee for the settlement (Nr. {number} VV RVG)", factor=factor, number=number)
    return Fee(label, lawyer_fee(value, mandate, factor))


def local_court(value: Money, pending: date) -> bool:
    """Whether the local court (Amtsgericht) decides, § 23 GVG; else the regional court (Landgericht)."""
    return value <= book().for_sum("GVG-23", pending).money("local_court_up_to")


def bill(fees: tuple[Fee, ...], on: date, vat: Decimal | None = None, credits: tuple[Fee, ...] = ()) -> Bill:
    """A bill with the lump sum for post, which follows the fees before anything is credited."""
    post = book().for_sum("RVG-7002", on)
    asked = total(fee.amount for fee in fees)
    lump = min(asked * post.number("share"), post.money("highest"))
    lines = (*fees, Fee(text("lump sum for post and telephone (Nr. 7002 VV RVG)"), lump), *credits)
    net = total(line.amount for line in lines)
    return Bill(lines, net * (vat_share(on) if vat is None else vat) if net else ZERO)
