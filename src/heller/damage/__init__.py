"""What the outage cost: two-world ledger, heads of loss, baseline. It names rules of law and holds none."""

from __future__ import annotations

from heller.model.case import Case
from heller.model.damage import Assessment
from heller.model.money import Money
from heller.model.outage import Detection

__all__ = ["assess", "spread"]


def assess(case: Case, detection: Detection) -> Assessment:
    """The damage of a case as the difference of two worlds (§ 249 BGB). Pure.

    Expects a case whose doubled invoices are already taken out. Nothing in the case raises: what
    cannot be counted becomes a finding or a missing proof.
    """
    from heller.damage.assessment import work  # numpy is not loaded before somebody asks

    return work(case, detection)


def spread(assessment: Assessment) -> tuple[Money, ...]:
    """A hundred equally likely damages, ascending: the draws behind the range of the total, as plain data."""
    from heller.damage.draws import spread as drawn

    return drawn(assessment.flows, assessment.seed)
