"""What the law needs to know of a case, gathered once and in groups: whoever uses one group is handed that one.

It knows no country: what a region is called, and when default begins, is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.law.book.calendar import Calendar
from heller.law.book.refusals import LawRefused
from heller.model.case import Case
from heller.model.finding import Finding, Weight
from heller.model.money import ZERO, Money
from heller.model.outage import Detection, Outage
from heller.model.record import Contact, ContactKind
from heller.model.terms import Policy
from heller.model.text import text

T = TypeVar("T")
Shares = tuple[Decimal, Decimal, Decimal]
MOST_APPOINTMENTS = 100  # that were missed; more is a slip
MOST_MONTHS = 240  # of a lawsuit; more is a slip


class Talks(Struct, frozen=True, order=True):
    """Negotiations about the claim, first and last day included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How long they lasted."""
        return (self.last - self.first).days + 1


class Dealings(Struct, frozen=True):
    """What was said between the parties up to the day asked for, in order of time."""

    as_of: date
    zone: ZoneInfo
    contacts: tuple[Contact, ...]
    talks: tuple[Talks, ...]

    def of(self, *kinds: ContactKind) -> tuple[Contact, ...]:
        """The contacts of some kinds, in order of time."""
        return tuple(contact for contact in self.contacts if contact.kind in kinds)

    def day(self, contact: Contact) -> date:
        """The calendar day of a contact at the site."""
        return contact.at.astimezone(self.zone).date()

    @property
    def demand(self) -> Contact | None:
        """The first letter of demand that names a day."""
        return next((one for one in self.of(ContactKind.DEMAND) if one.until), None)

    @property
    def offers(self) -> tuple[Contact, ...]:
        """Offers that are worth something: money, or a credit on future bills."""
        return tuple(one for one in self.of(ContactKind.OFFER) if _has_worth(one))

    @property
    def reported(self) -> date | None:
        """The day on which the fault was reported first."""
        return next((self.day(one) for one in self.of(ContactKind.FAULT_REPORT)), None)


class Party(Struct, frozen=True):
    """The firm as the law sees it; None: not stated. `region` is the part of the country whose public
    holidays count ('': unknown), `small` says micro or small, `fault` is its own share: at least, likely, at most."""

    region: str
    fault: Shares
    deducts_vat: bool | None = None
    staff: int | None = None
    small: bool | None = None
    consumer: bool | None = None


class Contract(Struct, frozen=True):
    """The line as it was agreed and used; None: not stated."""

    monthly_fee: Money | None = None
    agreed_cap: Money | None = None
    individual_terms: bool | None = None
    provider_change: bool | None = None
    rights_waived: bool | None = None
    all_dead: bool | None = None
    publicly_available: bool | None = None
    missed_appointments: int = 0


class Insured(Struct, frozen=True):
    """The own insurances: what they paid, the policies, whether it is said that there is none."""

    paid: Money = ZERO
    policies: tuple[Policy, ...] = ()
    none: bool | None = None


class Emergency(Struct, frozen=True):
    """The emergency connection: since when it worked, whether it carried the shop."""

    works: datetime | None = None
    carries: bool | None = None


class Suit(Struct, frozen=True):
    """What a lawsuit would be worked out with. `odds` that the claim succeeds on the merits are the
    user's, None where he stated none; `money_rate` is what money costs the firm a year."""

    odds: tuple[Decimal, Decimal] | None = None
    instances: int = 1
    months: int = 0
    money_rate: Decimal = Decimal(0)
    funding_share: Decimal | None = None


class Fees(Struct, frozen=True):
    """What selects a table of fees: the day of the mandate (None: nobody is mandated), the day on which the
    case would be brought to court, whether VAT on a bill is borne."""

    mandate: date | None
    pending: date
    with_vat: bool = False

    @property
    def agreed(self) -> date:
        """The day whose table counts for the lawyer: that of the mandate, else the day asked for."""
        return self.mandate or self.pending


class LegalFacts(Struct, frozen=True):
    """The legally relevant facts, group by group. `default` is the first day of default, None before a
    demand with a date."""

    dealings: Dealings
    party: Party
    contract: Contract
    insured: Insured
    emergency: Emergency
    suit: Suit
    fees: Fees
    default: date | None
    findings: tuple[Finding, ...]

    @property
    def as_of(self) -> date:
        """The day asked for."""
        return self.dealings.as_of


class Situation(Struct, frozen=True):
    """The facts, and the outage whose day selects the law: first and last calendar day at the site."""

    given: LegalFacts
    outage: Outage
    began: date
    back: date

    @property
    def back_at_the_earliest(self) -> date:
        """The day on which the service may have been back: what is counted by days ends here."""
        return self.outage.end.earliest.astimezone(self.given.dealings.zone).date()


def gather(
    case: Case, as_of: date, calendar: Calendar, default_begins: Callable[[date, str], date]
) -> LegalFacts:
    """Read the facts and contacts up to a day; a fact that makes no sense costs a finding.

    `default_begins` gives the first day of default after a demand for payment by a day, in a region; it
    raises LawRefused for a day that nothing can be worked out for.
    """
    doubts: list[Finding] = []
    contacts = tuple(sorted(_until(case, as_of), key=_order))
    dealings = Dealings(as_of, case.tz, contacts, _talks(case, contacts, as_of))
    party = _party(case, calendar, doubts)
    return LegalFacts(
        dealings=dealings,
        party=party,
        contract=_contract(case, doubts),
        insured=Insured(
            paid=_fact(case, "insurance.paid", _not_negative, doubts) or ZERO,
            policies=case.records(Policy),
            none=case.yes("insurance.none"),
        ),
        emergency=Emergency(
            works=_fact(case, "emergency.works_since", datetime.fromisoformat, doubts),
            carries=case.yes("emergency.carries_shop"),
        ),
        suit=_suit(case, doubts),
        fees=Fees(
            mandate=_fact(case, "lawyer.mandate", date.fromisoformat, doubts),
            pending=as_of,
            with_vat=party.deducts_vat is False,
        ),
        default=_default(dealings.demand, party.region, default_begins, doubts),
        findings=tuple(doubts),
    )


def day_of(case: Case, contact: Contact) -> date:
    """The calendar day of a contact at the site."""
    return contact.at.astimezone(case.tz).date()


def first_day(case: Case, outage: Outage) -> date:
    """The calendar day at the site on which the line was certainly dead for the first time."""
    return outage.start.latest.astimezone(case.tz).date()


def first_outage(detection: Detection) -> Outage | None:
    """The outage whose day selects the law: the first one."""
    return min(detection.outages, key=lambda one: one.start.latest, default=None)


def first_day_of(case: Case, detection: Detection) -> date | None:
    """The day whose law counts: that of the first outage, None where there is none."""
    outage = first_outage(detection)
    return first_day(case, outage) if outage else None


def last_day(case: Case, outage: Outage) -> date:
    """The calendar day at the site on which the service was certainly back."""
    return outage.end.latest.astimezone(case.tz).date()


def _until(case: Case, as_of: date) -> list[Contact]:
    return [contact for contact in case.records(Contact) if day_of(case, contact) <= as_of]


def _order(contact: Contact) -> tuple[datetime, bool]:
    """By time; of one letter that offers and refuses, the refusal comes last."""
    return contact.at, contact.kind is ContactKind.REFUSAL


def _has_worth(offer: Contact) -> bool:
    """An offer names money, or a credit on future bills."""
    return bool(offer.amount) or (offer.terms is not None and bool(offer.terms.credit))


def _party(case: Case, calendar: Calendar, doubts: list[Finding]) -> Party:
    """What the firm is. Whether it is micro or small is what a person states: which sizes the law means is
    an open reading, so Heller does not conclude it from the number of staff."""
    return Party(
        region=calendar.region(case.fact("firm.state")),
        fault=_fault(case, doubts),
        deducts_vat=case.yes("firm.deducts_input_vat"),
        staff=_fact(case, "firm.staff", lambda value: int(Decimal(value)), doubts),
        small=case.yes("firm.small"),
        consumer=case.yes("firm.consumer"),
    )


def _contract(case: Case, doubts: list[Finding]) -> Contract:
    return Contract(
        monthly_fee=_fact(case, "line.monthly_fee", _not_negative, doubts),
        agreed_cap=_fact(case, "line.agreed_cap", _not_negative, doubts),
        individual_terms=case.yes("line.individual_terms"),
        provider_change=case.yes("line.provider_change"),
        rights_waived=case.yes("line.rights_waived"),
        all_dead=case.yes("line.all_dead"),
        publicly_available=case.yes("line.publicly_available"),
        missed_appointments=_fact(case, "line.missed_appointments", _count, doubts) or 0,
    )


def _fault(case: Case, doubts: list[Finding]) -> Shares:
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


def _default(
    demand: Contact | None, region: str, begins: Callable[[date, str], date], doubts: list[Finding]
) -> date | None:
    """The first day of default; a date that no rate and no calendar reaches is a slip of the pen."""
    if demand is None or demand.until is None:
        return None
    try:
        return begins(demand.until, region)
    except LawRefused:
        doubts.append(
            Finding(
                "law.odd_date",
                text(
                    "The demand letter asks for payment by {day}; that date cannot be used.", day=demand.until
                ),
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


def situation(case: Case, given: LegalFacts, outage: Outage) -> Situation:
    """The facts with an outage."""
    return Situation(given, outage, first_day(case, outage), last_day(case, outage))
