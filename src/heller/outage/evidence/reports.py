"""Reports of a fault against the measured start: who reports a dead line before it died contradicts the log.

A report in a time that nobody measured makes the outage as old as itself, as far as the widest bound goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.outage import Contradiction, Detection, OpenStart, Outage, Witness
from heller.model.span import Bounds, Span
from heller.model.text import text
from heller.outage.rule import CLAIMED_LATER, EARLY, REPORTED

_SINCE = re.compile(
    r"\b(?:seit|since|ab)\s+(?:dem\s+)?(?:(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\d{2,4})?,?\s*(?:um\s+)?)?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})\b|\.(?P<minutes>\d{2})\b(?!\.))",
    re.IGNORECASE,
)
SEEN = ("up", "slow", "degraded", "half")


def with_reports(found: Detection, contacts: Sequence[Contact], zone: ZoneInfo | None = None) -> Detection:
    """The detection with what the reports add to it, or hold against it. Times of day that they name are of `zone`."""
    for contact in sorted(contacts, key=lambda c: c.at):
        if contact.kind is ContactKind.FAULT_REPORT:
            found = _with(found, contact, since(contact, zone))
    return found


def since(report: Contact, zone: ZoneInfo | None) -> datetime:
    """From when on the line was dead by a report: 'dead since 7:50', else when it was made.

    >>> from heller.model.kinds.contact import ContactKind as Kind
    >>> at = datetime.fromisoformat("2026-03-02T09:10:00+01:00")
    >>> said = Contact(at, Kind.FAULT_REPORT, "phone", "hotline", "Tot seit 7:50 Uhr.")
    >>> since(said, ZoneInfo("Europe/Berlin")).isoformat()
    '2026-03-02T06:50:00+00:00'
    """
    if zone is None or (hit := _SINCE.search(report.said)) is None:
        return report.at
    local = report.at.astimezone(zone)
    try:
        began = local.replace(
            hour=int(hit["hour"]), minute=int(hit["minute"] or hit["minutes"]), second=0, microsecond=0
        )
        if hit["day"]:
            began = began.replace(day=int(hit["day"]), month=int(hit["month"]))
    except ValueError:
        return report.at
    if began > local and not hit["day"]:
        began -= timedelta(days=1)
    return min(began.astimezone(UTC), report.at)


def _with(found: Detection, report: Contact, dead: datetime) -> Detection:
    if any(_tells_of(dead, outage) for outage in found.outages):
        return found
    later = [o for o in found.outages if timedelta() < o.start.latest - dead <= REPORTED]
    if not later:
        return found
    outage = min(later, key=lambda o: o.start.latest)
    worked = _time_up(found, Span(dead, outage.start.latest))
    if worked <= EARLY:
        return replace(found, outages=tuple(_as_old_as(o, dead) if o is outage else o for o in found.outages))
    against = Contradiction(Span(dead, outage.start.latest), _as_witness(report, dead), _worked_by(outage))
    return replace(found, contradictions=(*found.contradictions, against))


def _tells_of(dead: datetime, outage: Outage) -> bool:
    """Whether it speaks of a time in which the line was dead, of shortly before it was noticed, or of soon after."""
    return outage.widest.start - EARLY <= dead <= outage.widest.end + CLAIMED_LATER


def _time_up(found: Detection, span: Span) -> timedelta:
    """For how long of a span the line is known to have worked."""
    met = (both for s in found.stretches if s.state in SEEN and (both := s.span.meet(span)))
    return sum((both.length for both in met), timedelta())


def _as_old_as(outage: Outage, dead: datetime) -> Outage:
    """Nobody looked between the report and the first proof of death: the outage may be as old as the report."""
    if isinstance(outage.start, OpenStart) or dead < outage.start.earliest:
        return replace(outage, start=Bounds(dead, outage.start.latest))
    return outage


def _as_witness(report: Contact, dead: datetime) -> Witness:
    name, saw = text("Report of the fault"), text("Reported on {at}.", at=report.at)
    if dead < report.at:
        saw = text("Reported on {at}: down since {since}.", at=report.at, since=dead)
    return Witness(name, saw, report.source or Locator(""))


def _worked_by(outage: Outage) -> Witness:
    first = outage.witnesses[0] if outage.witnesses else None
    saw = text("The line worked until {at}.", at=outage.widest.start)
    name = first.name if first else text("The measurement")
    return Witness(name, saw, first.source if first else Locator(""), None, "up")
