"""What the outage cost: two-world ledger, heads of loss, baseline. It names rules of law and holds none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller import law
from heller.damage.answers_now import replaced
from heller.damage.lost_originals import lost_in
from heller.damage.margin import Margin, margin
from heller.damage.quick import Answers, Quick, against
from heller.damage.quick import estimate as estimated
from heller.model.advice import Against
from heller.model.amount import ProofGrade
from heller.model.case import Case
from heller.model.closing import StatedSums
from heller.model.damage import Assessment, Missing
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.money import Money
from heller.model.outage import Detection
from heller.model.span import Span
from heller.model.text import Text

__all__ = [
    "assess",
    "early_estimates",
    "estimate",
    "lost_in",
    "margin_of",
    "missing_as_of",
    "once_each",
    "spread",
    "sums",
]


def assess(
    case: Case, detection: Detection, stated: Sequence[StatedSums] = (), others: tuple[Span, ...] = ()
) -> Assessment:
    """The damage of one event as the difference of two worlds; `stated` sums stand for what is closed. Pure.

    The outages of the detection are the event, and the case is what belongs to it. `others` are other outages, whose
    days say nothing of what would have been sold.

    Expects a case whose doubled invoices are already taken out. Nothing in the case raises: what
    cannot be counted becomes a finding or a missing proof.
    """
    from heller.damage.assessment import work  # numpy is not loaded before somebody asks

    return work(case, detection, stated, others)


def once_each(found: Sequence[tuple[Text, Assessment]]) -> tuple[Assessment, ...]:
    """The damages of named events; what an earlier one spent counts in no later one. One alone stays as it is."""
    if len(found) < 2:
        return tuple(assessment for _, assessment in found)
    from heller.damage.once import once_each as kept

    return kept(found)


def spread(assessment: Assessment) -> tuple[Money, ...]:
    """A hundred equally likely damages, ascending: the draws behind the range of the total, as plain data."""
    from heller.damage.draws import spread as drawn

    return drawn(assessment.flows, assessment.seed)


def sums(assessment: Assessment) -> dict[tuple[str, ProofGrade], StatedSums]:
    """What each head comes to by grade of proof, in the two worlds."""
    from heller.damage.closed_sums import sums as summed

    return summed(assessment)


def missing_as_of(assessment: Assessment, day: date, asked: Sequence[Missing] = ()) -> tuple[Missing, ...]:
    """The one list of missing proofs as it stands on a day, those that the other side `asked` for among them: by worth,
    what is gone marked and last."""
    from heller.damage.missing import as_of

    return as_of((*assessment.missing, *asked), day)


def estimate(said: Answers, zone: ZoneInfo, country: str) -> Quick:
    """The first estimate of five answers; raises InputRefused for answers that make no sense."""
    return estimated(said, zone, law.calendar_of(country).works)


def early_estimates(
    case: Case, detection: Detection, assessment: Assessment, day: date
) -> tuple[Against, ...]:
    """The estimates made up to a day, each beside what is worked out now."""
    from heller.damage.event import event_of

    made = [e for e in case.records(QuickEstimate) if e.at.astimezone(case.tz).date() <= day]
    event = event_of(detection)[0] if made else None
    works = law.calendar_of(law.seat(case).code).works
    span = event.span if event else None
    if not made:
        return ()
    began = span.start if span else None
    known = margin(case, (began or case.opened).astimezone(case.tz).date())
    return tuple(
        replace(
            against(one, span, assessment.total, case.tz, works),
            replaced=replaced(one, case, began, known, assessment),
        )
        for one in made
    )


def margin_of(case: Case, detection: Detection) -> Margin:
    """The contribution margin before the outage, or before the case was opened where none is certain."""
    from heller.damage.event import event_of

    event = event_of(detection)[0]
    return margin(case, (event.span.start if event else case.opened).astimezone(case.tz).date())
