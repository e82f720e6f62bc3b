"""Reports of a fault against the measured start: who reports a dead line before it died contradicts the log.

A report in a time that nobody measured makes the outage as old as itself, as far as the widest bound goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.outage import Contradiction, Detection, OpenStart, Outage, Witness
from heller.model.record import Contact, ContactKind
from heller.model.span import Bounds, Span
from heller.model.text import text
from heller.outage.rule import CLAIMED_LATER, EARLY, REPORTED

SEEN = ("up", "slow", "degraded", "half")


def with_reports(found: Detection, contacts: Sequence[Contact]) -> Detection:
    """The detection with what the reports add to it, or hold against it."""
    for contact in sorted(contacts, key=lambda c: c.at):
        if contact.kind is ContactKind.FAULT_REPORT:
            found = _with(found, contact)
    return found


def _with(found: Detection, report: Contact) -> Detection:
    if any(_tells_of(report, outage) for outage in found.outages):
        return found
    later = [o for o in found.outages if timedelta() < o.start.latest - report.at <= REPORTED]
    if not later:
        return found
    outage = min(later, key=lambda o: o.start.latest)
    worked = _worked(found, Span(report.at, outage.start.latest))
    if worked <= EARLY:
        return replace(found, outages=tuple(_since(o, report) if o is outage else o for o in found.outages))
    against = Contradiction(Span(report.at, outage.start.latest), _as_witness(report), _worked_by(outage))
    return replace(found, contradictions=(*found.contradictions, against))


def _tells_of(report: Contact, outage: Outage) -> bool:
    """Whether it was made while the line was dead, shortly before it was noticed, or soon after."""
    return outage.widest.start - EARLY <= report.at <= outage.widest.end + CLAIMED_LATER


def _worked(found: Detection, span: Span) -> timedelta:
    """For how long of a span the line is known to have worked."""
    met = (both for s in found.stretches if s.state in SEEN and (both := s.span.meet(span)))
    return sum((both.length for both in met), timedelta())


def _since(outage: Outage, report: Contact) -> Outage:
    """Nobody looked between the report and the first proof of death: the outage may be as old as the report."""
    if isinstance(outage.start, OpenStart) or report.at < outage.start.earliest:
        return replace(outage, start=Bounds(report.at, outage.start.latest))
    return outage


def _as_witness(report: Contact) -> Witness:
    name, saw = text("Report of the fault"), text("Reported on {at}.", at=report.at)
    return Witness(name, saw, report.source or Locator(""))


def _worked_by(outage: Outage) -> Witness:
    first = outage.witnesses[0] if outage.witnesses else None
    saw = text("The line worked until {at}.", at=outage.widest.start)
    name = first.name if first else text("The measurement")
    return Witness(name, saw, first.source if first else Locator(""), None, "up")
