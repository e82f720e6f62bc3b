"""What of a claim is agreed and what is disputed: items, what the answers rule on them, what may be demanded at once.

An answer counts as the other side gave it, against the claim as it stands today: an item that is smaller now is agreed
up to what is still asked for. It reads no file and works out no chain; what is due for what is agreed it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from heller.law.book.refusals import LawRefused
from heller.law.book.rules import may_be_summed
from heller.law.chain.claim_chain import INTEREST
from heller.law.chain.running import RunningSteps
from heller.law.claims.of_event import chain_of, law_of
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.case import Case
from heller.model.claim import AGREED, NextStep, Step, Waterfall
from heller.model.damage import Assessment, Missing, Position
from heller.model.dispute import ClaimItem, Dispute, DisputedItem
from heller.model.finding import Finding, Locator
from heller.model.kinds.claim_answer import ClaimAnswer
from heller.model.kinds.item_ruling import ItemRuling
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text
from heller.model.worked_out import EventPart

FROM_POSITIONS = ("gross", "own_claims")  # steps that add what the positions say
DueOf = Callable[[Sequence[EventPart]], Range]


def items(parts: Sequence[EventPart], as_of: date) -> tuple[ClaimItem, ...]:
    """What is demanded on a day, position by position, and behind them what the law adds to them, as a lump sum; each
    event's in its order. A key is the head of loss or the step, behind the event where there are several, and numbered
    where a head has several positions."""
    return tuple(item for part in parts for item in _items_of(part, as_of, alone=len(parts) == 1))


def _items_of(part: EventPart, as_of: date, *, alone: bool) -> Iterator[ClaimItem]:
    positions, seen = part.assessment.positions, dict[str, int]()
    asked = [(n, positions[n], amount) for n, amount in _asked(part.assessment).items()]
    added = [(-1, one, one.amount.low) for one in _added(part, as_of)]
    for n, one, amount in (*asked, *added):
        seen[one.head] = seen.get(one.head, 0) + 1
        key = one.head if seen[one.head] == 1 else f"{one.head}#{seen[one.head]}"
        title = one.title
        if not alone:
            key, title = (
                f"{part.event.key}/{key}",
                text("{title} ({event})", title=title, event=part.event.name),
            )
        yield ClaimItem(key, part.event.key, title, amount, one, n)


def _asked(assessment: Assessment) -> dict[int, Money]:
    """What is asked for by each position that counts, by its number. The cautious sum of all lies above the sum of the
    cautious figures; what it lies above is shared out by the width of each range, so that the items add up to it."""
    summed = [(n, one) for n, one in enumerate(assessment.positions) if one.recoverable]
    above = assessment.total.low - total(one.amount.low for _, one in summed)
    widths = [(one.amount.likely - one.amount.low).cents for _, one in summed]
    shares = above.split(widths) if above > ZERO and any(widths) else (ZERO,) * len(summed)
    found = {n: one.amount.low + share for (n, one), share in zip(summed, shares, strict=True)}
    found |= {n: one.amount.low for n, one in enumerate(assessment.positions) if one.apart}
    return {
        n: asked
        for n, asked in sorted(found.items())
        if asked > ZERO and may_be_summed(assessment.positions[n].norm)
    }


def _added(part: EventPart, as_of: date) -> Iterator[Position]:
    """What steps of the chain add to the damage before it bears interest, each as a claim of its own."""
    law = law_of(part.case)
    try:
        made = chain_of(law, part.case, part.detection, part.assessment, as_of) if law else None
    except LawRefused:
        return
    for step in made.steps[: made.chain.index(INTEREST)] if made is not None else ():
        if step.effect.low > ZERO and step.key not in FROM_POSITIONS and step.norm is not None:
            amount, grade = Range.exact(step.effect.low), ProofGrade.COMPUTED
            yield Position(
                step.key, step.label, amount, grade, step.norm, step.reason, step.working, (), False, (), True
            )


def agreed_parts(
    parts: Sequence[EventPart], agreed: Mapping[str, Money], as_of: date
) -> tuple[EventPart, ...]:
    """The events as if nothing but what is agreed of each item were asked for."""
    return tuple(_only(part, agreed, as_of, alone=len(parts) == 1) for part in parts)


def _only(part: EventPart, agreed: Mapping[str, Money], as_of: date, *, alone: bool) -> EventPart:
    found = list(_items_of(part, as_of, alone=alone))
    by_number = {one.number: agreed.get(one.key, ZERO) for one in found if one.number >= 0}
    positions = [
        replace(one, amount=Range.exact(by_number.get(n, ZERO))) if one.recoverable or one.apart else one
        for n, one in enumerate(part.assessment.positions)
    ]
    added = [one for one in found if one.number < 0]
    for one in added:
        positions.append(replace(one.position, amount=Range.exact(agreed.get(one.key, ZERO))))
    summed = sum((one.amount for one in positions if one.recoverable), Range())
    return replace(
        part,
        assessment=replace(part.assessment, positions=tuple(positions), total=summed),
        without=tuple(one.position.head for one in added),
    )


def with_agreed(case: Case, parts: Sequence[EventPart], as_of: date) -> tuple[EventPart, ...]:
    """The events, each with what of its damage is agreed; the same where nobody answered."""
    rows = disputed_items(case, parts, as_of)
    if not rows:
        return tuple(parts)
    agreed = agreed_parts(parts, {one.key: one.agreed for one in rows}, as_of)
    return tuple(replace(part, agreed=other) for part, other in zip(parts, agreed, strict=True))


def answers_of(case: Case) -> tuple[ClaimAnswer, ...]:
    """The answers in order of their rounds, those of one round in order of their days."""
    return tuple(sorted(case.records(ClaimAnswer), key=lambda one: (one.round, one.on, one.file)))


def disputed_items(case: Case, parts: Sequence[EventPart], as_of: date) -> tuple[DisputedItem, ...]:
    """The items with what each answer rules on them; none where nobody answered."""
    answers = answers_of(case)
    if not answers:
        return ()
    by_file: dict[str, dict[str, ItemRuling]] = {}
    for one in case.records(ItemRuling):
        by_file.setdefault(one.source.object if one.source else "", {})[one.item] = one
    return tuple(_row(item, answers, by_file) for item in items(parts, as_of))


def _row(
    item: ClaimItem, answers: Sequence[ClaimAnswer], by_file: Mapping[str, Mapping[str, ItemRuling]]
) -> DisputedItem:
    rulings = tuple(by_file.get(answer.file, {}).get(item.key) for answer in answers)
    return DisputedItem(item.key, item.title, item.asked, rulings, min(_agreed(answers, rulings), item.asked))


def _agreed(answers: Sequence[ClaimAnswer], rulings: Sequence[ItemRuling | None]) -> Money:
    """What the last round that rules on an item agrees to; of several answers to one bundle the least."""
    said = [(answer.round, one) for answer, one in zip(answers, rulings, strict=True) if one is not None]
    last = max((n for n, _ in said), default=0)
    return min((one.agreed for n, one in said if n == last), default=ZERO)


def dispute(
    case: Case, parts: Sequence[EventPart], fall: Waterfall, due_of: DueOf, before_account: DueOf
) -> Dispute | None:
    """Where the two sides stand; None where nobody answered. `due_of` is what is due for such events on the day,
    `before_account` the same before anything was paid."""
    rows = disputed_items(case, parts, fall.as_of)
    if not rows or fall.over:
        return None
    agreed = agreed_parts(parts, {one.key: one.agreed for one in rows}, fall.as_of)
    open_, whole = due_of(agreed).low, before_account(agreed).low
    due = fall.due.low
    return Dispute(
        answers_of(case),
        rows,
        due,
        min(open_, due),
        max(whole - open_, ZERO),
        tuple(_contradicting(answers_of(case), rows)),
    )


def _contradicting(answers: Sequence[ClaimAnswer], rows: Iterable[DisputedItem]) -> Iterator[str]:
    """The bundles to which two answers rule otherwise."""
    for bundle in dict.fromkeys(one.bundle for one in answers):
        mine = [n for n, one in enumerate(answers) if one.bundle == bundle]
        for one in rows if len(mine) > 1 else ():
            said = {(r.kind, r.agreed) if (r := one.rulings[n]) is not None else None for n in mine}
            if len(said) > 1:
                yield bundle
                break


def with_dispute(fall: Waterfall, found: Dispute | None) -> Waterfall:
    """The chain with what of its last figure is agreed as one step more: it takes nothing off what is due."""
    if found is None:
        return fall
    chain = RunningSteps()
    chain.running = fall.steps[-1].running if fall.steps else fall.due
    chain.stay(AGREED, text("Agreed, to be paid at once"), _reason(found))
    lines = [
        WorkingLine(text("Agreed of {item}", item=one.title), Range.exact(one.agreed), _places(one))
        for one in found.items
        if one.agreed
    ]
    lines += [
        WorkingLine(text("To be paid at once, as a part payment"), Range.exact(found.agreed)),
        WorkingLine(text("Disputed"), Range.exact(found.rest)),
    ]
    step: Step = replace(chain.steps[-1], working=tuple(lines))
    return replace(fall, steps=(*fall.steps, step))


def _places(one: DisputedItem) -> tuple[Locator, ...]:
    last = one.last
    return (last.source,) if last is not None and last.source is not None else ()


def _reason(found: Dispute) -> Text:
    return text(
        "The other side agrees to {agreed} of what is due: nobody disputes it, so it can be demanded at once. {rest} "
        "stay disputed.",
        agreed=found.agreed,
        rest=found.rest,
    )


def asked_papers(found: Dispute | None) -> tuple[Missing, ...]:
    """Each paper that the other side asks for, with its day, and what hangs on it."""
    if found is None:
        return ()
    return tuple(
        Missing(
            one.key.rpartition("/")[2].partition("#")[0],
            text("The other side asks for it: {paper} ({item})", paper=paper, item=one.title),
            until=until,
            secures=Range.exact(one.asked),
        )
        for one, paper, until in found.questions
    )


def step_to_demand(found: Dispute | None) -> tuple[NextStep, ...]:
    """That what is agreed is demanded, while it is not paid."""
    if found is None or not found.agreed:
        return ()
    what = text("Demand what is agreed: {agreed}.", agreed=found.agreed)
    why = text("It is out of the dispute; a part payment gives nothing else up.")
    return (NextStep(what, why, key="agreed"),)


def dispute_findings(found: Dispute | None) -> Iterator[Finding]:
    """Two answers to one bundle that say different things."""
    for bundle in found.contradicting if found is not None else ():
        said = text(
            "Two answers to the bundle {bundle} say different things; of each item the smaller figure counts.",
            bundle=bundle[:12],
        )
        yield Finding(
            "answer.two", said, text("Ask the other side which of them counts, and withdraw the other.")
        )
