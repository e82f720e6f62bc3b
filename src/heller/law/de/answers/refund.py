"""The fee that comes back or falls: for a dead line, for a slow one, and after a failed change of provider."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from heller.law.book.answer import Figure, LawAnswer, in_order, not_negative, one_of, reach
from heller.law.book.fees import fee_for
from heller.law.de import fee as fees
from heller.law.de import who
from heller.law.de.rules import book
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import Text, text

DEAD, SLOW, CHANGE = "dead", "slow", "change"
RULES = {
    DEAD: ("BGB-275/326", "BGB-535/536", "HEAD-11"),
    SLOW: ("TKG21-57-4", "TKG21-57-4b"),
    CHANGE: ("TKG04-46-3", "TKG21-59-6"),
}


def answer(
    fee: Money,
    first: date,
    back: date,
    cause: str = DEAD,
    shortfall: Decimal | None = None,
    kind: who.Kind | None = None,
) -> LawAnswer:
    """What of a monthly fee comes back for the days from `first` to `back`, on which the service worked
    again. With the cause slow `shortfall` is the missing share of speed or quality, and only a consumer
    has it; with change it is the fee still owed after the contract's end.

    Raises InputRefused for a negative fee, days in the wrong order, an unknown cause, a slow line without
    a shortfall or before December 2021; BeyondTheData before 2 July 2012.
    """
    why = text("A line that is down, a slow one and a failed change of provider have other rules.")
    cause = one_of(cause, RULES, "--for", why)
    not_negative(fee)
    in_order(first, back)
    book().begins(first, "BGB-195")
    notes = reach(book(), back, RULES[cause])
    if cause == SLOW:
        return _slow(fee, first, back, _shortfall(shortfall), kind, notes)
    return _dead(fee, first, back, notes) if cause == DEAD else _change(fee, first, back, notes)


def _shortfall(said: Decimal | None) -> Decimal:
    if said is not None:
        return said
    raise InputRefused(
        what=text("The shortfall is missing."),
        why=text("A slow line lowers the fee by the share of speed or quality that is missing."),
        do=text("Give it with --shortfall, such as 60%."),
    )


def _dead(fee: Money, first: date, back: date, notes: tuple[Text, ...]) -> LawAnswer:
    days = fees.dead_days(first, back)
    amount, lines = fee_for(fee, days)
    counted, _ = fee_for(fee, fees.dead_days(first, back, repair_day_counts=True))
    by_thirty = fees.fee_by_thirtieths(fee, len(days))
    others: tuple[Figure, ...] = (
        {"reading": text("The day of repair counts too."), "amount": counted},
        {"reading": text("A month has 30 days (AG Düsseldorf, 20 C 8948/13)."), "amount": by_thirty},
    )
    return LawAnswer(
        head=text(
            "{amount} of the fee are to be refunded for {n} days of the outage.",
            "{amount} of the fee are to be refunded for one day of the outage.",
            amount=amount,
            n=len(days),
        ),
        figures={"amount": amount, "days": len(days), "alternatives": others},
        lines=(*(line.text for line in lines), text("The day of repair does not count.")),
        notes=(
            text("By § 326 BGB where the line is a service, by § 536 BGB where it is let."),
            text("A refund is no damage: what is refunded is not claimed again."),
            *notes,
        ),
        sources=book().norms(*RULES[DEAD]),
    )


def _slow(
    fee: Money, first: date, back: date, shortfall: Decimal, kind: who.Kind | None, notes: tuple[Text, ...]
) -> LawAnswer:
    has = who.right(who.Customer(kind), first, who.Right.REDUCTION)
    part, lines = fee_for(fee, fees.dead_days(first, back))
    amount = Money(0) if has.has is False else fees.reduce(part, shortfall)
    return LawAnswer(
        head=text("The fee falls by {amount}.", amount=amount) if amount else has.reason,
        figures={"amount": amount, "alternatives": ()},
        lines=(
            *(line.text for line in lines),
            text(
                "{part} x {share:percent} that are missing = {amount}",
                part=part,
                share=shortfall,
                amount=amount,
            ),
            has.reason,
        ),
        notes=(
            text("It lasts until the provider proves that the service is in order."),
            text("A lump sum for complete outage is credited against it: in all the higher one."),
            *notes,
        ),
        sources=book().norms(has.norm.id, *(id for id in RULES[SLOW] if id != has.norm.id)),
    )


def _change(fee: Money, first: date, back: date, notes: tuple[Text, ...]) -> LawAnswer:
    days = fees.dead_days(first, back)
    owed = fees.owed_after_the_end(fee, days)
    full, lines = fee_for(fee, days)
    return LawAnswer(
        head=text("{owed} are owed instead of {full}.", owed=owed, full=full),
        figures={"amount": full - owed, "owed": owed, "days": len(days), "alternatives": ()},
        lines=(*(line.text for line in lines), text("Of it half, to the day.")),
        notes=(text("The new provider gets nothing before the change has succeeded."), *notes),
        sources=book().norms(fees.half_rule(first)),
    )
