"""How terms of service and what was found of them are said in one sentence each, on the screen and in the dossier."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from heller.model.kinds.appointment import Appointment
from heller.model.kinds.service_terms import YEARS, ServiceTerms
from heller.model.service import AvailabilityCheck, RepairCheck, ServiceCredit
from heller.model.text import Text, text


def of_terms(terms: ServiceTerms) -> Text:
    """Whose terms they are."""
    if terms.line:
        return text("Terms of service of {line}", line=terms.line)
    return text("Terms of service")


def of_availability(one: AvailabilityCheck, terms: ServiceTerms) -> Text:
    """What was reached in a year, what was promised, and how long the line was down."""
    said = text(
        "{year} {first} to {last}: {reached} % of {promised} %; down for {down}, allowed {allowed}.",
        year=YEARS[one.year],
        first=one.first,
        last=one.last,
        reached=_percent(one.reached),
        promised=_percent(terms.availability or one.reached),
        down=one.down,
        allowed=one.allowed,
    )
    if not one.open:
        return said
    return text("{said} The year is not over; more than that cannot be reached.", said=said)


def _percent(share: Decimal) -> Decimal:
    """Hundredths of a percent decide here."""
    return (share * 100).quantize(Decimal("0.01"))


def of_repair(one: RepairCheck) -> Text:
    """How long a repair took in hours of service, and by how much that is longer than promised."""
    took = _took(one)
    if one.took <= one.promised:
        return took
    return text("{took} That is {over} too long.", took=took, over=one.took - one.promised)


def _took(one: RepairCheck) -> Text:
    if not one.reported:
        return text(
            "Down from {start} to {end}: {took} in hours of service, promised {promised}; no report is noted, so it "
            "counts from the beginning.",
            start=one.start,
            end=one.end,
            took=one.took,
            promised=one.promised,
        )
    return text(
        "Reported {start}, back {end}: {took} in hours of service, promised {promised}.",
        start=one.start,
        end=one.end,
        took=one.took,
        promised=one.promised,
    )


def of_credit(on: date, credit: ServiceCredit) -> Text:
    """What the steps give; what is left where the contract limits it."""
    share = text("{share:percent} of a monthly fee", share=credit.capped)
    if credit.capped != credit.share:
        share = text(
            "{share:percent} of a monthly fee, limited to {capped:percent}",
            share=credit.share,
            capped=credit.capped,
        )
    if credit.amount is None:
        return text("Credit of {on}: {share}; the fee is not stated.", on=on, share=share)
    return text("Credit of {on}: {amount} ({share}).", on=on, amount=credit.amount, share=share)


def of_missed(one: Appointment) -> Text:
    """With whom an appointment was missed."""
    return text("Missed appointment of {at} with {who}.", at=one.at, who=one.who)
