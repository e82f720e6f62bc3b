"""The one stair: read, detect, assess, claim, compose. Pure: no disk, no network, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller import damage, dossier, intake, law, outage
from heller.damage.margin import Margin
from heller.damage.quick import Answers, Quick
from heller.intake.across import corroboration, decisions, duplicates
from heller.model.amount import ProofGrade, Range
from heller.model.case import Case
from heller.model.claim import CapAhead, Claim, WorkedOut
from heller.model.closing import StatedSums
from heller.model.damage import Assessment
from heller.model.outage import Detection
from heller.model.paper import Decided
from heller.model.record import (
    Acceptance,
    Blob,
    Contact,
    DeviceLog,
    Fact,
    HitLog,
    ProbeLog,
    QueueLog,
    Reading,
)

TOUCHES_DAMAGE = frozenset({"firm.deducts_input_vat"})  # questions whose answer changes the damage itself


def read(
    blobs: Iterable[Blob], zone: ZoneInfo, done: Callable[[str], None] = lambda name: None
) -> dict[str, Reading]:
    """What each file says, by digest; `done` is told each name."""
    readings: dict[str, Reading] = {}
    for blob in blobs:
        readings[blob.digest] = intake.read(blob, zone)
        done(blob.name)
    return readings


def settle(readings: Mapping[str, Reading], by_people: Iterable[Decided]) -> Mapping[str, Reading]:
    """The readings again, with what people decided about papers that waited."""
    return decisions.settle(readings, by_people)


def corroborate(readings: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The readings again, each invoice with the independent paths that bear it out."""
    return corroboration.corroborate(readings)


def detect(case: Case) -> Detection:
    """The outage as far as the own watch, logs and contacts say."""
    found = outage.detect(
        case.records(ProbeLog),
        case.records(DeviceLog),
        case.records(Contact),
        samples=case.samples,
        hits=case.records(HitLog),
        queues=case.records(QueueLog),
        office=(case.fact("line.addresses") or "").replace(",", " ").split(),
    )
    return outage.with_citations(outage.with_tests(found, case.records(Acceptance)), case.samples)


def assess(case: Case, detection: Detection, stated: Sequence[StatedSums] = ()) -> Assessment:
    """The damage, as the difference of two worlds; `stated` sums stand for what is closed."""
    return damage.assess(case, detection, stated)


def sums(assessment: Assessment) -> dict[tuple[str, ProofGrade], StatedSums]:
    """What each head comes to by grade of proof, in the two worlds."""
    return damage.sums(assessment)


def margin(case: Case, detection: Detection) -> Margin:
    """The contribution margin, with the accounts that it was worked out of."""
    return damage.margin_of(case, detection)


def link(case: Case) -> Case:
    """The case with each invoice counted once; the doubles are findings that name both exhibits."""
    exhibits, doubles = duplicates.link(case.exhibits, case.records(Decided))
    return replace(case, exhibits=exhibits, findings=(*case.findings, *doubles))


def work_out(case: Case, stated: Sequence[StatedSums] = ()) -> WorkedOut:
    """From the case to the damage, whatever the day; `stated` sums stand for what is closed."""
    once = link(case)
    detection = detect(once)
    assessment = assess(once, detection, stated)
    doubts = tuple(finding for e in case.exhibits for finding in e.reading.findings)
    return WorkedOut(once, detection, assessment, doubts)


def claim(case: Case, as_of: date, stated: Sequence[StatedSums] = ()) -> Claim:
    """From the case to what is owed on a day; `stated` sums stand for what is closed."""
    return owed(work_out(case, stated), as_of, stated)


def owed(found: WorkedOut, as_of: date, stated: Sequence[StatedSums] = ()) -> Claim:
    """From the damage to what is owed on a day."""
    case, detection, assessment = found.case, found.detection, found.assessment
    waterfall = law.waterfall(case, detection, assessment, as_of, damage.spread(assessment))
    steps = law.next_steps(case, detection, assessment, waterfall)
    findings = (
        *case.findings,
        *found.doubts,
        *detection.findings,
        *assessment.findings,
        *waterfall.findings,
    )
    asked = law.questions(
        case,
        law.first_day_of(case, detection),
        lambda facts: due_with(case, detection, assessment, as_of, facts, stated),
    )
    missing = damage.missing_as_of(assessment, as_of)
    early = damage.early_estimates(case, detection, assessment, as_of)
    return Claim(case, detection, assessment, waterfall, missing, steps, findings, asked, early)


def due_with(
    case: Case,
    detection: Detection,
    assessment: Assessment,
    as_of: date,
    facts: Mapping[str, str],
    stated: Sequence[StatedSums] = (),
) -> Range:
    """What would be due if some facts were stated too; the damage is assessed anew only where they touch it."""
    supposed = suppose(case, facts)
    again = assess(supposed, detection, stated) if TOUCHES_DAMAGE & facts.keys() else assessment
    return law.due(supposed, detection, again, as_of)


def suppose(case: Case, facts: Mapping[str, str]) -> Case:
    """The case as if some facts were stated too, in canonical form; nothing is written."""
    return replace(case, noted=(*case.noted, *(Fact(key, value) for key, value in facts.items())))


def estimate(said: Answers, zone: ZoneInfo) -> tuple[Quick, CapAhead]:
    """The first estimate of five answers, and the cap that it will meet."""
    quick = damage.estimate(said, zone)
    return quick, law.cap_ahead(said.since.astimezone(zone).date(), quick.per_day.likely)


def compose(claimed: Claim, lang: str, *, inner: bool = False) -> dossier.Dossier:
    """What the dossier prints, in one language; `inner` for the firm and its lawyer only."""
    return dossier.compose(claimed, lang, inner=inner)
