"""The terms of service of each line against what was found of it. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from heller import outage
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.facts import line
from heller.model.kinds.appointment import Appointment
from heller.model.kinds.contact import Contact
from heller.model.kinds.service_terms import ServiceTerms
from heller.model.service import ServiceCheck


def service(claimed: Claim) -> tuple[ServiceCheck, ...]:
    """All terms that are noted, in the order of noting, each against what was found until the day of the claim."""
    return tuple(
        outage.check_service(terms, _service_findings(claimed, terms))
        for terms in claimed.case.records(ServiceTerms)
    )


def _service_findings(claimed: Claim, terms: ServiceTerms) -> outage.Found:
    case = claimed.case
    return outage.Found(
        events=tuple(event for event in claimed.events if terms.line in ("", event.line)),
        contacts=case.records(Contact),
        appointments=case.records(Appointment),
        as_of=claimed.waterfall.as_of,
        zone=case.tz,
        fee=_of_line(case, terms.line).facts[line.MONTHLY_FEE],
    )


def _of_line(case: Case, name: str) -> Case:
    return replace(case, line=name) if name else case
