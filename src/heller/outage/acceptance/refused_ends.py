"""Acceptance tests as competing ends: an end that was claimed, tested, and did not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from heller.model.kinds.acceptance import Acceptance, Verdict
from heller.model.outage import CompetingEnd, Detection, Outage
from heller.model.text import text
from heller.outage.rule import CLAIMED_LATER


def with_tests(found: Detection, tests: Sequence[Acceptance]) -> Detection:
    """The detection with what rejected tests say; in place of what the same claim says by itself."""
    rejected = [test for test in tests if test.verdict is Verdict.REJECTED]
    if not rejected:
        return found
    return replace(found, outages=tuple(_with(outage, rejected) for outage in found.outages))


def _with(outage: Outage, rejected: Sequence[Acceptance]) -> Outage:
    new = list(_ends(outage, rejected))
    known = {(end.at, end.said_by) for end in new}
    kept = [end for end in outage.ends if (end.at, end.said_by) not in known]
    return replace(outage, ends=tuple(sorted((*kept, *new), key=lambda end: end.at)))


def _ends(outage: Outage, rejected: Sequence[Acceptance]) -> Iterator[CompetingEnd]:
    for test in rejected:
        if test.ended <= outage.start.latest or test.started >= outage.widest.end + CLAIMED_LATER:
            continue
        said = test.said
        why = text(
            "The acceptance test of {at} was rejected: {lost} probes in a row stayed without an answer.",
            at=test.started,
            lost=test.lost,
        )
        sources = (test.source,) if test.source else ()
        yield CompetingEnd(said.at if said else test.started, said.who if said else "", False, why, sources)
