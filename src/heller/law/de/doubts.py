"""What is uncertain about the law of a case, named before the other side names it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from heller.law.book.rules import may_be_summed, rule
from heller.law.de import court, interest
from heller.law.facts_of_case import LegalFacts
from heller.model.amount import Range
from heller.model.damage import Assessment
from heller.model.finding import Finding, Weight
from heller.model.outage import Detection
from heller.model.record import ContactKind
from heller.model.text import text


def of_case(
    given: LegalFacts, detection: Detection, assessment: Assessment, began: date
) -> tuple[Finding, ...]:
    """Findings about facts that the law needs and about the reach of the rules."""
    return (
        *_damage(assessment),
        *_outages(detection),
        *_facts(given, began),
        *_reach(given, began),
    )


def _damage(assessment: Assessment) -> Iterator[Finding]:
    if assessment.total == Range():
        yield Finding(
            "law.no_damage",
            text("The schedule of damages adds up to nothing, so nothing can be demanded."),
            text("Add receipts, hour sheets or orders."),
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


def _outages(detection: Detection) -> Iterator[Finding]:
    if len(detection.outages) > 1:
        yield Finding(
            "law.first_outage_counts",
            text(
                "There are {n} outages; the day of the first one selects the law.", n=len(detection.outages)
            ),
            weight=Weight.NOTE,
        )


def _facts(given: LegalFacts, began: date) -> Iterator[Finding]:
    if given.customer.provider_change is None:
        yield Finding(
            "law.provider_change_open",
            text("Whether this was a change of provider is not stated; it decides which rules apply."),
            text("State whether the line moved to another provider or was taken over inside the same one."),
        )
    if given.deducts_vat is None:
        yield Finding(
            "law.vat_open",
            text("Whether the firm deducts input VAT is not stated; costs are counted without VAT."),
            text("State it."),
        )
    if not given.of(ContactKind.DAMAGE_WARNING):
        yield Finding(
            "law.no_warning",
            text("Nothing shows that the provider was warned of unusually high damage (§ 254 (2) BGB)."),
            text("If it was warned, add the contact; the other side will ask."),
        )


def _reach(given: LegalFacts, began: date) -> Iterator[Finding]:
    known = rule("BGB-288-1").known_until
    if max(given.as_of, began) > known:
        yield Finding(
            "law.known_until",
            text("The rules were read as of {day}; later changes are not in them.", day=known),
            text("Check whether the law has changed since."),
            Weight.NOTE,
        )
    if court.tables(given) is None:
        yield Finding(
            "law.fees_unknown",
            text("The tables of fees do not carry the day of the mandate; costs are not worked out."),
            text("Correct the day of the mandate."),
        )
    last = interest.last_known_day()
    if given.default is not None and given.as_of > last:
        yield Finding(
            "law.base_rate_unknown",
            text("The base rate is known up to {day}; interest is worked out only up to then.", day=last),
            text("Add the newer base rate."),
        )
