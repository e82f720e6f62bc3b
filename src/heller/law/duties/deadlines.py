"""Dates that matter in any country: payment, limitation, offers, notices to insurers. Each with its rule, its
computation and what happens when it passes; a country sets which of them it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeAlias

from heller.law.book.calendar import Calendar
from heller.law.chain.limitation import LimitationLaw, time_bar
from heller.law.duties.insurance import notice_by
from heller.law.facts_of_case import Situation
from heller.model.claim import Deadline
from heller.model.damage import NormRef
from heller.model.finding import Finding
from heller.model.kinds.policy import POLICIES, Policy
from heller.model.text import Text, text

DeadlineOf: TypeAlias = Callable[[Situation], Iterable[Deadline]]
OFFER = NormRef("OFFER", "Angebot", "VS", "the offer itself")


def in_order(situation: Situation, found: Iterable[DeadlineOf]) -> tuple[Deadline, ...]:
    """All of them in order of date."""
    return tuple(sorted((one for of in found for one in of(situation)), key=lambda one: one.on))


def deadline(
    situation: Situation, on: date, what: Text, norm: NormRef, computation: Text, otherwise: Text
) -> Deadline:
    """One of them; `passed` as seen on the day asked for."""
    return Deadline(on, what, norm, computation, otherwise, passed=situation.given.as_of > on)


def time_barred(law: LimitationLaw, situation: Situation) -> Iterator[Finding]:
    """A claim that may be time-barred."""
    bar = time_bar(law, situation.began, situation.given.dealings)
    if bar is not None and situation.given.as_of > bar.end:
        said = text("The claim may be time-barred since {day}.", day=bar.end)
        yield Finding("law.time_barred", said, law.check)


def limitation(law: LimitationLaw) -> DeadlineOf:
    """The last day to sue."""

    def found(situation: Situation) -> Iterator[Deadline]:
        bar = law.bar(situation.began, situation.given.dealings)
        yield deadline(
            situation,
            bar.end,
            text("The claim is time-barred after this day"),
            law.norm,
            bar.computation,
            text("The provider may refuse to pay for good, however well the damage is proven."),
        )

    return found


def payment(norm: NormRef, calendar: Calendar) -> DeadlineOf:
    """The day of the demand letter."""

    def found(situation: Situation) -> Iterator[Deadline]:
        given = situation.given
        demand = given.dealings.demand
        if demand is None or demand.until is None or given.default is None:
            return
        yield deadline(
            situation,
            calendar.next_working_day(demand.until, given.party.region),
            text("Payment was demanded by this day"),
            norm,
            text(
                "The date set in the demand letter is {day}; a Saturday, Sunday or public holiday moves it "
                "to the next working day.",
                day=demand.until,
            ),
            text("From the day after, the provider is in default and owes interest."),
        )

    return found


def offers(situation: Situation) -> Iterator[Deadline]:
    """The day that an offer names itself."""
    for offer in situation.given.dealings.offers:
        if offer.until is not None:
            yield deadline(
                situation,
                offer.until,
                text("An offer of {who} expires", who=offer.who or text("the other side")),
                OFFER,
                text("The day that the offer itself names."),
                text("It can no longer be accepted; a new one must be made."),
            )


def insurers(norm: NormRef) -> DeadlineOf:
    """The notice of the loss: without delay, or within the days of the policy."""

    def found(situation: Situation) -> Iterator[Deadline]:
        for policy in situation.given.insured.policies:
            if policy.notified is None:
                yield _notice(situation, policy, norm)

    return found


def _notice(situation: Situation, policy: Policy, norm: NormRef) -> Deadline:
    began = situation.began
    return deadline(
        situation,
        notice_by(policy, began),
        text("{policy}: report the loss", policy=POLICIES[policy.kind]),
        norm,
        text(
            "{n} days after {day}, as the policy says.",
            "One day after {day}, as the policy says.",
            n=policy.notice_days,
            day=began,
        )
        if policy.notice_days
        else text("Without delay after {day}; the policy names no number of days.", day=began),
        text("The insurer may cut or refuse what it would pay."),
    )
