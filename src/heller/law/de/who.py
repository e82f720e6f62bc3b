"""Who is who: what a customer is, and which of the TKG's rights he has (decision table of §§ 57-59, 69-71).

Every answer may be 'depends': then it names the facts that would settle it. It asks nobody and knows no case.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

from heller.law.book.versions import choose, in_force
from heller.law.de.rules import book, norm
from heller.law.facts_of_case import Contract, Party
from heller.model.damage import NormRef
from heller.model.money import Money
from heller.model.text import Text, text


class Kind(Enum):
    """What a customer is. Medium and large firms have the same rights here."""

    CONSUMER = "consumer"
    MICRO = "micro"
    SMALL = "small"
    LARGER = "larger"
    NON_PROFIT = "non-profit"


class Right(Enum):
    """What the Act may grant, and the cap it may set against it."""

    REDUCTION = "reduction"  # § 57 (4)
    OUTAGE_SUM = "outage_sum"  # § 58 (3)
    CHANGE_SUM = "change_sum"  # § 59 (4)
    DAMAGES = "damages"  # § 69; § 44 TKG 2004
    CAP = "cap"  # § 70; § 44a TKG 2004
    SHORT_CHANGE = "short_change"  # at a change of provider one day of interruption at most


class OpenPoint(Enum):
    """What may have to be settled first."""

    KIND = "kind"
    WAIVED = "waived"
    PROVIDER_CHANGE = "provider_change"


class Customer(Struct, frozen=True):
    """What is known of the customer; None: not known.

    `waived` is an express waiver of § 71 (3), `provider_change` false means a takeover of the contract
    inside one provider, `agreed_cap` an individually negotiated amount.
    """

    kind: Kind | None = None
    waived: bool | None = None
    provider_change: bool | None = None
    agreed_cap: Money | None = None


def customer(party: Party, contract: Contract) -> Customer:
    """What the firm of a case is, as far as a person stated it."""
    kind = Kind.CONSUMER if party.consumer else None
    if kind is None and party.small is not None:
        kind = Kind.SMALL if party.small else Kind.LARGER
    return Customer(kind, contract.rights_waived, contract.provider_change, contract.agreed_cap)


class Entitlement(Struct, frozen=True):
    """Whether a right is there (None: it depends on `depends_on`), why, and by which rule."""

    right: Right
    has: bool | None
    reason: Text
    norm: NormRef
    depends_on: tuple[OpenPoint, ...] = ()


def size(
    staff: int | None, turnover: Money | None = None, balance: Money | None = None, *, on: date
) -> Kind | None:
    """Micro, small or larger by Recommendation 2003/361/EC: staff, and turnover *or* balance sheet total.

    None where what is known does not decide. That § 71 (3) TKG means this recommendation is not
    verified (TKG21-71-3). Raises ValueError for a negative number, BeyondTheData before 1 December 2021.
    """
    if (staff is not None and staff < 0) or any(m is not None and m.cents < 0 for m in (turnover, balance)):
        raise ValueError("the size of a firm is not negative")
    limits = book().in_force("TKG21-71-3", on)
    micro = _fits(
        staff, (turnover, balance), int(limits.number("micro_staff_below")), limits.money("micro_turnover")
    )
    small = _fits(
        staff, (turnover, balance), int(limits.number("small_staff_below")), limits.money("small_turnover")
    )
    if micro:
        return Kind.MICRO
    if small is False:
        return Kind.LARGER
    return Kind.SMALL if small and micro is False else None


def _fits(staff: int | None, sums: tuple[Money | None, Money | None], below: int, most: Money) -> bool | None:
    """Fewer staff than the limit and one of the two sums within it; None where that is not known."""
    if staff is not None and staff >= below:
        return False
    money = _either(sums, most)
    return None if staff is None and money is not False else money


def _either(sums: tuple[Money | None, Money | None], most: Money) -> bool | None:
    if any(sum_ is not None and sum_ <= most for sum_ in sums):
        return True
    return None if None in sums else False


def rights(customer: Customer, outage: date) -> tuple[Entitlement, ...]:
    """What the Act in force on the day of the outage gives this customer, one row per right.

    Raises BeyondTheData before 2 July 2012.
    """
    return choose(outage, (_rights_2004, _rights_2021))(customer)


def right(customer: Customer, outage: date, which: Right) -> Entitlement:
    """One row of `rights`."""
    return next(one for one in rights(customer, outage) if one.right is which)


@in_force(since="2012-07-02", until="2021-11-30")
def _rights_2004(customer: Customer) -> tuple[Entitlement, ...]:
    none = text("Lump sums for an outage exist only since 1 December 2021.")
    return (
        Entitlement(
            Right.REDUCTION,
            False,
            text("The old Act knew no reduction of the fee for poor service."),
            norm("TKG04-46-5"),
        ),
        Entitlement(Right.OUTAGE_SUM, False, none, norm("TKG04-46-5")),
        Entitlement(Right.CHANGE_SUM, False, none, norm("TKG04-46-5")),
        _damages_2004(customer),
        _cap(customer, "TKG04-44a-1", "TKG04-44a-5"),
        _short_change(
            customer,
            text("At a change of provider the service may stop for one calendar day at most."),
            "TKG04-46-1",
        ),
    )


@in_force(since="2021-12-01")
def _rights_2021(customer: Customer) -> tuple[Entitlement, ...]:
    return (
        _reduction(customer),
        _outage_sum(customer),
        _change_sum(customer),
        Entitlement(
            Right.DAMAGES,
            True,
            text("Damages for a breach of the Act go to every end user."),
            norm("TKG21-69"),
        ),
        _cap(customer, "TKG21-70-1", "TKG21-70-4"),
        _short_change(
            customer,
            text("At a change of provider the service may stop for one working day at most."),
            "TKG21-59-1",
        ),
    )


def _damages_2004(customer: Customer) -> Entitlement:
    """Whether a business is an 'Endverbraucher' is open; damages for breach of contract stay possible."""
    if customer.kind is Kind.CONSUMER:
        said = text("Damages for a breach of the Act go to consumers.")
        return Entitlement(Right.DAMAGES, True, said, norm("TKG04-44-1"))
    depends = (OpenPoint.KIND,) if customer.kind is None else ()
    return Entitlement(
        Right.DAMAGES,
        None,
        text(
            "Whether a business is an 'Endverbraucher' of § 44 (1) TKG 2004 is open; "
            "damages for breach of contract (§ 280 BGB) do not depend on it."
        ),
        norm("LIABILITY-44-BUSINESS"),
        depends,
    )


def _reduction(customer: Customer) -> Entitlement:
    only = text("The fee falls for poor service only for consumers; § 71 (3) TKG does not extend it.")
    has = None if customer.kind is None else customer.kind is Kind.CONSUMER
    return Entitlement(
        Right.REDUCTION, has, only, norm("TKG21-57-4"), (OpenPoint.KIND,) if customer.kind is None else ()
    )


def _outage_sum(customer: Customer) -> Entitlement:
    grants, rule = norm("TKG21-58-3"), norm("TKG21-71-3")
    if customer.kind is Kind.CONSUMER:
        said = text("Consumers have the lump sum for complete outage.")
        return Entitlement(Right.OUTAGE_SUM, True, said, grants)
    if customer.kind is Kind.LARGER:
        said = text("Medium and large firms have no lump sum for complete outage.")
        return Entitlement(Right.OUTAGE_SUM, False, said, rule)
    if customer.waived and customer.kind is not None:
        said = text("The firm expressly agreed to go without; so there is no lump sum for complete outage.")
        return Entitlement(Right.OUTAGE_SUM, False, said, rule)
    said = text(
        "Micro and small firms and non-profits have the lump sum for complete outage, "
        "unless they expressly agreed to go without."
    )
    unknown = (
        *((OpenPoint.KIND,) if customer.kind is None else ()),
        *((OpenPoint.WAIVED,) if customer.waived is None else ()),
    )
    return Entitlement(Right.OUTAGE_SUM, None if unknown else True, said, rule, unknown)


def _change_sum(customer: Customer) -> Entitlement:
    grants = norm("TKG21-59-2")
    if customer.provider_change is False:
        said = text("It was no change of provider: the lump sum for an interruption at one is not owed.")
        return Entitlement(Right.CHANGE_SUM, False, said, grants)
    said = text("The lump sum for an interruption at a change of provider goes to every end user.")
    if customer.provider_change is None:
        return Entitlement(Right.CHANGE_SUM, None, said, grants, (OpenPoint.PROVIDER_CHANGE,))
    return Entitlement(Right.CHANGE_SUM, True, said, grants)


def _short_change(customer: Customer, said: Text, id: str) -> Entitlement:
    change = customer.provider_change or None
    if customer.provider_change is False:
        said = text("It was a takeover inside one provider; the limit for a change of provider may not hold.")
    depends = (OpenPoint.PROVIDER_CHANGE,) if customer.provider_change is None else ()
    return Entitlement(Right.SHORT_CHANGE, change, said, norm(id), depends)


def _cap(customer: Customer, of_law: str, agreed: str) -> Entitlement:
    if customer.agreed_cap is None:
        said = text("The cap on financial loss holds against every end user.")
        return Entitlement(Right.CAP, True, said, norm(of_law))
    if customer.kind is Kind.CONSUMER:
        said = text("With a consumer no other cap can be agreed; that of the law holds.")
        return Entitlement(Right.CAP, True, said, norm(agreed))
    if customer.kind is None:
        said = text(
            "The agreed cap of {cap} replaces that of the law, unless he is a consumer.",
            cap=customer.agreed_cap,
        )
        return Entitlement(Right.CAP, True, said, norm(agreed), (OpenPoint.KIND,))
    said = text(
        "A cap of {cap} was agreed individually; it replaces that of the law.", cap=customer.agreed_cap
    )
    return Entitlement(Right.CAP, True, said, norm(agreed))
