"""From gross damage to money in hand: who owes what under which rule and up to which cap.

The country of the case brings the steps and all that stands beside them; here they are put together. It works
out no damage and writes no letter. Where the law of the country is not known here, the damage stands and
nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from heller.law.book.calendar import PLAIN
from heller.law.book.refusals import LawRefused
from heller.law.book.seat import Seat, seat
from heller.law.chain import steps
from heller.law.chain.claim_chain import ClaimChain, Footing, claim_chain
from heller.law.chain.pleaded import pleaded_fault
from heller.law.chain.running import RunningSteps
from heller.law.chain.scenarios import scenarios
from heller.law.country import Country, perhaps
from heller.law.duties import deadlines, doubts, insurance
from heller.law.duties import next_steps as to_do
from heller.law.facts_of_case import LegalFacts, Situation
from heller.law.facts_of_case.gather import first_outage, gather, situation
from heller.law.suing import court, decide
from heller.law.suing.inputs import Stakes
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.claim import Jurisdiction, Step, Waterfall
from heller.model.damage import Assessment
from heller.model.decision import Decision
from heller.model.finding import Finding, Weight
from heller.model.money import ZERO, Money
from heller.model.outage import Detection
from heller.model.text import Text, text
from heller.model.worked_out import EventPart

NO_DAMAGE = Assessment((), (), Range(), ())


class CaseUnderLaw(Struct, frozen=True):
    """A case under a law that is known: its facts, and the outage if there is one."""

    law: Country
    given: LegalFacts
    situation: Situation | None


def law_of(case: Case) -> Country | None:
    """The law that a case is worked out under; None where it is not known here."""
    return perhaps(seat(case).code)


def waterfall(
    case: Case,
    detection: Detection,
    assessment: Assessment,
    as_of: date,
    draws: tuple[Money, ...] = (),
    *,
    alone: bool = True,
    agreed: EventPart | None = None,
) -> Waterfall:
    """The whole chain of an event on a day, with everything beside it. `draws` are equally likely damages, for the
    decision; what of the damage is `agreed` is not weighed in it. Beside other events (not `alone`) the decision and
    what is owed once for all of them are left out.
    Never raises for a poor case: no outage, no damage or a day outside the rules end the chain at zero and say so."""
    where = seat(case)
    law = perhaps(where.code)
    if law is None:
        return _unknown(where, assessment, as_of)
    stand = case_under(law, case, detection, as_of)
    held = _jurisdiction(where, stand)
    if stand.situation is None:
        reason = text("No outage is proven, so nothing can be demanded for one.")
        return _stopped(stand, held, assessment, Finding("law.no_outage", reason, None, Weight.WARNING))
    try:
        made = _claim(law, stand.situation, assessment)
        accepted = chain_of_part(law, agreed, as_of) if agreed is not None else None
    except LawRefused as refused:
        finding = Finding("law.unknown", refused.what, refused.do, Weight.WARNING)
        return _stopped(stand, held, assessment, finding)
    if alone:
        return whole(law, made, held, detection, draws, accepted)
    return whole(law, made.without(law.once), held, detection, None)


def whole(
    law: Country,
    made: ClaimChain,
    held: Jurisdiction,
    detection: Detection,
    draws: tuple[Money, ...] | None,
    agreed: ClaimChain | None = None,
) -> Waterfall:
    """A chain with all that stands beside it; without a decision where `draws` is None. `agreed` is the chain of what
    the other side agreed to: the decision is about the rest."""
    where, given = made.situation, made.situation.given
    limit = law.cap.limit(where)
    unlifted = made if limit == made.footing.limit else made.supposing(limit=limit)
    fees = (given.fees, made.principal.likely, made.before_cap.likely)
    cost, over = court.costs_of(law.suing, *fees) if law.suing else (None, None)
    decided = None if draws is None else _decision(law, made, draws, agreed)
    other = (reading(made) for reading in law.alternatives)
    return Waterfall(
        as_of=given.as_of,
        law=made.footing.limit.law,
        steps=made.steps,
        due=made.due,
        interest=made.interest,
        jurisdiction=held,
        alternatives=tuple(one for one in other if one is not None and one.worth != Range()),
        lifts=tuple(lift for of in law.cap.lifts for lift in of(unlifted)),
        deadlines=deadlines.in_order(where, law.deadlines),
        costs=cost,
        overclaim=over,
        findings=(*given.findings, *_assumed(held), *_doubts(law, made, detection)),
        scenarios=scenarios(made, law.cap.degrees(where)) if law.cap.degrees else (),
        outside=law.cap.outside(made),
        duties=tuple(duty for of in law.duties for duty in of(made)),
        covers=insurance.covers(given.insured, law.insurance, made.assessment, where),
        decision=decided,
        beyond=_beyond(law, decided, made.due, agreed),
        pleaded=pleaded_fault(made, limit),
    )


def _decision(
    law: Country, made: ClaimChain, draws: tuple[Money, ...], agreed: ClaimChain | None
) -> Decision | None:
    if law.suing is None:
        return None
    lifted = made.supposing(limit=law.cap.free(made.situation)) if law.cap.free else None
    paid = min(agreed.principal.low, made.principal.low) if agreed is not None else ZERO
    stakes = Stakes(law.suing, law.interest, law.limitation, made, lifted, draws, law.gates, paid)
    return decide.decision(stakes, law.routes)


def _beyond(
    law: Country, decided: Decision | None, due: Range, agreed: ClaimChain | None
) -> tuple[Step, ...]:
    if not (law.suing and decided):
        return ()
    if agreed is None or not agreed.due.low:
        return decide.beyond(decided, due, law.suing.quota)
    apart = decide.part_payment(due, agreed.due.low)
    return (apart, *decide.beyond(decided, apart.running, law.suing.quota))


def _doubts(law: Country, made: ClaimChain, detection: Detection) -> Iterable[Finding]:
    yield from doubts.of_damage(made.assessment)
    yield from doubts.of_outages(detection)
    yield from doubts.own_estimate(made.situation)
    for of in law.doubts:
        yield from of(made.situation)
    yield from doubts.of_reach(law.book, law.interest, made.situation)
    yield from court.doubts(law.suing, made.situation.given.fees)
    yield from deadlines.time_barred(law.limitation, made.situation)


def due(case: Case, detection: Detection, assessment: Assessment, as_of: date) -> Range:
    """What may be demanded on a day, and nothing else: fast, for asking what an answer would change."""
    law = law_of(case)
    if law is None:
        return assessment.total + assessment.apart
    stand = case_under(law, case, detection, as_of)
    if stand.situation is None:
        return Range()
    try:
        return _claim(law, stand.situation, assessment).due
    except LawRefused:
        return Range()


def chain_of(
    law: Country, case: Case, detection: Detection, assessment: Assessment, as_of: date
) -> ClaimChain | None:
    """The steps of an event under a law; None where no outage is known. Raises LawRefused."""
    where = case_under(law, case, detection, as_of).situation
    return _claim(law, where, assessment) if where is not None else None


def chain_of_part(law: Country, part: EventPart, as_of: date) -> ClaimChain | None:
    """The steps of an event but those that it does without; None where no outage is known. Raises LawRefused."""
    made = chain_of(law, part.case, part.detection, part.assessment, as_of)
    if made is None or not part.without:
        return made
    left_out = [of for of, step in zip(made.taken, made.steps, strict=True) if step.key in part.without]
    return made.without(left_out)


def case_under(law: Country, case: Case, detection: Detection, as_of: date) -> CaseUnderLaw:
    """The facts that a law needs of a case as of a day, and its first outage."""
    given = gather(case, as_of, law.calendar, law.default_begins, law.limitation.silence)
    outage = first_outage(detection)
    return CaseUnderLaw(law, given, situation(case, given, outage) if outage else None)


def _claim(law: Country, where: Situation, assessment: Assessment) -> ClaimChain:
    return claim_chain((*law.steps, *law.once), Footing(where, assessment, law.cap.held(where)))


def _jurisdiction(where: Seat, stand: CaseUnderLaw) -> Jurisdiction:
    began = stand.situation.began if stand.situation else None
    when = (stand.given.as_of, stand.law.calendar, stand.given.party.region)
    return Jurisdiction(
        where.code,
        where.stated,
        where.why,
        True,
        stand.law.cited(stand.given, began),
        to_do.pay_by(*when),
        to_do.answer_by(*when),
        stand.law.letter,
        stand.law.interest.known_until(),
        stand.law.interest.runs_on(),
    )


def _assumed(held: Jurisdiction) -> tuple[Finding, ...]:
    """Until the country is stated it is said which one was assumed, and why."""
    if held.stated:
        return ()
    said = text("No country is stated; {code:country} is assumed: {why}.", code=held.code, why=held.why)
    return (Finding("law.country", said, text("State the country of the line.")),)


def _stopped(stand: CaseUnderLaw, held: Jurisdiction, assessment: Assessment, why: Finding) -> Waterfall:
    """The chain ends at zero, with the reason as a step and as a finding."""
    chain = RunningSteps()
    steps.add_gross(chain, assessment, stand.law.ground("gross"))
    steps.take_off_refused(chain, assessment, stand.law.ground("not_recoverable"))
    chain.to(Range(), "no_claim", text("No claim can be worked out"), why.text)
    return Waterfall(
        as_of=stand.given.as_of,
        law="",
        steps=tuple(chain.steps),
        due=Range(),
        interest=Range(),
        jurisdiction=held,
        findings=(*stand.given.findings, *_assumed(held), why),
        covers=insurance.covers(stand.given.insured, stand.law.insurance, NO_DAMAGE, None),
    )


def _unknown(where: Seat, assessment: Assessment, as_of: date) -> Waterfall:
    """The damage stands as it is: nobody here knows what the law there takes off it or adds to it."""
    said = _no_law(where)
    chain = RunningSteps()
    steps.add_gross(
        chain, replace(assessment, positions=tuple(p for p in assessment.positions if p.recoverable)), None
    )
    chain.stay("no_law", text("No law is known"), said)
    if assessment.apart != Range():
        beside = text("Claims of their own")
        chain.to(chain.running + assessment.apart, "own_claims", beside, said)
    do = text("State the country of the line if it is another one; else ask a lawyer of that country.")
    return Waterfall(
        as_of=as_of,
        law="",
        steps=tuple(chain.steps),
        due=chain.running,
        interest=Range(),
        jurisdiction=Jurisdiction(
            where.code, where.stated, where.why, answer_by=to_do.answer_by(as_of, PLAIN, "")
        ),
        findings=(Finding("law.no_law", said, do, Weight.WARNING),),
    )


def _no_law(where: Seat) -> Text:
    if not where.code:
        return text(
            "The country of the line is not known ({why}), so no law is applied: no cap, no interest, no costs.",
            why=where.why,
        )
    if where.stated:
        return text(
            "The law of {code:country} is not known here: no cap, no interest and no costs are worked out.",
            code=where.code,
        )
    return text(
        "The law of {code:country} is not known here: no cap, no interest and no costs are worked out. The country "
        "is assumed: {why}.",
        code=where.code,
        why=where.why,
    )
