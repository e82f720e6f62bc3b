"""The cap on liability on a day: what it is, whether a degree of fault lifts it, what lies outside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from heller.law.book.answer import Figure, LawAnswer, not_negative, one_of, reach
from heller.law.book.rules import may_be_summed
from heller.law.chain.cap import Cap
from heller.law.de import liability, who
from heller.law.de.rules import book
from heller.model.errors import InputRefused
from heller.model.money import Money, half_up
from heller.model.text import Text, text

OLD, NEW = ("TKG04-44a-1", "TKG04-44a-3", "TKG04-44a-2"), ("TKG21-70-1", "TKG21-70-2", "TKG21-70-3")
FAULTS = {"simple": "", "gross": "gross_negligence", "intent": "intent"}


class CapQuery(Struct, frozen=True):
    """What one wants to know besides: an individually agreed cap and for whom, one's own claim, and the
    sum of the claims of all end users of the event."""

    agreed: Money | None = None
    kind: who.Kind | None = None
    claim: Money | None = None
    together: Money | None = None


def answer(on: date, fault: str, asked: CapQuery | None = None) -> LawAnswer:
    """The cap per end user and per event for an outage on a day; `fault` is simple, gross or intent.

    Raises InputRefused for another word or a negative amount, BeyondTheData before 2 July 2012.
    """
    asked = asked or CapQuery()
    fault = one_of(
        fault,
        FAULTS,
        "--fault",
        text("Whether the cap falls depends on simple negligence, gross negligence or intent."),
    )
    for amount in (asked.agreed, asked.claim, asked.together):
        not_negative(amount or Money(0))
    if asked.together is not None and asked.claim is not None and asked.together < asked.claim:
        raise _too_small(asked.together, asked.claim)
    book().begins(on, OLD[0])
    holds = who.right(who.Customer(asked.kind, agreed_cap=asked.agreed), on, who.Right.CAP)
    found = liability.cap(on, None if asked.kind is who.Kind.CONSUMER else asked.agreed)
    ids = OLD if liability.cap(on).norm.id == OLD[0] else NEW
    together = liability.event_cap(on)
    lifters = liability.lifters(on)
    of_fault = [one for one in lifters if one.key == FAULTS[fault]]
    lifted = any(one.lifts for one in of_fault)
    share = Fraction(1) if lifted else liability.factor(asked.together or Money(0), on)
    agreement = next(one for one in lifters if one.key == "agreement")
    return LawAnswer(
        head=_head(fault, lifted, found),
        figures={
            "per_end_user": found.amount,
            "per_event": together,
            "lifted": lifted,
            "outside": tuple(_outside(one) for one in liability.outside(on)),
            "lifts": tuple({"what": one.text, "lifts": one.lifts} for one in lifters),
            **_own_claim(asked, found.amount, lifted, share),
        },
        lines=(
            text("The law of {day}: {law}.", day=on, law=found.law),
            found.reason,
            *(one.text for one in of_fault),
            text(
                "One event over all end users: at most {amount}; beyond it every claim is cut in proportion.",
                amount=together,
            ),
            *_proportion(asked, share),
        ),
        notes=(
            *reach(book(), on, ids),
            *(_said_outside(one) for one in liability.outside(on)),
            *((holds.reason,) if asked.agreed is not None else ()),
            text("What else replaces it: {what}", what=agreement.text),
        ),
        sources=book().norms(*ids, agreement.norm.id),
    )


def _too_small(together: Money, claim: Money) -> InputRefused:
    return InputRefused(
        what=text(
            "All claims together ({together}) are less than the own one ({claim}).",
            together=together,
            claim=claim,
        ),
        why=text("The own claim is one of them."),
        do=text("Give with --all-claims the sum over all end users of the event, the own claim included."),
    )


def _own_claim(asked: CapQuery, cap: Money, lifted: bool, share: Fraction) -> dict[str, Figure]:
    """What is owed of the own claim: capped, then cut in proportion, rounded down to the cent."""
    out: dict[str, Figure] = {}
    if asked.together is not None:
        out["factor"] = f"{_six_places(share):.6f}"
    if asked.claim is not None:
        capped = asked.claim if lifted else min(asked.claim, cap)
        out["owed"] = Money(int(capped.cents * share))
    return out


def _proportion(asked: CapQuery, share: Fraction) -> tuple[Text, ...]:
    if asked.together is None or share == 1:
        return ()
    return (
        text(
            "All claims are {sum}; each gets {share:percent} of it.",
            sum=asked.together,
            share=_six_places(share),
        ),
    )


def _six_places(share: Fraction) -> Decimal:
    return Decimal(half_up(share * 1_000_000)) / 1_000_000


def _outside(one: liability.CapException) -> dict[str, Figure]:
    return {"what": one.text, "rule": one.norm.id, "mark": one.norm.mark}


def _said_outside(one: liability.CapException) -> Text:
    if may_be_summed(one.norm):
        return text("Outside the cap: {what}", what=one.text)
    return text("Perhaps outside the cap, not verified: {what}", what=one.text)


def _head(fault: str, lifted: bool, found: Cap) -> Text:
    if not lifted:
        return text("The cap holds: {cap} per end user.", cap=found.amount)
    if fault == "intent":
        return text("The cap of {cap} per end user falls: the provider acted with intent.", cap=found.amount)
    return text("The cap of {cap} per end user falls: gross negligence lifts it.", cap=found.amount)
