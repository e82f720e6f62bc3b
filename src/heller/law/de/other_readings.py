"""Other readings of the law, each with its worth. Nothing here is added up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from heller.law.book.rules import norm, open_norm
from heller.law.book.versions import choose, in_force
from heller.law.chain.running import change, each, less
from heller.law.de import interest, liability, lumpsums
from heller.law.de.liability import Cap
from heller.law.de.lumpsums import LumpSum
from heller.law.de.set_off import Lump, change_sums, outage_sums
from heller.law.de.who import Kind
from heller.law.facts_of_case import LegalFacts
from heller.model.amount import Range
from heller.model.claim import Alternative
from heller.model.damage import Assessment, NormRef
from heller.model.money import ZERO, Money
from heller.model.outage import Outage
from heller.model.text import Text, text


class Situation(Struct, frozen=True):
    """Where the chain stands: the sum before the cap, after insurers, and the interest in it."""

    given: LegalFacts
    outage: Outage
    began: date
    back: date
    cap: Cap
    lump: Lump
    before_cap: Range
    principal: Range
    interest: Range


class _Early(Struct, frozen=True):
    """Interest from the day of the damage: what it rests on."""

    text: Text
    norm: NormRef


@in_force(since="2012-07-02", until="2021-11-30")
def _early_2004() -> _Early:
    return _Early(
        text(
            "Interest from the day the damage occurred, not from default: it depends on whether a business "
            "is an 'Endverbraucher' in § 44 (1) TKG 2004."
        ),
        open_norm("TKG04-44-2"),
    )


@in_force(since="2021-12-01")
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
        _emergency_cut_off(situation, assessment),
    )
    return tuple(one for one in found if one is not None and one.worth != Range())


def _after_insurers(situation: Situation, amount: Range) -> Range:
    return each(amount, lambda one: max(one - situation.given.insured, ZERO))


def over_the_cap(situation: Situation) -> Range:
    """What a fact that lifts the cap is worth: what the cap takes away, after what insurers paid."""
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
    fee = each(fee, lambda amount: amount * (1 - situation.given.fault[1]))
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
        over_the_cap(situation),
        lifter.norm,
    )


def _lump_sum_outage(situation: Situation) -> Alternative | None:
    """§ 58 (3) for micro and small firms; size, waiver and what was dead are facts to settle."""
    given, began = situation.given, situation.began
    sums = outage_sums(given, began, situation.back)
    if not _most(sums) or not lumpsums.may_be_small(given.staff, began):
        return None
    if given.customer.kind is Kind.LARGER:
        return None
    return _beyond(
        "lump_sum_outage",
        text(
            "A lump sum of {sum} for complete outage, if the firm has fewer than 50 staff, did not waive it, "
            "and all services of the contract were dead. It counts only where it exceeds the damage."
        ),
        sums,
        situation,
        "TKG21-58-3",
    )


def _lump_sum_change(situation: Situation) -> Alternative | None:
    """§ 59 (4) for every end user at a change of provider."""
    given, began = situation.given, situation.began
    if given.customer.provider_change is False:
        return None
    return _beyond(
        "lump_sum_change",
        text(
            "A lump sum of {sum} if this was a change of provider, working days counted as widely as can be. "
            "It counts only where it exceeds the damage."
        ),
        change_sums(given, began, situation.back),
        situation,
        "TKG21-59-2",
    )


def _beyond(
    key: str, words: Text, sums: tuple[LumpSum, ...], situation: Situation, id: str
) -> Alternative | None:
    """The widest reading of a lump sum: what it would add to the sum that stands before the cap."""
    most = _most(sums)
    if not most:
        return None
    before = each(situation.before_cap, lambda damage: max(damage, most)).capped(situation.cap.amount)
    worth = change(situation.principal, _after_insurers(situation, before))
    return Alternative(key, Text(words.id, {"sum": most}), worth, replace(norm(id), mark="UNVERIFIED"))


def _most(sums: tuple[LumpSum, ...]) -> Money:
    return max((one.total for one in sums), default=ZERO)


def _emergency_cut_off(situation: Situation, assessment: Assessment) -> Alternative | None:
    """OLG Köln 1 W 8/10: once an emergency connection works, further loss is not attributable. What the
    lost sales after it are worth comes off by this reading, unless the ledger leaves them out already."""
    works = situation.given.emergency_works
    if works is None or situation.given.emergency_carries:
        return None
    share = _after(situation, assessment, works.astimezone(situation.given.zone).date())
    lost = sum((p.amount for p in assessment.positions if p.head == "lost_sales" and p.recoverable), Range())
    if not share or lost == Range():
        return None
    left = less(situation.before_cap, each(lost, lambda amount: amount * share))
    worth = change(situation.principal, _after_insurers(situation, left.capped(situation.cap.amount)))
    return Alternative(
        "emergency_cut_off",
        text(
            "The emergency connection works since {day}: a court may leave out the sales lost after it, "
            "{share:percent} of them, unless the firm shows that it could not carry the shop.",
            day=works.astimezone(situation.given.zone).date(),
            share=Decimal(round(share * 100)) / 100,
        ),
        worth,
        open_norm("HEAD-01b"),
    )


def _after(situation: Situation, assessment: Assessment, day: date) -> Fraction:
    """The share of the shortfall that lies on the days after `day`, over all channels of sale."""
    missing = {True: 0, False: 0}
    for sale in assessment.sales:
        for one in sale.path:
            if situation.began <= one.day <= situation.back:
                missing[one.day > day] += max(one.expected - one.observed, 0)
    whole = missing[True] + missing[False]
    return Fraction(missing[True], whole) if whole else Fraction()
