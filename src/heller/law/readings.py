"""Other readings of the law, each with its worth, and what would lift the cap. Nothing here is added up."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from heller.law.chain import change, each, less
from heller.law.dated import choose, dated
from heller.law.de import interest, liability, lumpsums
from heller.law.de.liability import Cap, Lifter
from heller.law.given import Given
from heller.law.rules import norm, open_norm
from heller.model.amount import Range
from heller.model.claim import Alternative, Lift
from heller.model.damage import Assessment, NormRef
from heller.model.finding import Locator
from heller.model.money import ZERO, Money
from heller.model.outage import Outage
from heller.model.record import Contact, ContactKind
from heller.model.text import Text, text

SHOWS_KNOWLEDGE = (ContactKind.PROMISE, ContactKind.DAMAGE_WARNING, ContactKind.ONLINE_CLAIM)


class Situation(Struct, frozen=True):
    """Where the chain stands: the sum before the cap, after insurers, and the interest in it."""

    given: Given
    outage: Outage
    began: date
    back: date
    cap: Cap
    before_cap: Range
    principal: Range
    interest: Range


class _Early(Struct, frozen=True):
    """Interest from the day of the damage: what it rests on."""

    text: Text
    norm: NormRef


@dated(since="2012-07-02", until="2021-11-30")
def _early_2004() -> _Early:
    return _Early(
        text(
            "Interest from the day the damage occurred, not from default: it depends on whether a business "
            "is an 'Endverbraucher' in § 44 (1) TKG 2004."
        ),
        open_norm("TKG04-44-2"),
    )


@dated(since="2021-12-01")
def _early_2021() -> _Early:
    return _Early(
        text(
            "Interest from the day the damage occurred, not from default: it depends on whether the outage "
            "was a breach of the Act itself."
        ),
        open_norm("TKG21-69"),
    )


def alternatives(situation: Situation, assessment: Assessment) -> tuple[Alternative, ...]:
    """Every other reading that is worth something in this case."""
    found = (
        _early_interest(situation),
        _fee_outside(situation, assessment),
        _cap_lifted(situation),
        _lump_sum_outage(situation),
        _lump_sum_change(situation),
    )
    return tuple(one for one in found if one is not None and one.worth != Range())


def lifts(situation: Situation) -> tuple[Lift, ...]:
    """The facts that lift the cap, what each is worth, and what in the case speaks for it."""
    return tuple(_lift(situation, lifter) for lifter in liability.lifters(situation.began))


def _lift(situation: Situation, lifter: Lifter) -> Lift:
    if lifter.key == "agreement" and situation.cap.agreed:
        return Lift(situation.cap.reason, Range(), lifter.norm, met=True)
    if not lifter.lifts:
        return Lift(lifter.text, Range(), lifter.norm, met=False)
    worth = _over_the_cap(situation)
    known = _knowledge(situation) if lifter.fault else ()
    if not known:
        return Lift(lifter.text, worth, lifter.norm, met=None)
    said = text(
        "{what} Contacts in this case that show what the provider was told or had promised: {n}; "
        "none proves it alone.",
        what=lifter.text,
        n=len(known),
    )
    return Lift(said, worth, lifter.norm, met=None, sources=_sources(known))


def _knowledge(situation: Situation) -> tuple[Contact, ...]:
    """Promises and warnings before the service was back: what the provider knew when it mattered."""
    end = situation.outage.end.latest
    return tuple(contact for contact in situation.given.of(*SHOWS_KNOWLEDGE) if contact.at <= end)


def _sources(contacts: tuple[Contact, ...]) -> tuple[Locator, ...]:
    return tuple(contact.source for contact in contacts if contact.source is not None)


def _after_insurers(situation: Situation, amount: Range) -> Range:
    return each(amount, lambda one: max(one - situation.given.insured, ZERO))


def _over_the_cap(situation: Situation) -> Range:
    """What the cap takes away, after what insurers paid."""
    return change(situation.principal, _after_insurers(situation, situation.before_cap))


def _early_interest(situation: Situation) -> Alternative | None:
    """From the day after the service was back: by then all of the damage had occurred."""
    first = situation.back + timedelta(1)
    last = min(situation.given.as_of, interest.last_known_day())
    if first > last:
        return None
    earlier = each(situation.principal, lambda sum_: interest.interest(sum_, first, last).amount)
    reading = choose(situation.began, (_early_2004, _early_2021))()
    worth = change(situation.interest, earlier)
    return Alternative("interest_from_damage", reading.text, worth, reading.norm)


def _fee_outside(situation: Situation, assessment: Assessment) -> Alternative | None:
    """The refund of the fee is no damages, so the cap may leave it alone: an open reading."""
    fee = sum((p.amount for p in assessment.positions if p.head == "line_fee" and p.recoverable), Range())
    fee = each(fee, lambda amount: amount * (1 - situation.given.fault_share))
    rest = less(situation.before_cap, fee).capped(situation.cap.amount)
    worth = change(situation.principal, _after_insurers(situation, rest + fee))
    if worth.likely <= ZERO:
        return None
    return Alternative(
        "fee_outside_cap",
        text(
            "The fee for the dead days comes back as a refund, not as damages, and so lies outside the cap."
        ),
        worth,
        open_norm("HEAD-11"),
    )


def _cap_lifted(situation: Situation) -> Alternative | None:
    if situation.cap.agreed:
        return None
    lifter = next(one for one in liability.lifters(situation.began) if one.key == "intent")
    return Alternative(
        "cap_lifted",
        text("The cap falls. {what}", what=lifter.text),
        _over_the_cap(situation),
        lifter.norm,
    )


def _lump_sum_outage(situation: Situation) -> Alternative | None:
    """§ 58 (3) for micro and small firms; size and waiver are facts to settle."""
    given = situation.given
    if given.reported is None or given.monthly_fee is None:
        return None
    began, back = situation.began, situation.back
    sum_ = lumpsums.for_outage(given.reported, back, given.monthly_fee, law_of=began).total
    if not sum_ or not lumpsums.may_be_small(given.staff, began):
        return None
    return _beyond(
        "lump_sum_outage",
        text(
            "A lump sum of {sum} for complete outage, if the firm has fewer than 50 staff, did not waive it, "
            "and all services of the contract were dead. It counts only where it exceeds the damage.",
            sum=sum_,
        ),
        sum_,
        situation,
        "TKG21-58-3",
    )


def _lump_sum_change(situation: Situation) -> Alternative | None:
    """§ 59 (4) for every end user at a change of provider."""
    given = situation.given
    if not given.provider_change or given.monthly_fee is None:
        return None
    sum_ = lumpsums.for_change(
        situation.began, situation.back, given.monthly_fee, state=given.state, law_of=situation.began
    ).total
    return _beyond(
        "lump_sum_change",
        text(
            "A lump sum of {sum} for the interruption at the change of provider, working days from Monday "
            "to Friday. It counts only where it exceeds the damage.",
            sum=sum_,
        ),
        sum_,
        situation,
        "TKG21-59-2",
    )


def _beyond(key: str, words: Text, sum_: Money, situation: Situation, id: str) -> Alternative | None:
    """A lump sum, shown even where the damage is higher and it adds nothing."""
    if not sum_:
        return None
    more = each(situation.principal, lambda damage: max(damage, min(sum_, situation.cap.amount)))
    return Alternative(key, words, change(situation.principal, more), replace(norm(id), mark="UNVERIFIED"))
