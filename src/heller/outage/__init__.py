"""Observations become outages with bounds, cause and strength. Pure: no files, no network, no clock."""

from heller.outage.acceptance.refused_ends import with_tests
from heller.outage.apart import of_another_line
from heller.outage.backups import with_backups
from heller.outage.citations import with_citations
from heller.outage.events import asked, events_of, nearby
from heller.outage.evidence.future import without_future
from heller.outage.lost_witnesses import weakened
from heller.outage.service import Found
from heller.outage.service import check as check_service
from heller.outage.slow_times import with_slow_times
from heller.outage.together import suppose_other
from heller.outage.verdict import detect

__all__ = [
    "Found",
    "asked",
    "check_service",
    "detect",
    "events_of",
    "nearby",
    "of_another_line",
    "suppose_other",
    "weakened",
    "with_backups",
    "with_citations",
    "with_slow_times",
    "with_tests",
    "without_future",
]
