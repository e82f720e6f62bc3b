"""Each thing is spent once over all events: a receipt, an hour, an order that one event counts is gone for the next.

Within one event the ledger settles it (`heller.damage.ledger`); here only what several events want counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from heller.damage.draws import combine
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.damage import Assessment, Flow, Position, Token
from heller.model.finding import Finding
from heller.model.text import Text, text

OWN = "line_fee"  # each line has a fee of its own


def once_each(found: Sequence[tuple[Text, Assessment]]) -> tuple[Assessment, ...]:
    """The damages of named events in order; what an earlier one spent is taken out of the later ones, and said."""
    spent: dict[Token, Text] = {}
    kept = []
    for name, assessment in found:
        mine = _without(assessment, spent)
        spent |= {token: name for flow in mine.flows for token in _tokens(flow)}
        kept.append(mine)
    return tuple(kept)


def _tokens(flow: Flow) -> frozenset[Token]:
    return frozenset() if flow.head == OWN else flow.tokens


def _without(assessment: Assessment, spent: dict[Token, Text]) -> Assessment:
    gone = {
        flow.id: next(iter(twice)) for flow in assessment.flows if (twice := _tokens(flow) & spent.keys())
    }
    if not gone:
        return assessment
    flows = tuple(flow for flow in assessment.flows if flow.id not in gone)
    positions = tuple(p for one in assessment.positions if (p := _position(one, flows, gone)) is not None)
    first = {token.id: spent[token] for token in gone.values()}
    return replace(
        assessment,
        flows=flows,
        positions=positions,
        total=combine(flows),
        by_grade=tuple(_by_grade(flows)),
        findings=(*assessment.findings, *map(_counted_once, first, first.values())),
    )


def _position(one: Position, flows: Sequence[Flow], gone: dict[str, Token]) -> Position | None:
    """A position with what is left of it; None where nothing is."""
    if not gone.keys() & set(one.flows):
        return one
    mine = [flow for flow in flows if flow.id in one.flows]
    if not mine:
        return None
    left = combine(mine)
    cut = WorkingLine(
        text("taken out because it counts elsewhere"), Range.exact(left.likely - one.amount.likely)
    )
    ids = tuple(flow.id for flow in mine)
    return replace(
        one, amount=left if one.recoverable else one.amount, working=(*one.working, cut), flows=ids
    )


def _by_grade(flows: Sequence[Flow]) -> Iterator[tuple[ProofGrade, Range]]:
    for grade in ProofGrade:
        if chosen := [flow for flow in flows if flow.grade is grade]:
            yield grade, combine(chosen)


def _counted_once(thing: str, event: Text) -> Finding:
    what = text(
        "'{thing}' belongs to several events; it counts once, in the first of them ({event}).",
        thing=thing.partition(":")[0],
        event=event,
    )
    do = text("Say which event it is of: heller event give CASE")
    return Finding("damage.two_events", what, do)
