"""The facts of a case gathered once, up to a day. It knows no country: what a region is called, and when default
begins, is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

from heller.law.book.calendar import Calendar
from heller.law.book.refusals import LawRefused
from heller.law.facts_of_case import (
    Contract,
    Dealings,
    Duration,
    Emergency,
    Fees,
    Insured,
    LegalFacts,
    Party,
    Shares,
    Situation,
    Suit,
)
from heller.law.facts_of_case.account_records import account_records, acknowledged, paid_by_insurers
from heller.law.facts_of_case.talks import longest_talks, talks
from heller.model.case import Case
from heller.model.facts import emergency, fault, firm, insurance, lawyer, line, provider, suit
from heller.model.finding import Finding, Weight
from heller.model.kinds.appointment import Appointment
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.pleading import Pleading
from heller.model.kinds.policy import Policy
from heller.model.kinds.settlement import Settlement
from heller.model.money import ZERO
from heller.model.outage import Detection, Outage
from heller.model.stated_facts import Facts
from heller.model.text import text

SILENCE = 1  # months


def gather(
    case: Case,
    as_of: date,
    calendar: Calendar,
    default_begins: Callable[[date, str], date],
    silence: int = SILENCE,
) -> LegalFacts:
    """Read the facts and contacts up to a day; a date that cannot be used costs a finding.

    `default_begins` gives the first day of default after a demand for payment by a day, in a region; it
    raises LawRefused for a day that nothing can be worked out for. `silence` is after how many months without the
    next word talks are over.
    """
    contacts = tuple(sorted(_until(case, as_of), key=_order))
    day = lambda contact: day_of(case, contact)  # noqa: E731
    settled = tuple(one.on for one in case.records(Settlement) if one.on <= as_of)
    dealings = Dealings(
        as_of,
        case.tz,
        contacts,
        talks(contacts, day, as_of, silence, settled),
        longest_talks(contacts, day, as_of, settled),
        acknowledged(case, as_of),
        _settlements(case, as_of),
    )
    party = _party(case.facts, calendar)
    default, doubts = _default(dealings.demand, party.region, default_begins)
    return LegalFacts(
        dealings=dealings,
        party=party,
        contract=_contract(case.facts, sum(one.missed for one in case.records(Appointment))),
        insured=Insured(
            paid=(case.facts[insurance.PAID] or ZERO) + paid_by_insurers(case, as_of),
            same_kind=case.facts[insurance.SAME_KIND],
            policies=case.records(Policy),
            none=case.facts[insurance.NONE],
        ),
        emergency=Emergency(case.facts[emergency.WORKS_SINCE], case.facts[emergency.CARRIES_SHOP]),
        suit=_suit(case.facts),
        fees=Fees(case.facts[lawyer.MANDATE], as_of, with_vat=party.deducts_vat is False),
        default=default,
        findings=doubts,
        pleading=_pleading(case, as_of),
    )


def _pleading(case: Case, as_of: date) -> Pleading | None:
    """The last decision on the degree of fault; of one day the one that was written down last."""
    decided = sorted((one for one in case.records(Pleading) if one.on <= as_of), key=lambda one: one.on)
    return decided[-1] if decided else None


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


def _party(facts: Facts, calendar: Calendar) -> Party:
    """What the firm is. Whether it is micro or small is what a person states: which sizes the law means is
    an open reading, so Heller does not conclude it from the number of staff."""
    return Party(
        region=calendar.region(facts.place),
        fault=_fault(facts),
        deducts_vat=facts[firm.DEDUCTS_INPUT_VAT],
        staff=facts[firm.STAFF],
        small=facts[firm.SMALL],
        consumer=facts[firm.CONSUMER],
        natural=facts[firm.NATURAL],
    )


def _contract(facts: Facts, missed: int) -> Contract:
    """The line as it was agreed; appointments that were missed as stated, or as they are noted one by one."""
    return Contract(
        monthly_fee=facts[line.MONTHLY_FEE],
        agreed_cap=facts[line.AGREED_CAP],
        individual_terms=facts[line.INDIVIDUAL_TERMS],
        provider_change=facts[line.PROVIDER_CHANGE],
        rights_waived=facts[line.RIGHTS_WAIVED],
        all_dead=facts[line.ALL_DEAD],
        publicly_available=facts[line.PUBLICLY_AVAILABLE],
        left=facts[line.LEFT],
        term_end=facts[line.TERM_END],
        missed_appointments=max(facts[line.MISSED_APPOINTMENTS] or 0, missed),
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


def _settlements(case: Case, as_of: date) -> tuple[Settlement, ...]:
    """Those with the provider of the case, an accepted offer among them."""
    found = account_records(case, as_of).of(case.facts[provider.NAME] or "")
    return tuple(plan.settlement for plan in found.settlements)


def _suit(facts: Facts) -> Suit:
    ends = [odds for odds in (facts[suit.ODDS_LOW], facts[suit.ODDS_HIGH]) if odds is not None]
    return Suit(
        odds=(min(ends), max(ends)) if ends else None,
        instances=facts[suit.INSTANCES] or 1,
        durations=dict(_durations(facts)),
        money_rate=facts[suit.MONEY_RATE] or Decimal(0),
        funding_share=facts[suit.FUNDING_SHARE],
        open_bills=facts[suit.OPEN_BILLS],
        local_court=facts[suit.LOCAL_COURT],
        own_cost=facts[suit.OWN_COST] or ZERO,
        above_statute=facts[lawyer.ABOVE_STATUTE] or ZERO,
    )


LASTS = {
    "": suit.MONTHS,
    "local": suit.MONTHS_LOCAL,
    "online": suit.MONTHS_ONLINE,
    "payment_order": suit.MONTHS_ORDER,
}


def _durations(facts: Facts) -> Iterator[tuple[str, Duration]]:
    """How long each way is taken to last, with what that rests on."""
    for way, spec in LASTS.items():
        months, said = facts[spec], facts.statement(spec)
        if months and said is not None:
            yield way, Duration(months, said.basis)


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
