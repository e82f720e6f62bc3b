"""The first estimate becomes part of the case: its figures as they were, its answers as facts that papers replace.

What the case knows better already is not written over, and the same answers are written once, however often they are
sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from heller.casefile.folder import load
from heller.casefile.formats import FORM, entry_kind
from heller.casefile.writing.change import prepared
from heller.casefile.writing.write import plain
from heller.journal import store
from heller.journal.clock import read_clock
from heller.model.case import Case
from heller.model.facts import first_estimate, shop
from heller.model.kinds.fact import Fact
from heller.model.kinds.quick_estimate import QuickEstimate


def keep_estimate(folder: Path, made: QuickEstimate, now: datetime | None = None) -> int | None:
    """Write an estimate and the answers that the case does not know; returns the number of the estimate's entry,
    None where the same answers stand there already."""
    case = load(folder)
    said = answered(made)
    if any(answered(one) == said for one in case.records(QuickEstimate)[-1:]):
        return None
    facts = [Fact(key, value, first_estimate.BASIS) for key, value in said.items() if _news(case, key, value)]
    records = [plain(prepared(folder, record)) for record in (made, *facts)]
    entries = [(entry_kind(one), {"form": FORM, "record": one}) for one in records]
    return store.append(folder, entries, read_clock(now))


def answered(made: QuickEstimate) -> Mapping[str, str]:
    """The answers by the key of their fact, in canonical form; what was not answered is left out."""
    said = {
        first_estimate.SINCE.key: made.since.isoformat(),
        first_estimate.PEOPLE.key: str(made.people),
        first_estimate.REVENUE.key: str(made.revenue.decimal),
        first_estimate.SHARE.key: str(made.share),
        shop.MARGIN.key: str(made.margin),
    }
    return said | ({} if made.per_hour is None else {first_estimate.PER_HOUR.key: str(made.per_hour.decimal)})


def _news(case: Case, key: str, value: str) -> bool:
    """Whether an answer says more than the case: nothing is stated, or an earlier estimate said otherwise."""
    stated = case.facts.said.get(key)
    return stated is None or (stated.basis == first_estimate.BASIS and stated.value != value)
