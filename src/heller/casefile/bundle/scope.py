"""Which originals travel in a bundle, and what of them is closed without being asked for. It builds none."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from heller.intake import from_disk
from heller.intake.personal import NAMES
from heller.model.bearing_out import supporting
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.facts import firm
from heller.model.finding import Locator
from heller.model.kinds.mail import Mail
from heller.model.kinds.proposed import Proposed
from heller.model.kinds.summary import Summary

PASSIVE = (Mail, Summary, Proposed)  # records on which nothing rests by themselves


class Scope(Enum):
    """Which originals travel in the bundle; the lines of all travel."""

    ALL = "all"
    CITED = "cited"  # those from which something went into the claim


def professional(case: Case) -> tuple[str, ...]:
    """What is closed without being asked for: the names, where the firm may not even say whom it serves (§ 203 StGB).
    What was stated counts before the trade."""
    stated = case.facts[firm.SECRECY]
    return (NAMES,) if (case.trade.secret if stated is None else stated) else ()


def locators(value: object) -> Iterator[Locator]:
    """All places that a value names as its source."""
    if isinstance(value, Locator):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from locators(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from locators(item)
    elif isinstance(value, dict):
        yield from locators(tuple(value.values()))


def places(value: object) -> Iterator[str]:
    """The digests of all documents that a value names as its source."""
    for at in locators(value):
        yield at.object


def withdrawn(claimed: Claim) -> frozenset[str]:
    """The originals of exhibits that were taken back: nothing is cited from them, so they stay at home."""
    return frozenset(e.digest for e in claimed.case.exhibits if e.withdrawn)


def unread(claimed: Claim) -> frozenset[str]:
    """The originals from which nothing went into the claim: what they say nobody cites; of a mail or of a document that
    feeds no head that is so where no figure and no outage rests on it, and it bears out no fact and no contact. The
    log of a database that is cited travels with it, or the database would say something else."""
    exhibits = claimed.case.exhibits
    logs = from_disk.logs_among((e.digest, e.name) for e in exhibits)
    used = supporting(claimed.case) | frozenset(
        places((claimed.assessment.flows, claimed.assessment.positions, claimed.detection.outages))
    )
    cited = {
        e.digest
        for e in exhibits
        if e.digest in used or any(not isinstance(r, PASSIVE) for r in e.reading.records)
    }
    kept = cited | {log for owner, log in logs.items() if owner in cited}
    return frozenset(e.digest for e in exhibits if e.digest not in kept)
