"""What the law needs to know of a case, gathered once: days, contacts that have legal weight, facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.law.book.refusals import LawRefused
from heller.law.book.rules import rule
from heller.law.de.deadlines import default_begins, state_code
from heller.law.de.limitation import Talks
from heller.law.de.who import Customer, Kind
from heller.model.case import Case
from heller.model.finding import Finding, Weight
from heller.model.money import ZERO, Money
from heller.model.outage import Detection, Outage
from heller.model.record import Contact, ContactKind
from heller.model.terms import Policy
from heller.model.text import text

T = TypeVar("T")
MOST_APPOINTMENTS = 100  # that were missed; more is a slip
MOST_MONTHS = 240  # of a lawsuit; more is a slip


class Suit(Struct, frozen=True):
    """What a lawsuit would be worked out with. `odds` that the claim succeeds on the merits are the
    user's, None where he stated none; `money_rate` is what money costs the firm a year."""

    odds: tuple[Decimal, Decimal] | None = None
    instances: int = 1
    months: int = 0
    money_rate: Decimal = Decimal(0)
    funding_share: Decimal | None = None


class LegalFacts(Struct, frozen=True):
    """The legally relevant facts. `default` is the first day of default, None before a demand with a date.

    `fault` is the firm's own share of the fault: at least, likely, at most.
    """

    as_of: date
    zone: ZoneInfo
    contacts: tuple[Contact, ...]
    talks: tuple[Talks, ...]
    state: str
    fault: tuple[Decimal, Decimal, Decimal]
    insured: Money
    mandate: date | None
    monthly_fee: Money | None
    deducts_vat: bool | None
    staff: int | None
    demand: Contact | None
    default: date | None
    offers: tuple[Contact, ...]
    reported: date | None
    policies: tuple[Policy, ...]
    insurance_none: bool | None
    customer: Customer
    all_dead: bool | None
    missed_appointments: int
    individual_terms: bool | None
    publicly_available: bool | None
    emergency_works: datetime | None
    emergency_carries: bool | None
    suit: Suit
    findings: tuple[Finding, ...]

    @property
    def agreed_cap(self) -> Money | None:
        """The cap that was agreed individually."""
        return self.customer.agreed_cap

    def of(self, *kinds: ContactKind) -> tuple[Contact, ...]:
        """The contacts of some kinds, in order of time."""
        return tuple(contact for contact in self.contacts if contact.kind in kinds)


def gather(case: Case, as_of: date) -> LegalFacts:
    """Read the facts and contacts up to a day; a fact that makes no sense costs a finding."""
    doubts: list[Finding] = []
    contacts = tuple(sorted(_until(case, as_of), key=_order))
    demand = next((c for c in contacts if c.kind is ContactKind.DEMAND and c.until), None)
    reports = [day_of(case, c) for c in contacts if c.kind is ContactKind.FAULT_REPORT]
    state = state_code(case.fact("firm.state"))
    return LegalFacts(
        as_of=as_of,
        zone=case.tz,
        contacts=contacts,
        talks=_talks(case, contacts, as_of),
        state=state,
        fault=_fault(case, doubts),
        insured=_fact(case, "insurance.paid", _not_negative, doubts) or ZERO,
        mandate=_fact(case, "lawyer.mandate", date.fromisoformat, doubts),
        monthly_fee=_fact(case, "line.monthly_fee", _not_negative, doubts),
        deducts_vat=case.yes("firm.deducts_input_vat"),
        staff=_fact(case, "firm.staff", lambda value: int(Decimal(value)), doubts),
        demand=demand,
        default=_default(demand.until, state, doubts) if demand and demand.until else None,
        offers=tuple(c for c in contacts if c.kind is ContactKind.OFFER and _has_worth(c)),
        reported=reports[0] if reports else None,
        policies=case.records(Policy),
        insurance_none=case.yes("insurance.none"),
        customer=_customer(case, doubts),
        all_dead=case.yes("line.all_dead"),
        missed_appointments=_fact(case, "line.missed_appointments", _count, doubts) or 0,
        individual_terms=case.yes("line.individual_terms"),
        publicly_available=case.yes("line.publicly_available"),
        emergency_works=_fact(case, "emergency.works_since", datetime.fromisoformat, doubts),
        emergency_carries=case.yes("emergency.carries_shop"),
        suit=_suit(case, doubts),
        findings=tuple(doubts),
    )


def day_of(case: Case, contact: Contact) -> date:
    """The calendar day of a contact at the site."""
    return contact.at.astimezone(case.tz).date()


def first_day(case: Case, outage: Outage) -> date:
    """The calendar day at the site on which the line was certainly dead for the first time."""
    return outage.start.latest.astimezone(case.tz).date()


def first_day_of(case: Case, detection: Detection) -> date | None:
    """The day whose law counts: that of the first outage, None where there is none."""
    if not detection.outages:
        return None
    return first_day(case, min(detection.outages, key=lambda one: one.start.latest))


def last_day(case: Case, outage: Outage) -> date:
    """The calendar day at the site on which the service was certainly back; of one that is still dead, the last
    day on which it was measured, or as far as it was counted."""
    return outage.widest.end.astimezone(case.tz).date()


def _until(case: Case, as_of: date) -> list[Contact]:
    return [contact for contact in case.records(Contact) if day_of(case, contact) <= as_of]


def _order(contact: Contact) -> tuple[datetime, bool]:
    """By time; of one letter that offers and refuses, the refusal comes last."""
    return contact.at, contact.kind is ContactKind.REFUSAL


def _has_worth(offer: Contact) -> bool:
    """An offer names money, or a credit on future bills."""
    return bool(offer.amount) or (offer.terms is not None and bool(offer.terms.credit))


def _fault(case: Case, doubts: list[Finding]) -> tuple[Decimal, Decimal, Decimal]:
    """At least, likely, at most; where only ends are stated the likely share is the nearer end to none."""
    low = _fact(case, "fault.share_low", _share, doubts)
    likely = _fact(case, "fault.share", _share, doubts)
    high = _fact(case, "fault.share_high", _share, doubts)
    middle = likely if likely is not None else low or Decimal(0)
    return (
        min(middle, low if low is not None else middle),
        middle,
        max(middle, high if high is not None else middle),
    )


def _customer(case: Case, doubts: list[Finding]) -> Customer:
    """What the firm is. Whether it is micro or small is what a person states: that the sizes of the
    recommendation count is an open reading, so Heller does not conclude it from the number of staff."""
    small, consumer = case.yes("firm.small"), case.yes("firm.consumer")
    kind = Kind.CONSUMER if consumer else None
    if kind is None and small is not None:
        kind = Kind.SMALL if small else Kind.LARGER
    return Customer(
        kind=kind,
        waived=case.yes("line.rights_waived"),
        provider_change=case.yes("line.provider_change"),
        agreed_cap=_fact(case, "line.agreed_cap", _not_negative, doubts),
    )


def _suit(case: Case, doubts: list[Finding]) -> Suit:
    low = _fact(case, "suit.odds_low", _share, doubts)
    high = _fact(case, "suit.odds_high", _share, doubts)
    ends = [odds for odds in (low, high) if odds is not None]
    return Suit(
        odds=(min(ends), max(ends)) if ends else None,
        instances=_fact(case, "suit.instances", _instances, doubts) or 1,
        months=_fact(case, "suit.months", _months, doubts) or 0,
        money_rate=_fact(case, "suit.money_rate", _share, doubts) or Decimal(0),
        funding_share=_fact(case, "suit.funding_share", _share, doubts),
    )


def _talks(case: Case, contacts: tuple[Contact, ...], as_of: date) -> tuple[Talks, ...]:
    """Negotiations run from an invitation or offer to the next refusal, or are still open."""
    out: list[Talks] = []
    began: date | None = None
    for contact in contacts:
        day = day_of(case, contact)
        if contact.kind in {ContactKind.INVITATION, ContactKind.OFFER} and began is None:
            began = day
        elif contact.kind is ContactKind.REFUSAL and began is not None:
            out.append(Talks(began, day))
            began = None
    if began is not None:
        out.append(Talks(began, as_of))
    return tuple(out)


def _default(until: date, state: str, doubts: list[Finding]) -> date | None:
    """The first day of default; a date that no base rate and no holiday reaches is a slip of the pen."""
    try:
        first = default_begins(until, state)
    except LawRefused:
        first = date.min
    if first >= rule("BGB-247").versions[0].since:
        return first
    doubts.append(
        Finding(
            "law.odd_date",
            text("The demand letter asks for payment by {day}; that date cannot be used.", day=until),
            text("Correct the contact."),
            Weight.REFUSED,
        )
    )
    return None


def _fact(case: Case, key: str, parse: Callable[[str], T], doubts: list[Finding]) -> T | None:
    said = case.fact(key)
    if said is None:
        return None
    try:
        return parse(said)
    except (ValueError, InvalidOperation, OverflowError):
        doubts.append(
            Finding(
                "law.odd_fact",
                text(
                    "The fact {key} says '{value}'; that cannot be used and was left out.",
                    key=key,
                    value=said,
                ),
                text("Correct the fact."),
                Weight.REFUSED,
            )
        )
        return None


def _share(value: str) -> Decimal:
    share = Decimal(value)
    if not 0 <= share <= 1:
        raise ValueError(value)
    return share


def _instances(value: str) -> int:
    number = int(Decimal(value))
    if number not in (1, 2):
        raise ValueError(value)
    return number


def _months(value: str) -> int:
    number = int(Decimal(value))
    if not 0 <= number <= MOST_MONTHS:
        raise ValueError(value)
    return number


def _count(value: str) -> int:
    number = int(Decimal(value))
    if not 0 <= number <= MOST_APPOINTMENTS:
        raise ValueError(value)
    return number


def _not_negative(value: str) -> Money:
    amount = Money.of(value)
    if amount < ZERO:
        raise ValueError(value)
    return amount
