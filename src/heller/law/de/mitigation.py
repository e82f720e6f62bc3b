"""What the injured firm had to do to keep the damage low (§ 254 BGB), and when it did it.

A duty that nothing shows is not a breach; what a court would take off for it is an estimate of the court.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from heller.law.book.rules import norm
from heller.law.book.versions import choose, in_force
from heller.law.chain.running import change, each
from heller.law.de.other_readings import Situation
from heller.model.amount import Range
from heller.model.claim import Duty
from heller.model.damage import Assessment, NormRef
from heller.model.finding import Locator
from heller.model.heads import HEADS
from heller.model.money import ZERO
from heller.model.record import Contact, ContactKind
from heller.model.text import Text, text

NINE_TENTHS = Fraction(9, 10)


def duties(situation: Situation, assessment: Assessment) -> tuple[Duty, ...]:
    """Report, warn, set up an emergency line, fall back to the old one, clear the backlog."""
    return (
        _report(situation),
        _warning(situation),
        _emergency(situation, assessment),
        *_fall_back(situation),
        _backlog(assessment),
    )


def _day(situation: Situation, contact: Contact) -> date:
    return contact.at.astimezone(situation.given.zone).date()


def _first(situation: Situation, kind: ContactKind) -> Contact | None:
    return next(iter(situation.given.of(kind)), None)


def _places(contact: Contact | None) -> tuple[Locator, ...]:
    return (contact.source,) if contact is not None and contact.source is not None else ()


def _report(situation: Situation) -> Duty:
    found = _first(situation, ContactKind.FAULT_REPORT)
    return Duty(
        "report",
        _report_words(situation, found),
        found is not None or None,
        norm("BGB-254"),
        _day(situation, found) if found else None,
        sources=_places(found),
    )


def _report_words(situation: Situation, found: Contact | None) -> Text:
    if found is None:
        return text(
            "Nothing shows that the fault was reported; without a report no period of the provider ran."
        )
    late = (_day(situation, found) - situation.began).days
    if late <= 0:
        return text("The fault was reported on the day the line went down.")
    return text("The fault was reported; days after the line went down: {n}.", n=late)


def _warning(situation: Situation) -> Duty:
    """Until the warning the firm risks a share; so it is said how much of the time it was missing."""
    found = _first(situation, ContactKind.DAMAGE_WARNING)
    if found is None:
        said = text(
            "Nothing shows that the provider was warned of unusually high damage. Each tenth that a court "
            "takes off for it costs the sum that stands beside it."
        )
        return Duty("warning", said, None, norm("BGB-254"), worth=_tenth(situation))
    day = _day(situation, found)
    late = (day - situation.began).days
    if day >= situation.back:
        said = text("The provider was warned only after the service was back: too late to avert anything.")
        return Duty("warning", said, False, norm("BGB-254"), day, sources=_places(found))
    said = (
        text("The provider was warned of unusually high damage on the first day.")
        if late <= 0
        else text(
            "The provider was warned of unusually high damage; days after the line went down: {n}.", n=late
        )
    )
    return Duty("warning", said, True, norm("BGB-254"), day, sources=_places(found))


def _tenth(situation: Situation) -> Range:
    """What a tenth of contributory fault takes from the principal; a cap may swallow it."""
    less_a_tenth = each(situation.before_cap, lambda amount: amount * NINE_TENTHS)
    after = less_a_tenth.capped(situation.cap.amount)
    return change(situation.principal, each(after, lambda one: max(one - situation.given.insured, ZERO)))


def _emergency(situation: Situation, assessment: Assessment) -> Duty:
    works, grants = situation.given.emergency_works, norm("HEAD-01")
    bought = tuple(p for p in assessment.positions if HEADS[p.head].emergency)
    sources = tuple(place for p in bought for place in p.sources)
    if works is None:
        said = (
            text("An emergency connection was paid for; since when it worked is not stated.")
            if bought
            else text("No emergency connection is shown; the other side will ask why.")
        )
        return Duty("emergency", said, bool(bought) or None, grants, sources=sources)
    day = works.astimezone(situation.given.zone).date()
    said = text(
        "An emergency connection worked; days after the line went down: {n}.",
        n=max((day - situation.began).days, 0),
    )
    return Duty("emergency", said, True, grants, day, sources=sources)


def _fall_back(situation: Situation) -> Iterator[Duty]:
    """At a change of provider the old line must be given back if the change fails."""
    if situation.given.customer.provider_change:
        said = text(
            "Demand that the old provider serves again until the change succeeds; note it as a contact."
        )
        yield Duty("fall_back", said, None, choose(situation.began, (_back_2004, _back_2021))())


@in_force(since="2012-07-02", until="2021-11-30")
def _back_2004() -> NormRef:
    return norm("TKG04-46-2")


@in_force(since="2021-12-01")
def _back_2021() -> NormRef:
    return norm("TKG21-59-1")


def _backlog(assessment: Assessment) -> Duty:
    worked = tuple(p for p in assessment.positions if p.head == "overtime")
    sources = tuple(place for p in worked for place in p.sources)
    said = (
        text("The backlog was cleared with overtime, which keeps sales that would have been lost.")
        if worked
        else text("No overtime for the backlog is shown.")
    )
    return Duty("backlog", said, bool(worked) or None, norm("BGB-254"), sources=sources)
