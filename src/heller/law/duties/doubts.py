"""What is uncertain about the law of a case in any country, named before the other side names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from heller.law.book.rules import Rulebook, may_be_summed
from heller.law.chain.steps import InterestLaw
from heller.law.facts_of_case import Situation
from heller.model.amount import Range
from heller.model.damage import Assessment, NormRef
from heller.model.finding import Finding, Weight
from heller.model.kinds.contact import ContactKind
from heller.model.outage import Detection
from heller.model.text import text

STALE = timedelta(60)  # days after which nobody may rely on rules unread since


def of_damage(assessment: Assessment) -> Iterator[Finding]:
    """Nothing to demand, and positions on a rule that nobody has verified."""
    if assessment.total == Range() and assessment.apart == Range():
        yield Finding(
            "law.no_damage",
            text("The schedule of damages adds up to nothing, so nothing can be demanded."),
            text("Add receipts, hour sheets or {units}."),
        )
    for position in assessment.positions:
        if position.recoverable and not may_be_summed(position.norm):
            yield Finding(
                "law.unverified",
                text(
                    "{title}: its rule ({norm}) is not verified; the amount is shown and not added.",
                    title=position.title,
                    norm=position.norm.cite,
                ),
                text("Have a lawyer confirm the rule."),
            )


def of_outages(detection: Detection) -> Iterator[Finding]:
    """More than one outage."""
    if len(detection.outages) > 1:
        yield Finding(
            "law.first_outage_counts",
            text(
                "There are {n} outages; the day of the first one selects the law.", n=len(detection.outages)
            ),
            weight=Weight.NOTE,
        )


def own_estimate(situation: Situation) -> Iterator[Finding]:
    """The own share of fault is an estimate of the firm: what goes out demands without it."""
    if any(situation.given.party.fault):
        yield Finding(
            "law.own_estimate",
            text(
                "The own share of the fault lowers the sums shown here. It is your own estimate and stays in the "
                "house: letters and dossier demand without it."
            ),
            weight=Weight.NOTE,
        )


def vat_open(situation: Situation) -> Iterator[Finding]:
    """Whether the firm deducts input VAT."""
    if situation.given.party.deducts_vat is None:
        yield Finding(
            "law.vat_open",
            text("Whether the firm deducts input VAT is not stated; costs are counted without VAT."),
            text("State it."),
        )


def no_warning(norm: NormRef) -> Callable[[Situation], Iterator[Finding]]:
    """Nothing shows that the provider was warned of unusually high damage."""

    def doubt(situation: Situation) -> Iterator[Finding]:
        if not situation.given.dealings.of(ContactKind.DAMAGE_WARNING):
            yield Finding(
                "law.no_warning",
                text(
                    "Nothing shows that the provider was warned of unusually high damage ({cite}).",
                    cite=norm.cite,
                ),
                text("If it was warned, add the contact; the other side will ask."),
            )

    return doubt


def of_reach(book: Rulebook, interest: InterestLaw, situation: Situation) -> Iterator[Finding]:
    """Days that the rules do not reach."""
    given, known = situation.given, book.rule(interest.norm.id).known_until
    day = max(given.as_of, situation.began)
    if day > known:
        yield Finding(
            "law.known_until",
            text("The rules were read as of {day}; later changes are not in them.", day=known),
            text("Check whether the law has changed since: heller law rules --on {on}", on=day.isoformat()),
            Weight.WARNING if day > known + STALE else Weight.NOTE,
        )
    last = interest.known_until()
    if given.default is not None and given.as_of > last:
        yield Finding(
            "law.base_rate_unknown",
            text(
                "The base rate is known up to {day}; interest is worked out up to then. From the next day on it is "
                "owed at the points above the base rate then in force.",
                day=last,
            ),
            text("Demand it so, or add the newer base rate."),
        )
