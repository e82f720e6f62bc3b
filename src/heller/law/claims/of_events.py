"""Who owes what for several events: each with its own day, default, cap and limitation, then by debtor.

An event is worked out as a claim of its own (`of_event`); here they are added up, and what is owed once for a whole
matter is put behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from heller.law.account.of_debtor import accounted, owed, owed_parts
from heller.law.book.refusals import LawRefused
from heller.law.chain.claim_chain import PRE_TRIAL, ClaimChain
from heller.law.chain.limitation import time_bar
from heller.law.chain.matter import cap_once, matter
from heller.law.claims.of_event import chain_of_part, law_of, waterfall, whole
from heller.law.claims.side_by_side import side_by_side
from heller.law.country import Country, perhaps
from heller.law.facts_of_case import Dealings, LegalFacts
from heller.law.facts_of_case.account_records import account_records
from heller.law.objections import Attack, ranked
from heller.model.account import AccountRecords
from heller.model.amount import Range
from heller.model.claim import (
    Claim,
    DebtorClaim,
    EventClaim,
    Waterfall,
)
from heller.model.event import DebtorDebt, EventDebt
from heller.model.facts import provider
from heller.model.money import Money, total
from heller.model.objection import Objections
from heller.model.text import Text, text
from heller.model.worked_out import EventPart

UNNAMED = ""  # a debtor whose name nobody has stated
NOTHING_MOVED = AccountRecords()


class Sum(Struct, frozen=True):
    """The claim as the sum of its events: each alone, by debtor, and all together."""

    by_event: tuple[EventClaim, ...]
    by_debtor: tuple[DebtorClaim, ...]
    waterfall: Waterfall


class _Event(Struct, frozen=True):
    """An event under its law; `made` is None where no claim can be worked out for it, `agreed` the chain of what the
    other side agreed to."""

    part: EventPart
    debtor: str
    law: Country | None
    made: ClaimChain | None
    agreed: ClaimChain | None = None


def claim_of(
    parts: Sequence[EventPart],
    as_of: date,
    draws: Sequence[tuple[Money, ...]] = (),
    records: AccountRecords = NOTHING_MOVED,
) -> Sum:
    """The sum of one event at least, on a day. `draws` are equally likely damages of each event, for the decision;
    `records` are what was paid, credited and settled."""
    events = [_event(part, as_of) for part in parts]
    alone = len(events) == 1
    falls = [
        waterfall(
            e.part.case,
            e.part.detection,
            e.part.assessment,
            as_of,
            draws[n] if draws else (),
            alone=alone,
            agreed=e.part.agreed,
        )
        for n, e in enumerate(events)
    ]
    by_event = tuple(
        EventClaim(e.part.event, e.debtor, e.part.assessment, fall)
        for e, fall in zip(events, falls, strict=True)
    )
    by_debtor = []
    for debtor in dict.fromkeys(e.debtor for e in events):
        mine = [n for n, e in enumerate(events) if e.debtor == debtor]
        fall = _of_debtor(
            [events[n] for n in mine], [falls[n] for n in mine], [draws[n] for n in mine if draws]
        )
        costs = next((step.effect for step in fall.steps if step.key == PRE_TRIAL), Range())
        debt = _debt(debtor, [events[n] for n in mine], costs)
        by_debtor.append(DebtorClaim(debt, _accounted(debt, fall, [events[n] for n in mine], records)))
    named = [
        (Text(one.debt.debtor) if one.debt.debtor else text("debtor not named"), one.waterfall)
        for one in by_debtor
    ]
    return Sum(by_event, tuple(by_debtor), side_by_side(named))


def due_of(parts: Sequence[EventPart], as_of: date, records: AccountRecords = NOTHING_MOVED) -> Range:
    """What may be demanded on a day for all events, and nothing else: fast, for asking what an answer would change."""
    events = [_event(part, as_of) for part in parts]
    sums = [e.part.assessment.total + e.part.assessment.apart for e in events if e.law is None]
    for debtor in dict.fromkeys(e.debtor for e in events):
        mine = [(e.part.event.name, e.made) for e in events if e.debtor == debtor and e.made is not None]
        law = next((e.law for e in events if e.debtor == debtor and e.made is not None), None)
        if law is not None:
            chain = matter(_without_once(mine, law), law.once)
            sums.append(_due(debtor, [e for e in events if e.debtor == debtor], law, chain, as_of, records))
    return sum(sums, Range())


def objections_to(claim: Claim, parts: Sequence[EventPart]) -> Objections:
    """What the other side may say against a claim under the law that it stands on, the weightiest first; nothing
    where no law is known."""
    law = perhaps(claim.waterfall.jurisdiction.code)
    if law is None or not parts:
        return Objections((), claim.waterfall.due)
    as_of = claim.waterfall.as_of
    records = account_records(claim.case, as_of)
    return ranked(Attack(claim, tuple(parts), lambda others: due_of(others, as_of, records)), law.objections)


def _due(
    debtor: str,
    events: Sequence[_Event],
    law: Country,
    chain: ClaimChain,
    as_of: date,
    records: AccountRecords,
) -> Range:
    if law.account is None or not records.of(debtor):
        return chain.due
    region = chain.situation.given.party.region
    return owed(_debt(debtor, events, chain.pre_trial), records, as_of, law.account, region)


def _accounted(
    debt: DebtorDebt, fall: Waterfall, events: Sequence[_Event], records: AccountRecords
) -> Waterfall:
    """The claim against a debtor with what was paid, credited, settled and assigned."""
    known = next(((e.law, e.made) for e in events if e.law and e.made), None)
    if known is None or known[0].account is None:
        return fall
    law, region = known[0].account, known[1].situation.given.party.region
    after = accounted(fall, debt, records, law, region)
    if after.pleaded is None or after.pleaded.auxiliary is None or not records.of(debt.debtor):
        return after
    other = after.pleaded.auxiliary
    instead = _debt(debt.debtor, [_unlifted(one) for one in events], other.costs)
    due, principal, interest, costs = owed_parts(instead, records, fall.as_of, law, region)
    other = replace(other, due=due, principal=principal, interest=interest, costs=costs)
    return replace(after, pleaded=replace(after.pleaded, auxiliary=other))


def _unlifted(event: _Event) -> _Event:
    """The event at simple negligence."""
    assert event.made is not None and event.law is not None  # only a chain pleads a degree of fault
    return replace(event, made=event.made.supposing(limit=event.law.cap.limit(event.made.situation)))


def _event(part: EventPart, as_of: date) -> _Event:
    law = law_of(part.case)
    debtor = part.case.facts[provider.NAME] or UNNAMED
    try:
        made = chain_of_part(law, part, as_of) if law else None
        agreed = chain_of_part(law, part.agreed, as_of) if law and part.agreed else None
    except LawRefused:
        made, agreed = None, None
    return _Event(part, debtor, law, made, agreed)


def _without_once(
    named: Iterable[tuple[Text, ClaimChain | None]], law: Country
) -> list[tuple[Text, ClaimChain]]:
    return [(name, made.without(law.once)) for name, made in named if made is not None]


def _of_debtor(
    events: Sequence[_Event], falls: Sequence[Waterfall], draws: Sequence[tuple[Money, ...]]
) -> Waterfall:
    """All events of one debtor: the lists of each, the steps of all as one chain with what is owed once."""
    if len(events) == 1:
        return _with_once(events[0], falls[0])
    listed = side_by_side([(e.part.event.name, fall) for e, fall in zip(events, falls, strict=True)])
    law = next((e.law for e in events if e.made is not None), None)
    if law is None or any(e.made is None or e.law is not law for e in events):
        return listed
    chain = matter(_without_once(((e.part.event.name, e.made) for e in events), law), law.once)
    where = replace(chain.footing.situation, given=_facts_of_all([e.made for e in events if e.made]))
    chain = replace(chain, footing=replace(chain.footing, situation=where))
    detection = events[0].part.detection
    all_draws = tuple(total(each) for each in zip(*draws, strict=True)) if draws else ()
    summed = whole(law, chain, listed.jurisdiction, detection, all_draws, _agreed(events, law))
    return replace(
        listed,
        alternatives=(*listed.alternatives, *cap_once([e.made for e in events if e.made], law.book)),
        steps=summed.steps,
        due=summed.due,
        interest=summed.interest,
        costs=summed.costs,
        overclaim=summed.overclaim,
        decision=summed.decision,
        beyond=summed.beyond,
        scenarios=summed.scenarios,
        covers=summed.covers,
        pleaded=summed.pleaded,
    )


def _agreed(events: Sequence[_Event], law: Country) -> ClaimChain | None:
    """The chain of what is agreed of several events; None where the other side has not answered."""
    named = [(e.part.event.name, e.agreed) for e in events]
    return matter(_without_once(named, law), law.once) if all(chain for _, chain in named) else None


def _with_once(event: _Event, fall: Waterfall) -> Waterfall:
    """The one event of a debtor beside events of others: what is owed once is owed for it."""
    if event.made is None or event.law is None or len(fall.steps) == len(event.made.steps):
        return fall
    summed = whole(event.law, event.made, fall.jurisdiction, event.part.detection, (), event.agreed)
    return replace(summed, deadlines=fall.deadlines, findings=fall.findings)


def _facts_of_all(made: Sequence[ClaimChain]) -> LegalFacts:
    """The facts of the event that was in default first, with what was said about any of them."""
    given = min((one.situation.given for one in made), key=lambda g: g.default or date.max)
    contacts = {(c.at, c.kind, c.said): c for one in made for c in one.situation.given.dealings.contacts}
    talks = tuple(sorted({t for one in made for t in one.situation.given.dealings.talks}))
    longest = tuple(sorted({t for one in made for t in one.situation.given.dealings.longest_talks}))
    said = tuple(contacts[key] for key in sorted(contacts, key=lambda k: k[0]))
    known = tuple(sorted({day for one in made for day in one.situation.given.dealings.acknowledged}))
    dealings = Dealings(given.as_of, given.dealings.zone, said, talks, longest, known)
    return replace(given, dealings=dealings)


def _debt(debtor: str, events: Sequence[_Event], costs: Range) -> DebtorDebt:
    """What the debtor owes before anything was paid, for the account."""
    debts = []
    for event in events:
        where = event.made.situation if event.made else None
        bar = (
            time_bar(event.law.limitation, where.began, where.given.dealings) if event.law and where else None
        )
        debts.append(
            EventDebt(
                event.part.event.key,
                event.part.event.line,
                debtor,
                where.began if where else event.part.event.began,
                event.made.principal if event.made else Range(),
                where.given.default if where else None,
                bar.end if bar else None,
            )
        )
    mandates = [e.made.situation.given.fees.mandate for e in events if e.made]
    return DebtorDebt(debtor, tuple(debts), costs, mandates[0] if mandates and costs != Range() else None)
