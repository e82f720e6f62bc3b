"""The one stair: read, detect, assess, claim, compose. Pure: no disk, no network, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller import damage, dossier, law, outage
from heller.damage.margin import Margin
from heller.intake.across import chains, corroboration, decisions, duplicates, row_changes, versions
from heller.intake.across.parts import parts_of
from heller.model.amount import ProofGrade, Range
from heller.model.as_known import as_known
from heller.model.case import Case
from heller.model.claim import Claim, NextStep, Waterfall
from heller.model.closing import StatedSums
from heller.model.damage import Assessment
from heller.model.event import EventKind, GroupingChoice
from heller.model.facts import FACTS, Side, firm, shop
from heller.model.finding import Finding, Weight
from heller.model.kinds.decided import Decided
from heller.model.kinds.fact import Fact
from heller.model.kinds.grouping import Grouping, GroupingVerdict
from heller.model.kinds.row_change import RowChange
from heller.model.money import Money
from heller.model.outage import Detection
from heller.model.record import Reading
from heller.model.text import text
from heller.model.tried import OtherwiseSupposed
from heller.model.worked_out import EventPart, WorkedOut
from heller.pipeline.explain import explain as explain
from heller.pipeline.explain import explicable as explicable
from heller.pipeline.first_estimate import estimate as estimate
from heller.pipeline.frames import frames as frames
from heller.pipeline.items import if_agreed as if_agreed
from heller.pipeline.items import items as items
from heller.pipeline.lines import detect as detect
from heller.pipeline.lines import events_in, groupings
from heller.pipeline.lines import logs_by_line as logs_by_line
from heller.pipeline.parts import as_far, assessed, once_each, parts_in, parts_of_claim, parts_on, until_day
from heller.pipeline.portfolio import portfolio as portfolio
from heller.pipeline.service import service as service
from heller.pipeline.tried import other_readings as other_readings
from heller.pipeline.tried import within_bounds

WEIGHED = 5  # contradictions that are weighed in euros
PRICED = 3  # outages near each other that are priced both ways
TOUCHES_DAMAGE = frozenset(
    {
        firm.DEDUCTS_INPUT_VAT.key,
        *(spec.key for spec in (shop.CUSTOMERS_RETURN, shop.UNIT_VALUE, shop.MARGIN, shop.VAT)),
    }
)  # questions whose answer changes the damage itself


def settle(readings: Mapping[str, Reading], by_people: Iterable[Decided]) -> Mapping[str, Reading]:
    """The readings again, with what people decided about papers that waited."""
    return decisions.settle(readings, by_people)


def correct_rows(
    readings: Mapping[str, Reading], changes: Mapping[str, Sequence[RowChange]], zone: ZoneInfo
) -> Mapping[str, Reading]:
    """The readings again, with the rows that people corrected or withdrew."""
    return {
        digest: row_changes.changed(reading, mine, zone) if (mine := changes.get(digest)) else reading
        for digest, reading in readings.items()
    }


def corroborate(readings: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The readings again, each invoice with the independent paths that bear it out."""
    return corroboration.corroborate(readings)


def sums(assessment: Assessment) -> dict[tuple[str, ProofGrade], StatedSums]:
    """What each head comes to by grade of proof, in the two worlds."""
    return damage.sums(assessment)


def margin(case: Case, detection: Detection) -> Margin:
    """The contribution margin, with the accounts that it was worked out of."""
    return damage.margin_of(case, detection)


def link(case: Case) -> Case:
    """The case with each invoice counted once; the doubles are findings that name both exhibits."""
    listed, versioned = versions.link(case.exhibits, case.records(Decided))
    exhibits, doubles = duplicates.link(listed, case.records(Decided))
    once = replace(case, exhibits=exhibits)
    doubts = (finding for chain in chains.chains(once) for finding in chain.findings)
    return replace(once, findings=(*case.findings, *versioned, *doubles, *doubts))


def work_out(case: Case, stated: Sequence[StatedSums] = ()) -> WorkedOut:
    """From the case to the damage as the logs show it, whatever the day; `stated` sums stand for what is closed."""
    once = link(case)
    seen = outage.weakened(detect(once), damage.lost_in(once))
    events = events_in(once, seen)
    parts = parts_in(once, seen, events, stated)
    doubts = tuple(finding for e in case.exhibits for finding in e.reading.findings)
    return WorkedOut(once, seen, events, tuple(part.assessment for part in parts), doubts)


def claim(case: Case, as_of: date, stated: Sequence[StatedSums] = ()) -> Claim:
    """From the case to what is owed on a day, as a case that ends on it; `stated` sums stand for what is closed."""
    return owed(work_out(as_known(case, as_of), stated), as_of, stated)


def is_whole(known: WorkedOut, as_of: date) -> bool:
    """Whether nothing in a case is later than a day: then what was worked out of all of it holds on that day."""
    return as_known(known.case, as_of) is known.case


def owed(known: WorkedOut, as_of: date, stated: Sequence[StatedSums] = ()) -> Claim:
    """From the damage to what is owed on a day. It is assessed anew where an outage goes on until then."""
    once, seen = known.case, known.detection
    divided, asked_of = parts_of(once, known.events)
    parts = law.with_agreed(once, parts_on(known, divided, as_of, stated), as_of)
    records = law.account_records(once, as_of)
    summed = law.claim_of(parts, as_of, [damage.spread(part.assessment) for part in parts], records)
    disputed = law.dispute(
        once,
        parts,
        summed.waterfall,
        lambda others: law.due_of(others, as_of, records),
        lambda others: law.due_of(others, as_of),
    )
    assessment = replace(known, assessments=tuple(part.assessment for part in parts)).assessment
    now, over = summed.waterfall.due, summed.waterfall.over
    seen = with_euros(seen, lambda other: _due(once, other, as_of, stated), now.likely)
    asked = law.questions(
        once,
        as_far(seen, as_of, once.tz),
        lambda facts: due_with(once, parts, as_of, facts, stated),
        seen.contradictions,
    )
    return Claim(
        once,
        seen,
        assessment,
        law.with_dispute(summed.waterfall, disputed),
        missing=() if over else damage.missing_as_of(assessment, as_of, law.asked_papers(disputed)),
        next_steps=law.steps_after(summed.waterfall)
        if over
        else (*law.step_to_demand(disputed), *_next_steps(parts, summed)),
        findings=(
            *_findings(known, asked_of, assessment, summed.waterfall),
            *law.dispute_findings(disputed),
        ),
        questions=() if over else asked,
        estimates=tuple(
            one for p in parts for one in damage.early_estimates(p.case, p.detection, p.assessment, as_of)
        ),
        events=known.events,
        by_event=summed.by_event if known.claimed else (),
        by_debtor=summed.by_debtor,
        choices=choices(known, parts, as_of, now),
        owed=law.answers_owed(once, as_of),
        dispute=disputed,
    )


def _findings(
    known: WorkedOut, asked: Sequence[Finding], assessment: Assessment, fall: Waterfall
) -> tuple[Finding, ...]:
    listed = [event for event in known.events if event.kind is not EventKind.OUTAGE]
    beside = (
        Finding("event.listed", text("{event}: {why}", event=e.name, why=e.footing or ""), weight=Weight.NOTE)
        for e in listed
    )
    return (
        *known.case.findings,
        *known.doubts,
        *known.detection.findings,
        *asked,
        *beside,
        *assessment.findings,
        *fall.findings,
    )


def _next_steps(parts: Sequence[EventPart], summed: law.Sum) -> tuple[NextStep, ...]:
    """What to do for each event; with several of them what each is about stands before it, unless it is said of all
    in the same words."""
    falls = [one.waterfall for one in summed.by_event]
    steps = [law.next_steps(p.case, p.detection, p.assessment, f) for p, f in zip(parts, falls, strict=True)]
    if len(steps) == 1:
        return steps[0]
    common = [step for step in steps[0] if all(step in other for other in steps)]
    own = (
        replace(step, text=text("{event}: {what}", event=part.event.name, what=step.text))
        for part, mine in zip(parts, steps, strict=True)
        for step in mine
        if step not in common
    )
    return tuple(sorted((*common, *own), key=lambda step: (step.done, step.until or date.max)))


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
    parts = parts_in(case, detection, events_in(case, detection), stated)
    return law.due_of(parts, as_of, law.account_records(case, as_of)).likely


def due_with(
    case: Case,
    parts: Sequence[EventPart],
    as_of: date,
    facts: Mapping[str, str],
    stated: Sequence[StatedSums] = (),
) -> Range:
    """What would be due if some facts were stated too; the damage is assessed anew only where they touch it."""
    supposed = [replace(part, case=suppose(part.case, facts)) for part in parts]
    if TOUCHES_DAMAGE & facts.keys():
        supposed = list(once_each([assessed(part, parts, stated) for part in supposed]))
    return law.due_of(supposed, as_of, law.account_records(suppose(case, facts), as_of))


def choices(
    known: WorkedOut, parts: Sequence[EventPart], as_of: date, now: Range
) -> tuple[GroupingChoice, ...]:
    """Outages near each other that may be one event or two, each way with what is due then; the closest ones only."""
    case = known.case
    found: list[GroupingChoice] = []
    for name in dict.fromkeys(event.line for event in known.events):
        mine = [event for event in known.events if event.line == name]
        for one, other, together, decided in outage.nearby(name, mine, groupings(case)):
            if len(found) == PRICED:
                return tuple(found)
            verdict = GroupingVerdict.APART if together else GroupingVerdict.TOGETHER
            supposed = events_in(case, known.detection, (Grouping(verdict, one, other, name),))
            parts = until_day(parts_in(case, known.detection, supposed), as_of)
            due = law.due_of(parts, as_of, law.account_records(case, as_of))
            due_now, due_other = (now, due) if together else (due, now)
            found.append(GroupingChoice(name, one, other, together, due_now, due_other, decided))
    return tuple(found)


def suppose(case: Case, facts: Mapping[str, str]) -> Case:
    """The case as if some facts were stated too, in canonical form; nothing is written."""
    return replace(case, noted=(*case.noted, *(Fact(key, value) for key, value in facts.items())))


def tried(claimed: Claim, supposed: OtherwiseSupposed) -> Range:
    """What would be due under other facts or other bounds of the outage."""
    given = claimed.case.closing.stated if claimed.case.closing is not None else ()
    as_of = claimed.waterfall.as_of
    again = claim(suppose(claimed.case, supposed.facts), as_of, given) if supposed.facts else claimed
    return within_bounds(again, supposed)


def outward(claimed: Claim) -> Claim:
    """The claim as the other side may see it: worked out as if nobody had stated what stays in the house, the own
    estimate of fault, the odds. The same claim where nothing of that is stated."""
    case = claimed.case
    mine = [one for one in case.records(Fact) if one.key in FACTS and FACTS[one.key].side is Side.US]
    if not mine:
        return claimed
    opened = tuple(Fact(one.key, "", line=one.line, since=one.since) for one in mine)
    given = case.closing.stated if case.closing is not None else ()
    return claim(replace(case, noted=(*case.noted, *opened)), claimed.waterfall.as_of, given)


def compose(claimed: Claim, lang: str, *, inner: bool = False) -> dossier.Dossier:
    """What the dossier prints, in one language; `inner` for the firm and its lawyer only, with what stays in the
    house."""
    return dossier.compose(objected(claimed if inner else outward(claimed)), lang, inner=inner)


def objected(claimed: Claim) -> Claim:
    """The claim with what the other side may say against it, the weightiest first."""
    said = law.objections_to(claimed, parts_of_claim(claimed))
    return replace(claimed, objections=said.found, floor=said.floor)
