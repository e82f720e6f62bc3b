"""Observations become outages with bounds, cause and strength. Pure: no files, no network, no clock."""

from heller.outage.acceptance.refused_ends import with_tests
from heller.outage.cited import cited
from heller.outage.together import supposed
from heller.outage.verdict import detect

__all__ = ["cited", "detect", "supposed", "with_tests"]
