"""The one stair: read, detect, assess, claim, compose. Pure: no disk, no network, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller import damage, dossier, law, outage
from heller.damage.margin import Margin
from heller.damage.quick import Answers, Quick
from heller.intake.across import chains, corroboration, decisions, duplicates
from heller.model.amount import ProofGrade, Range
from heller.model.case import Case
from heller.model.claim import CapAhead, Claim, WorkedOut
from heller.model.closing import StatedSums
from heller.model.damage import Assessment
from heller.model.facts import firm, line
from heller.model.finding import Finding
from heller.model.money import Money
from heller.model.outage import Detection
from heller.model.paper import Decided
from heller.model.record import (
    Acceptance,
    Contact,
    DeviceLog,
    Fact,
    HitLog,
    ProbeLog,
    QueueLog,
    Reading,
)

WEIGHED = 5  # contradictions that are weighed in euros
Log = TypeVar("Log", ProbeLog, DeviceLog)
TOUCHES_DAMAGE = frozenset({firm.DEDUCTS_INPUT_VAT.key})  # questions whose answer changes the damage itself


def settle(readings: Mapping[str, Reading], by_people: Iterable[Decided]) -> Mapping[str, Reading]:
    """The readings again, with what people decided about papers that waited."""
    return decisions.settle(readings, by_people)


def corroborate(readings: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The readings again, each invoice with the independent paths that bear it out."""
    return corroboration.corroborate(readings)


def detect(case: Case) -> Detection:
    """The outage as far as the own watch, logs and contacts say."""
    probes, early = _before_taken_in(case, ProbeLog)
    devices, more = _before_taken_in(case, DeviceLog)
    found = outage.detect(
        probes,
        devices,
        case.records(Contact),
        samples=case.samples,
        hits=case.records(HitLog),
        queues=case.records(QueueLog),
        office=(case.facts[line.ADDRESSES] or "").replace(",", " ").split(),
        zone=case.tz,
    )
    found = replace(found, findings=(*found.findings, *early, *more))
    return outage.with_citations(outage.with_tests(found, case.records(Acceptance)), case.samples)


def _before_taken_in(case: Case, kind: type[Log]) -> tuple[list[Log], list[Finding]]:
    """The logs of one kind, those of each exhibit up to the moment at which it was taken in."""
    logs, findings = [record for record in case.noted if isinstance(record, kind)], []
    for exhibit in case.exhibits:
        own = [record for record in exhibit.reading.records if isinstance(record, kind)]
        kept, left_out = outage.without_future(own, exhibit.taken_in)
        logs += kept
        findings += left_out
    return logs, findings


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
    once = replace(case, exhibits=exhibits)
    doubts = (finding for chain in chains.chains(once) for finding in chain.findings)
    return replace(once, findings=(*case.findings, *doubles, *doubts))


def work_out(case: Case, stated: Sequence[StatedSums] = ()) -> WorkedOut:
    """From the case to the damage as the logs show it, whatever the day; `stated` sums stand for what is closed."""
    once = link(case)
    seen = detect(once)
    doubts = tuple(finding for e in case.exhibits for finding in e.reading.findings)
    return WorkedOut(once, seen, assess(once, seen, stated), doubts)


def claim(case: Case, as_of: date, stated: Sequence[StatedSums] = ()) -> Claim:
    """From the case to what is owed on a day; `stated` sums stand for what is closed."""
    return owed(work_out(case, stated), as_of, stated)


def owed(known: WorkedOut, as_of: date, stated: Sequence[StatedSums] = ()) -> Claim:
    """From the damage to what is owed on a day. It is assessed anew where an outage goes on until then."""
    once, seen = known.case, known.detection
    detection = as_far(seen, as_of, once.tz)
    assessment = known.assessment if detection == seen else assess(once, detection, stated)
    waterfall = law.waterfall(once, detection, assessment, as_of, damage.spread(assessment))
    steps = law.next_steps(once, detection, assessment, waterfall)
    seen = with_euros(seen, lambda other: _due(once, other, as_of, stated), waterfall.due.likely)
    findings = (
        *once.findings,
        *known.doubts,
        *detection.findings,
        *assessment.findings,
        *waterfall.findings,
    )
    asked = law.questions(
        once,
        detection,
        lambda facts: due_with(once, detection, assessment, as_of, facts, stated),
        seen.contradictions,
    )
    missing = damage.missing_as_of(assessment, as_of)
    early = damage.early_estimates(once, detection, assessment, as_of)
    return Claim(once, seen, assessment, waterfall, missing, steps, findings, asked, early)


def as_far(detection: Detection, as_of: date, zone: ZoneInfo) -> Detection:
    """The detection as far as it has come by the end of a day: a line that is still dead is counted until then."""
    now = datetime.combine(as_of, time(23, 59, 59), zone).astimezone(UTC)
    return replace(detection, outages=tuple(one.until(now) for one in detection.outages))


def with_euros(detection: Detection, due: Callable[[Detection], Money], now: Money) -> Detection:
    """The detection with the euros that hang on each contradiction: how far off the sum is that would be due if the
    other statement were right. It is worked out for the longest of them only."""
    found = detection.contradictions
    longest = sorted(range(len(found)), key=lambda n: -found[n].span.length)[:WEIGHED]
    sums = {n: due(outage.suppose_other(detection, found[n])) for n in longest}
    euros = {n: max(one, now) - min(one, now) for n, one in sums.items()}
    return replace(
        detection, contradictions=tuple(replace(c, euros=euros.get(n)) for n, c in enumerate(found))
    )


def _due(case: Case, other: Detection, as_of: date, stated: Sequence[StatedSums]) -> Money:
    """What is likely due on a day with another detection."""
    detection = as_far(other, as_of, case.tz)
    return law.due(case, detection, assess(case, detection, stated), as_of).likely


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


def estimate(said: Answers, zone: ZoneInfo, case: Case | None = None) -> tuple[Quick, CapAhead]:
    """The first estimate of five answers, and the cap that it will meet in the country of the case, or in that
    of the time zone."""
    country = law.seat(case).code if case else law.proposed(zone.key).code
    quick = damage.estimate(said, zone, country)
    since, on = (at.astimezone(zone).date() for at in (said.since, said.now))
    state = case.facts[firm.STATE] if case else None
    return quick, law.cap_ahead(country, since, quick.per_day.likely, on, state)


def compose(claimed: Claim, lang: str, *, inner: bool = False) -> dossier.Dossier:
    """What the dossier prints, in one language; `inner` for the firm and its lawyer only."""
    return dossier.compose(claimed, lang, inner=inner)
