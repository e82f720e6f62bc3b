"""What the injured firm had to do to keep the damage low, and when it did it; a country names the rules.

A duty that nothing shows is not a breach; what a court would take off for it is an estimate of the court.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.running import change, each
from heller.model.advice import Duty
from heller.model.amount import Range
from heller.model.damage import NormRef
from heller.model.finding import Locator
from heller.model.heads import HEADS
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import Text, text

DutyOf: TypeAlias = Callable[[ClaimChain], Iterable[Duty]]
NINE_TENTHS = Fraction(9, 10)


def _first(made: ClaimChain, kind: ContactKind) -> Contact | None:
    return next(iter(made.situation.given.dealings.of(kind)), None)


def _places(contact: Contact | None) -> tuple[Locator, ...]:
    return (contact.source,) if contact is not None and contact.source is not None else ()


def report(norm: NormRef) -> DutyOf:
    """The report of the fault."""

    def duty(made: ClaimChain) -> Iterator[Duty]:
        found = _first(made, ContactKind.FAULT_REPORT)
        day = made.situation.given.dealings.day(found) if found else None
        words = _report_words(made, day)
        yield Duty("report", words, found is not None or None, norm, day, sources=_places(found))

    return duty


def _report_words(made: ClaimChain, day: date | None) -> Text:
    if day is None:
        return text(
            "Nothing shows that the fault was reported; without a report no period of the provider ran."
        )
    late = (day - made.situation.began).days
    if late <= 0:
        return text("The fault was reported on the day the line went down.")
    return text("The fault was reported; days after the line went down: {n}.", n=late)


def warning(norm: NormRef) -> DutyOf:
    """Until the warning the firm risks a share; so it is said how much of the time it was missing."""

    def duty(made: ClaimChain) -> Iterator[Duty]:
        found = _first(made, ContactKind.DAMAGE_WARNING)
        if found is None:
            said = text(
                "Nothing shows that the provider was warned of unusually high damage. Each tenth that a court "
                "takes off for it costs the sum that stands beside it."
            )
            yield Duty("warning", said, None, norm, worth=_tenth(made))
            return
        day = made.situation.given.dealings.day(found)
        in_time = day < made.situation.back
        said = _warning_words(made, day) if in_time else _too_late()
        yield Duty("warning", said, in_time, norm, day, sources=_places(found))

    return duty


def _too_late() -> Text:
    return text("The provider was warned only after the service was back: too late to avert anything.")


def _warning_words(made: ClaimChain, day: date) -> Text:
    late = (day - made.situation.began).days
    if late <= 0:
        return text("The provider was warned of unusually high damage on the first day.")
    return text(
        "The provider was warned of unusually high damage; days after the line went down: {n}.", n=late
    )


def _tenth(made: ClaimChain) -> Range:
    """What a tenth of contributory fault takes from the principal; a cap may swallow it."""
    return change(made.principal, made.under_cap(each(made.before_cap, lambda amount: amount * NINE_TENTHS)))


def emergency(norm: NormRef) -> DutyOf:
    """The emergency connection."""

    def duty(made: ClaimChain) -> Iterator[Duty]:
        works = made.situation.given.emergency.works
        bought = tuple(p for p in made.assessment.positions if HEADS[p.head].emergency)
        sources = tuple(place for p in bought for place in p.sources)
        if works is None:
            said = (
                text("An emergency connection was paid for; since when it worked is not stated.")
                if bought
                else text("No emergency connection is shown; the other side will ask why.")
            )
            yield Duty("emergency", said, bool(bought) or None, norm, sources=sources)
            return
        day = works.astimezone(made.situation.given.dealings.zone).date()
        late = max((day - made.situation.began).days, 0)
        said = text("An emergency connection worked; days after the line went down: {n}.", n=late)
        yield Duty("emergency", said, True, norm, day, sources=sources)

    return duty


def backlog(norm: NormRef) -> DutyOf:
    """The backlog, cleared with overtime."""

    def duty(made: ClaimChain) -> Iterator[Duty]:
        worked = tuple(p for p in made.assessment.positions if p.head == "overtime")
        sources = tuple(place for p in worked for place in p.sources)
        said = (
            text("The backlog was cleared with overtime, which keeps {takings} that would have been lost.")
            if worked
            else text("No overtime for the backlog is shown.")
        )
        yield Duty("backlog", said, bool(worked) or None, norm, sources=sources)

    return duty
