"""Other readings of the law, each with its worth. Nothing here is added up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from heller.law.book.versions import choose, in_force
from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.lifts import agreed, over_the_cap, sum_of
from heller.law.chain.running import change, each, less
from heller.law.de import interest, liability, lumpsums, set_off
from heller.law.de.lumpsums import LumpSum
from heller.law.de.rules import norm, open_norm
from heller.law.de.who import Kind, customer
from heller.model.amount import Range
from heller.model.claim import Alternative
from heller.model.damage import NormRef
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


class _Early(Struct, frozen=True):
    """Interest from the day of the damage: what it rests on."""

    text: Text
    norm: NormRef


@in_force(since="2012-07-02", until="2021-11-30")
def _early_2004() -> _Early:
    return _Early(
        text(
            "Interest from the day the damage occurred, not from default: it depends on whether a business is an "
            "'Endverbraucher' in § 44 (1) TKG 2004."
        ),
        open_norm("TKG04-44-2"),
    )


@in_force(since="2021-12-01")
def _early_2021() -> _Early:
    return _Early(
        text(
            "Interest from the day the damage occurred, not from default: it depends on whether the outage was a "
            "breach of the Act itself."
        ),
        open_norm("TKG21-69"),
    )


def early_interest(made: ClaimChain) -> Alternative | None:
    """From the day after the service was back: by then all of the damage had occurred."""
    first = made.situation.back + timedelta(1)
    last = min(made.situation.given.as_of, interest.last_known_day())
    if first > last:
        return None
    earlier = each(made.principal, lambda sum_: interest.interest(sum_, first, last).amount)
    reading = choose(made.situation.began, (_early_2004, _early_2021))()
    worth = change(made.interest, earlier)
    return Alternative("interest_from_damage", reading.text, worth, reading.norm)


def fee_inside(made: ClaimChain) -> Alternative | None:
    """The refund of the fee as damages: then own fault and cap take their part of it; an open reading."""
    fee, own = made.chain.effect("own_claims"), made.situation.given.party.fault[1]
    inside = made.under_cap(made.before_cap + each(fee, lambda amount: amount * (1 - own)))
    worth = change(made.principal, less(inside, fee))
    if worth.likely >= ZERO:
        return None
    return Alternative(
        "fee_inside_cap",
        text(
            "The fee for the days of the outage counts as damages: own fault and cap take their part of it."
        ),
        worth,
        open_norm("HEAD-11"),
    )


def cap_lifted(made: ClaimChain) -> Alternative | None:
    """Without the cap: what an intent to let the line stay dead is worth."""
    if agreed(made):
        return None
    lifter = next(one for one in liability.lifters(made.situation.began) if one.key == "intent")
    return Alternative(
        "cap_lifted",
        text("The cap falls. {what}", what=lifter.text),
        over_the_cap(made),
        lifter.norm,
    )


def lump_sum_outage(made: ClaimChain) -> Alternative | None:
    """§ 58 (3) for micro and small firms; size, waiver and what was dead are facts to settle."""
    given, began = made.situation.given, made.situation.began
    sums = set_off.outage_sums(made.situation, made.situation.back)
    if not _most(sums) or not lumpsums.may_be_small(given.party.staff, began):
        return None
    if customer(given.party, given.contract).kind is Kind.LARGER:
        return None
    return _beyond(
        "lump_sum_outage",
        text(
            "A lump sum of {sum} for complete outage, if the firm has fewer than 50 staff, did not waive it, and "
            "all services of the contract were down. It counts only where it exceeds the damage."
        ),
        sums,
        made,
        "TKG21-58-3",
    )


def lump_sum_change(made: ClaimChain) -> Alternative | None:
    """§ 59 (4) for every end user at a change of provider."""
    if made.situation.given.contract.provider_change is False:
        return None
    return _beyond(
        "lump_sum_change",
        text(
            "A lump sum of {sum} if this was a change of provider, working days counted as widely as can be. It "
            "counts only where it exceeds the damage."
        ),
        set_off.change_sums(made.situation, made.situation.back),
        made,
        "TKG21-59-2",
    )


def _beyond(
    key: str, words: Text, sums: tuple[LumpSum, ...], made: ClaimChain, id: str
) -> Alternative | None:
    """The widest reading of a lump sum: what it would add to the sum that stands before the cap."""
    most = _most(sums)
    if not most:
        return None
    before = each(made.before_cap, lambda damage: max(damage, most))
    worth = change(made.principal, made.under_cap(before))
    return Alternative(key, Text(words.id, {"sum": most}), worth, replace(norm(id), mark="UNVERIFIED"))


def _most(sums: tuple[LumpSum, ...]) -> Money:
    return max((one.total for one in sums), default=ZERO)


def emergency_cut_off(made: ClaimChain) -> Alternative | None:
    """OLG Köln 1 W 8/10: once an emergency connection works, further loss is not attributable. What the
    lost sales after it are worth comes off by this reading, unless the ledger leaves them out already."""
    emergency, zone = made.situation.given.emergency, made.situation.given.dealings.zone
    if emergency.works is None or emergency.carries:
        return None
    day = emergency.works.astimezone(zone).date()
    share, lost = _after(made, day), sum_of(made.assessment, ("lost_sales",))
    if not share or lost == Range():
        return None
    left = less(made.before_cap, each(lost, lambda amount: amount * share))
    worth = change(made.principal, made.under_cap(left))
    return Alternative(
        "emergency_cut_off",
        text(
            "The emergency connection works since {day}: a court may leave out the takings lost after it, "
            "{share:percent} of them, unless the firm shows that it was not enough for {the_place}.",
            day=day,
            share=Decimal(round(share * 100)) / 100,
        ),
        worth,
        open_norm("HEAD-01b"),
    )


def _after(made: ClaimChain, day: date) -> Fraction:
    """The share of the shortfall that lies on the days after `day`, over all channels of sale."""
    missing = {True: 0, False: 0}
    for sale in made.assessment.sales:
        for one in sale.path:
            if made.situation.began <= one.day <= made.situation.back:
                missing[one.day > day] += max(one.expected - one.observed, 0)
    whole = missing[True] + missing[False]
    return Fraction(missing[True], whole) if whole else Fraction()
