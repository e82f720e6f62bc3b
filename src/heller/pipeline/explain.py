"""Explains a figure, a bound or a verdict of a claim: the tree of its working, from the sum down to the exhibits. Pure.

It works nothing out: it puts what the claim says of itself into one tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial

from heller.dossier.names import CAUSES, GRADES, STRENGTHS
from heller.model.amount import Range, WorkingLine
from heller.model.claim import Claim, Lift
from heller.model.damage import Assessment, Flow, Position, SalesEstimate
from heller.model.facts import FACTS
from heller.model.finding import Ground, Locator
from heller.model.kinds.fact import Fact
from heller.model.money import Money
from heller.model.outage import OpenEnd, OpenStart, Outage
from heller.model.span import Bounds
from heller.model.text import Text, text
from heller.model.working_tree import WorkingTree

Makes = Callable[[], WorkingTree]


def explain(claim: Claim, what: str) -> WorkingTree:
    """The tree of what is named: `due`, `damage`, a step of the chain, a head of loss, `outage.1`, `outage.1.start`,
    `outage.1.end`, `outage.1.cause`, `lift.KEY`, `fact.KEY`. Raises LookupError for a name that is none of
    `explicable`."""
    found = _known(claim).get(what)
    if found is None:
        raise LookupError(what)
    return found()


def explicable(claim: Claim) -> tuple[str, ...]:
    """All that can be explained of a claim, by name."""
    return tuple(_known(claim))


def _known(claim: Claim) -> Mapping[str, Makes]:
    fall, damage = claim.waterfall, claim.assessment
    names: dict[str, Makes] = {"due": partial(_due, claim), "damage": partial(_damage, damage)}
    for head in dict.fromkeys(one.head for one in damage.positions):
        names[head] = partial(_head, damage, head)
    for n, step in enumerate(fall.steps):
        key = f"step.{step.key}" if step.key in names else step.key
        names[key] = partial(_step, claim, n)
    for n, outage in enumerate(claim.seen, 1):
        names[f"outage.{n}"] = partial(_outage, outage)
        names[f"outage.{n}.start"] = partial(_edge, outage, text("Start"), outage.start)
        names[f"outage.{n}.end"] = partial(_edge, outage, text("End"), outage.end)
        names[f"outage.{n}.cause"] = partial(_cause, outage)
    for lift in fall.lifts:
        names[f"lift.{lift.key}"] = partial(_lift, lift)
    for fact in claim.case.records(Fact):
        if fact.key in FACTS:
            names[f"fact.{fact.key}"] = partial(_fact, claim, fact.key)
    return names


def _due(claim: Claim) -> WorkingTree:
    """From the last figure up the chain: each step with what it did."""
    fall = claim.waterfall
    last = fall.steps[-1].reason if fall.steps else None
    parts = tuple(_step(claim, n) for n in range(len(fall.steps)))
    return WorkingTree(text("Due on {day}", day=fall.as_of), fall.due, last, parts=parts)


def _step(claim: Claim, n: int) -> WorkingTree:
    fall = claim.waterfall
    step = fall.steps[n]
    before = fall.steps[n - 1].running if n else Range()
    stands = (
        WorkingTree(text("Before it"), before),
        WorkingTree(text("After it"), step.running),
    )
    below = (_damage(claim.assessment),) if step.key == "gross" else ()
    return WorkingTree(
        step.label, step.effect, step.reason, step.norm, (), (*stands, *below, *_lines(step.working))
    )


def _damage(damage: Assessment) -> WorkingTree:
    heads = dict.fromkeys(one.head for one in damage.positions)
    return WorkingTree(
        text("Damage that is recoverable"), damage.total, parts=tuple(_head(damage, head) for head in heads)
    )


def _head(damage: Assessment, head: str) -> WorkingTree:
    """The positions of a head; one alone stands for it."""
    found = [_position(damage, one) for one in damage.positions if one.head == head]
    if len(found) == 1:
        return found[0]
    summed = sum((one.amount for one in damage.positions if one.head == head), Range())
    return WorkingTree(found[0].label, summed, parts=tuple(found))


def _position(damage: Assessment, one: Position) -> WorkingTree:
    wanted = set(one.flows)
    flows = tuple(_flow(flow) for flow in damage.flows if flow.id in wanted)
    sales = tuple(_sale(each) for each in damage.sales) if one.head == "lost_sales" else ()
    twice = tuple(
        WorkingTree(text("Counted once: {thing}", thing=each.token.id), -each.left_out, each.rule)
        for each in damage.conflicts
        if one.head in (each.kept, each.dropped)
    )
    graded = WorkingTree(text("Grade of proof: {grade}", grade=GRADES[one.grade]))
    parts = (graded, *_lines(one.working), *flows, *sales, *twice)
    return WorkingTree(one.title, one.amount, one.reason, one.norm, one.sources, parts)


def _flow(flow: Flow) -> WorkingTree:
    """A flow as the difference of two worlds, with the things that it spends."""
    worlds = (
        WorkingTree(text("without the outage"), flow.without),
        WorkingTree(text("as it happened"), flow.actual),
    )
    things = tuple(WorkingTree(text("Spends {thing}", thing=one.id)) for one in sorted(flow.tokens))
    return WorkingTree(flow.label, flow.without - flow.actual, None, None, flow.sources, (*worlds, *things))


def _sale(sale: SalesEstimate) -> WorkingTree:
    """The forecast of a channel: what was expected, its like days, the other ways, how well the method did before."""
    parts = [
        WorkingTree(text("Before what came back later"), sale.gross),
        WorkingTree(text("Came back later"), -sale.catch_up),
        *(WorkingTree(said) for said in sale.words),
        *_lines(sale.by_hand.ways),
        *_lines(sale.by_hand.bridge),
    ]
    for day in sale.like_days:
        said = text(
            "{day}: expected {expected}, came {came}",
            day=day.day,
            expected=Money(day.expected),
            came=Money(day.observed),
        )
        parts.append(WorkingTree(said))
    if sale.backtest is not None:
        said = text(
            "Tried on {n} quiet windows of the firm's own history: {share:percent} of them lay inside the range.",
            n=sale.backtest.windows,
            share=round(Decimal(sale.backtest.coverage), 3),
        )
        parts.append(WorkingTree(said))
    return WorkingTree(text("Forecast of {channel}", channel=sale.channel), sale.lost, parts=tuple(parts))


def _outage(outage: Outage) -> WorkingTree:
    label = text("Down from {start} to {end}", start=outage.start.latest, end=outage.span.end)
    parts = (
        _edge(outage, text("Start"), outage.start),
        _edge(outage, text("End"), outage.end),
        _cause(outage),
        WorkingTree(
            text("Proof: {strength}", strength=STRENGTHS[outage.strength]), parts=tuple(_witnesses(outage))
        ),
        *(
            WorkingTree(text("Nobody watched from {start} to {end}", start=hole.start, end=hole.end))
            for hole in outage.unobserved
        ),
    )
    reason = text("A claim uses {shortest}, what is certain.", shortest=outage.shortest)
    return WorkingTree(label, None, reason, parts=parts)


def _edge(outage: Outage, label: Text, edge: Bounds | OpenStart | OpenEnd) -> WorkingTree:
    """Where an outage began or ended: its two bounds, the witnesses that saw them, other ends that somebody claims."""
    match edge:
        case Bounds():
            said = text(
                "{what}: between {first} and {last}", what=label, first=edge.earliest, last=edge.latest
            )
            at = (edge.earliest, edge.latest)
        case OpenStart():
            said = text("{what}: before {at}, down from the first measurement on", what=label, at=edge.latest)
            at = (edge.latest, edge.latest)
        case OpenEnd():
            said = text("{what}: still down, last measured at {at}", what=label, at=edge.earliest)
            at = (edge.earliest, edge.earliest)
    others = (
        WorkingTree(text("{who} says {at}", who=one.said_by, at=one.at), None, one.why, None, one.sources)
        for one in (outage.ends if edge is outage.end else ())
    )
    return WorkingTree(said, parts=(*_witnesses(outage, at), *others))


def _witnesses(outage: Outage, at: tuple[datetime, datetime] | None = None) -> Iterator[WorkingTree]:
    """The witnesses of an outage; with an edge those whose own span ends or begins within its bounds, or that say no
    span."""
    for one in outage.witnesses:
        near = (
            at is None
            or one.span is None
            or any(at[0] <= moment <= at[1] for moment in (one.span.start, one.span.end))
        )
        if near:
            yield WorkingTree(one.name, None, one.saw, None, (one.source,))


def _cause(outage: Outage) -> WorkingTree:
    return WorkingTree(text("Cause: {cause}", cause=CAUSES[outage.cause]), None, outage.cause_reason)


def _lift(lift: Lift) -> WorkingTree:
    parts = (
        WorkingTree(text("Speaks for it"), parts=tuple(map(_ground, lift.speaks_for))),
        WorkingTree(text("Speaks against it"), parts=tuple(map(_ground, lift.speaks_against))),
    )
    return WorkingTree(lift.text, lift.worth, None, lift.norm, lift.sources, parts)


def _ground(one: Ground) -> WorkingTree:
    said = text("{day}: {what}", day=one.on, what=one.text) if one.on is not None else one.text
    return WorkingTree(said, sources=one.sources)


def _fact(claim: Claim, key: str) -> WorkingTree:
    """Who stated a fact, in what order; the last one counts."""
    said = [one for one in claim.case.records(Fact) if one.key == key]
    parts = tuple(
        WorkingTree(Text(one.value), None, Text(one.basis) if one.basis else None, None, _place(one.source))
        for one in said
    )
    return WorkingTree(FACTS[key].label, None, FACTS[key].why, parts=parts)


def _place(source: Locator | None) -> tuple[Locator, ...]:
    return (source,) if source is not None else ()


def _lines(working: Iterable[WorkingLine]) -> tuple[WorkingTree, ...]:
    return tuple(WorkingTree(line.text, line.amount, sources=line.sources) for line in working)
