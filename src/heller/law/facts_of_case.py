"""What the law needs to know of a case, gathered once and in groups: whoever uses one group is handed that one.

It knows no country: what a region is called, and when default begins, is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.law.book.calendar import Calendar
from heller.law.book.refusals import LawRefused
from heller.model.case import Case
from heller.model.facts import emergency, fault, firm, insurance, lawyer, line, suit
from heller.model.finding import Finding, Weight
from heller.model.money import ZERO, Money
from heller.model.outage import Detection, Outage
from heller.model.record import Contact, ContactKind
from heller.model.stated_facts import Facts
from heller.model.terms import Policy
from heller.model.text import text

Shares = tuple[Decimal, Decimal, Decimal]


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
    staff: Decimal | None = None
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
    """Read the facts and contacts up to a day; a date that cannot be used costs a finding.

    `default_begins` gives the first day of default after a demand for payment by a day, in a region; it
    raises LawRefused for a day that nothing can be worked out for.
    """
    contacts = tuple(sorted(_until(case, as_of), key=_order))
    dealings = Dealings(as_of, case.tz, contacts, _talks(case, contacts, as_of))
    party = _party(case.facts, calendar)
    default, doubts = _default(dealings.demand, party.region, default_begins)
    return LegalFacts(
        dealings=dealings,
        party=party,
        contract=_contract(case.facts),
        insured=Insured(
            paid=case.facts[insurance.PAID] or ZERO,
            policies=case.records(Policy),
            none=case.facts[insurance.NONE],
        ),
        emergency=Emergency(case.facts[emergency.WORKS_SINCE], case.facts[emergency.CARRIES_SHOP]),
        suit=_suit(case.facts),
        fees=Fees(case.facts[lawyer.MANDATE], as_of, with_vat=party.deducts_vat is False),
        default=default,
        findings=doubts,
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


def _party(facts: Facts, calendar: Calendar) -> Party:
    """What the firm is. Whether it is micro or small is what a person states: which sizes the law means is
    an open reading, so Heller does not conclude it from the number of staff."""
    return Party(
        region=calendar.region(facts[firm.STATE]),
        fault=_fault(facts),
        deducts_vat=facts[firm.DEDUCTS_INPUT_VAT],
        staff=facts[firm.STAFF],
        small=facts[firm.SMALL],
        consumer=facts[firm.CONSUMER],
    )


def _contract(facts: Facts) -> Contract:
    return Contract(
        monthly_fee=facts[line.MONTHLY_FEE],
        agreed_cap=facts[line.AGREED_CAP],
        individual_terms=facts[line.INDIVIDUAL_TERMS],
        provider_change=facts[line.PROVIDER_CHANGE],
        rights_waived=facts[line.RIGHTS_WAIVED],
        all_dead=facts[line.ALL_DEAD],
        publicly_available=facts[line.PUBLICLY_AVAILABLE],
        missed_appointments=facts[line.MISSED_APPOINTMENTS] or 0,
    )


def _fault(facts: Facts) -> Shares:
    """At least, likely, at most; where only ends are stated the likely share is the nearer end to none."""
    low, likely, high = facts[fault.SHARE_LOW], facts[fault.SHARE], facts[fault.SHARE_HIGH]
    middle = likely if likely is not None else low or Decimal(0)
    return (
        min(middle, low if low is not None else middle),
        middle,
        max(middle, high if high is not None else middle),
    )


def _suit(facts: Facts) -> Suit:
    ends = [odds for odds in (facts[suit.ODDS_LOW], facts[suit.ODDS_HIGH]) if odds is not None]
    return Suit(
        odds=(min(ends), max(ends)) if ends else None,
        instances=facts[suit.INSTANCES] or 1,
        months=facts[suit.MONTHS] or 0,
        money_rate=facts[suit.MONEY_RATE] or Decimal(0),
        funding_share=facts[suit.FUNDING_SHARE],
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
    demand: Contact | None, region: str, begins: Callable[[date, str], date]
) -> tuple[date | None, tuple[Finding, ...]]:
    """The first day of default; a date that no rate and no calendar reaches is a slip of the pen."""
    if demand is None or demand.until is None:
        return None, ()
    try:
        return begins(demand.until, region), ()
    except LawRefused:
        said = text(
            "The demand letter asks for payment by {day}; that date cannot be used.", day=demand.until
        )
        return None, (
            Finding(
                "law.odd_date",
                said,
                text("Leave the note as it is; write down the contact anew with the right day."),
                Weight.REFUSED,
            ),
        )


def situation(case: Case, given: LegalFacts, outage: Outage) -> Situation:
    """The facts with an outage."""
    return Situation(given, outage, first_day(case, outage), last_day(case, outage))
