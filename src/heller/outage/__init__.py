"""Observations become outages with bounds, cause and strength. Pure: no files, no network, no clock."""

from heller.outage.acceptance.refused_ends import with_tests
from heller.outage.citations import with_citations
from heller.outage.evidence.future import without_future
from heller.outage.together import suppose_other
from heller.outage.verdict import detect

__all__ = ["detect", "suppose_other", "with_citations", "with_tests", "without_future"]
