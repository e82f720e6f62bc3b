"""From gross damage to money in hand: who owes what under which rule and up to which cap.

The steps themselves are in `steps`; here they are put together with what stands beside them. It works out
no damage and writes no letter.
"""

from __future__ import annotations

from datetime import date

from heller.law.book.refusals import LawRefused
from heller.law.chain import scenarios
from heller.law.chain.running import RunningSteps
from heller.law.chain.steps import ClaimChain, claim_chain, gross, not_recoverable
from heller.law.de import cap_lifted, court, dates, doubts, liability, mitigation, other_readings
from heller.law.de.liability import Cap
from heller.law.de.set_off import Lump, lump
from heller.law.duties import insurance
from heller.law.facts_of_case import LegalFacts, first_day, gather, last_day
from heller.law.suing import decide
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.claim import Waterfall
from heller.model.damage import Assessment
from heller.model.finding import Finding, Weight
from heller.model.money import Money
from heller.model.outage import Detection, Outage
from heller.model.text import Text, text


def waterfall(
    case: Case, detection: Detection, assessment: Assessment, as_of: date, draws: tuple[Money, ...] = ()
) -> Waterfall:
    """The whole chain on a day, with everything beside it. `draws` are equally likely damages, for the
    decision. Never raises for a poor case: no outage, no damage or a day outside the rules end the chain
    at zero and say so."""
    given = gather(case, as_of)
    ground = _ground(case, given, detection)
    if isinstance(ground, Waterfall):
        chain = RunningSteps()
        gross(chain, assessment)
        not_recoverable(chain, assessment)
        return _stopped(chain, given, ground)
    outage, began, cap, set_off = ground
    made = _claim(given, assessment, cap, set_off)
    situation = other_readings.Situation(
        given, outage, began, last_day(case, outage), cap, set_off,
        made.before_cap, made.principal, made.interest,
    )  # fmt: skip
    cost, over = court.costs_of(given, made.principal.likely, made.before_cap.likely)
    free = scenarios.without_cap(given, assessment, set_off, began)
    decided = decide.decision(decide.Stakes(given, made, free, draws))
    return Waterfall(
        as_of=as_of,
        law=cap.law,
        steps=tuple(made.chain.steps),
        due=made.chain.running,
        interest=made.interest,
        alternatives=other_readings.alternatives(situation, assessment),
        lifts=cap_lifted.lifts(situation, assessment),
        deadlines=dates.deadlines(given, situation),
        costs=cost,
        overclaim=over,
        findings=(
            *given.findings,
            *doubts.of_case(given, detection, assessment, began),
            *dates.findings(given, began),
        ),
        scenarios=scenarios.scenarios(given, assessment, set_off, began),
        outside=cap_lifted.outside(situation, assessment, made.chain.steps[-1].effect),
        duties=mitigation.duties(situation, assessment),
        covers=insurance.covers(given, assessment, outage, began),
        decision=decided,
        beyond=() if decided is None else decide.beyond(decided, made.chain.running),
    )


def due(case: Case, detection: Detection, assessment: Assessment, as_of: date) -> Range:
    """What may be demanded on a day, and nothing else: fast, for asking what an answer would change."""
    given = gather(case, as_of)
    ground = _ground(case, given, detection)
    if isinstance(ground, Waterfall):
        return Range()
    _, _, cap, set_off = ground
    return _claim(given, assessment, cap, set_off).chain.running


def _ground(
    case: Case, given: LegalFacts, detection: Detection
) -> tuple[Outage, date, Cap, Lump] | Waterfall:
    """What the chain stands on, or the waterfall that says why there is none."""
    if not detection.outages:
        reason = text("No outage is proven, so nothing can be demanded for one.")
        return _nothing(given, reason, "law.no_outage")
    outage = min(detection.outages, key=lambda one: one.start.latest)
    began = first_day(case, outage)
    back = outage.end.earliest.astimezone(case.tz).date()
    try:
        return outage, began, liability.cap(began, given.agreed_cap), lump(given, began, back)
    except LawRefused as refused:
        return _nothing(given, refused.what, "law.unknown", refused.do)


def _claim(given: LegalFacts, assessment: Assessment, cap: Cap, set_off: Lump) -> ClaimChain:
    return claim_chain(given, assessment, set_off, cap, cap.reason, cap.norm)


def _nothing(given: LegalFacts, reason: Text, code: str, do: Text | None = None) -> Waterfall:
    finding = Finding(code, reason, do, Weight.WARNING)
    return Waterfall(given.as_of, "", (), Range(), Range(), findings=(*given.findings, finding))


def _stopped(chain: RunningSteps, given: LegalFacts, found: Waterfall) -> Waterfall:
    """The chain ends at zero, with the reason as a step and as a finding."""
    chain.to(Range(), "no_claim", text("No claim can be worked out"), found.findings[-1].text)
    return Waterfall(
        given.as_of, "", tuple(chain.steps), Range(), Range(), findings=found.findings,
        covers=insurance.covers(given, _EMPTY, None, None),
    )  # fmt: skip


_EMPTY = Assessment((), (), Range(), ())
