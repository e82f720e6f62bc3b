"""What a report's words say of since when the line was dead, and what it makes of an outage that was measured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from heller.model.kinds.contact import Contact, ContactKind
from heller.model.outage import Cause, Detection, OpenEnd, OpenStart, Outage, Strength, Stretch
from heller.model.span import Bounds, Span
from heller.model.text import text
from heller.outage.evidence import reports

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 2, 9, 10, tzinfo=BERLIN)


def report(said: str, at: datetime = AT) -> Contact:
    """A fault report in those words."""
    return Contact(at.astimezone(UTC), ContactKind.FAULT_REPORT, "Telefon", "Hotline", said, incoming=False)


@pytest.mark.parametrize(
    ("said", "dead"),
    [
        ("Tot seit 7:50 Uhr.", datetime(2026, 3, 2, 7, 50)),
        ("Dead since 7:50.", datetime(2026, 3, 2, 7, 50)),
        ("Tot seit 23:15 Uhr.", datetime(2026, 3, 1, 23, 15)),  # later than the report: the evening before
        ("Tot seit 9:10 Uhr.", datetime(2026, 3, 2, 9, 10)),  # the very minute of the report
        ("Tot seit 25:00 Uhr.", datetime(2026, 3, 2, 9, 10)),  # no time of day
        ("Tot seit 7.50 Uhr.", datetime(2026, 3, 2, 7, 50)),
        ("Tot seit dem 28.02.2026, 18:30.", datetime(2026, 2, 28, 18, 30)),
        ("Gestört seit 1.3. um 06:05 Uhr", datetime(2026, 3, 1, 6, 5)),
        ("Gestört seit 3.3. um 06:05 Uhr", datetime(2026, 3, 2, 9, 10)),  # after the report
        ("Gestört seit 31.2. um 06:05 Uhr", datetime(2026, 3, 2, 9, 10)),  # no day
        ("Vertrag läuft ab 14.02. weiter", datetime(2026, 3, 2, 9, 10)),  # a day, not a time
        ("Es geht nichts.", datetime(2026, 3, 2, 9, 10)),
    ],
)
def test_since_when(said: str, dead: datetime) -> None:
    """The time in its words on the day of the report or the evening before; without one the report itself."""
    found = reports.since(report(said), BERLIN)
    assert found == dead.replace(tzinfo=BERLIN).astimezone(UTC)
    assert reports.since(report(said), None) == AT.astimezone(UTC)


def outage(start: datetime, end: datetime) -> Outage:
    """A measured outage, its start known to a minute."""
    first = Bounds(start - timedelta(minutes=1), start)
    return Outage(
        first, Bounds(end, end + timedelta(minutes=1)), Cause.LINE, Strength.MEASURED, text("The line.")
    )


def asked(found: Detection, *said: Contact) -> Detection:
    """The detection with reports heard."""
    return reports.with_reports(found, said, BERLIN)


@pytest.mark.parametrize("hours", [1, 5])
def test_nobody_looked_before(hours: int) -> None:
    """An outage that was first seen after the report may be as old as the report; nothing contradicts it."""
    start = AT.astimezone(UTC) + timedelta(hours=hours)
    found = asked(Detection(outages=(outage(start, start + timedelta(hours=2)),)), report("Es geht nichts."))
    assert found.contradictions == ()
    assert found.outages[0].start == Bounds(AT.astimezone(UTC), start)


def test_a_line_that_worked_after_the_report_contradicts_it() -> None:
    """Five hours of answers between report and measured start: two statements, from the report to the start."""
    start = AT.astimezone(UTC) + timedelta(hours=5)
    up = Stretch(Span(AT.astimezone(UTC), start), "up")
    found = asked(
        Detection(outages=(outage(start, start + timedelta(hours=2)),), stretches=(up,)),
        report("Tot seit 7:50 Uhr."),
    )
    (against,) = found.contradictions
    dead = datetime(2026, 3, 2, 7, 50, tzinfo=BERLIN).astimezone(UTC)
    assert against.span == Span(dead, start)
    assert against.down.saw.args["since"] == dead and against.up.state == "up"
    assert against.up.saw.args["at"] == found.outages[0].widest.start


def test_a_report_within_the_outage_says_nothing_new() -> None:
    """Made while the line was dead, also of one that is still open at both ends."""
    start = AT.astimezone(UTC) - timedelta(hours=1)
    whole = Detection(outages=(outage(start, start + timedelta(hours=9)),))
    assert asked(whole, report("Es geht nichts.")) == whole
    still = Outage(
        OpenStart(start), OpenEnd(start + timedelta(hours=9)), Cause.LINE, Strength.MEASURED, text("x")
    )
    assert asked(Detection(outages=(still,)), report("Es geht nichts.")).outages == (still,)
