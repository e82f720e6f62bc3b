"""The loss in the scheme of a loss adjuster: expected, actual, saved cost by account, cost of reducing the loss.

It regroups the flows of the two worlds and adds nothing to them: its differences add up to theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heller.damage.margin import Margin
from heller.model.damage import Flow, Position
from heller.model.head import InsuredAs
from heller.model.heads import HEADS
from heller.model.money import ZERO, Money, total
from heller.model.scheme import SchemeKind, SchemeLine
from heller.model.text import Text, text

VARIABLE = ":variable cost"  # how the head of lost sales names what its takings would have cost


def scheme(flows: Sequence[Flow], positions: Sequence[Position], margin: Margin) -> tuple[SchemeLine, ...]:
    """The lines in the order of the scheme, those of one head and kind together; claims of their own beside the damage
    are none of it. Likely figures."""
    apart = {id for position in positions if position.apart for id in position.flows}
    grouped: dict[tuple[SchemeKind, str], list[Flow]] = {}
    for flow in flows:
        if flow.id not in apart:
            grouped.setdefault((_kind(flow), flow.head), []).append(flow)
    order = sorted(grouped, key=lambda key: (list(SchemeKind).index(key[0]), _rank(key[1])))
    return tuple(line for kind, head in order for line in _lines(kind, head, grouped[kind, head], margin))


def _rank(head: str) -> int:
    return HEADS[head].rank if head in HEADS else len(HEADS) ** 2


def _kind(flow: Flow) -> SchemeKind:
    """What a flow is to an adjuster: money that was not spent was saved, whatever head says so."""
    row = HEADS.get(flow.head)
    loss = flow.without.likely - flow.actual.likely
    if flow.id.endswith(VARIABLE) or (flow.without.likely < ZERO and loss < ZERO):
        return SchemeKind.SAVED
    if row is not None and row.saves:
        return SchemeKind.BENEFIT
    if row is not None and row.insured is InsuredAs.MARGIN:
        return SchemeKind.EARNINGS
    if row is not None and row.insured is InsuredAs.AVERTED:
        return SchemeKind.AVERTED
    return SchemeKind.FURTHER


def _lines(kind: SchemeKind, head: str, flows: Sequence[Flow], margin: Margin) -> Iterator[SchemeLine]:
    expected, actual = total(f.without.likely for f in flows), total(f.actual.likely for f in flows)
    sources = tuple(dict.fromkeys(source for flow in flows for source in flow.sources))
    title = HEADS[head].title if head in HEADS else Text(head)
    accounts = [one for one in margin.variable if one.sum > ZERO]
    if kind is SchemeKind.SAVED and accounts and all(f.id.endswith(VARIABLE) for f in flows):
        shares = [one.sum.cents for one in accounts]
        for one, was, came in zip(accounts, _split(expected, shares), _split(actual, shares), strict=True):
            yield SchemeLine(kind, head, one.name, was, came, margin.sources)
        return
    if kind is SchemeKind.EARNINGS and head == "lost_sales":
        title = text("{takings:cap} in the time of the outage")
    if kind is SchemeKind.SAVED and all(f.id.endswith(VARIABLE) for f in flows):
        title = text("Variable cost, by the margin that is stated for it")
    yield SchemeLine(kind, head, title, expected, actual, sources)


def _split(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """An amount by weights, to the cent, whatever its sign."""
    return amount.split(weights) if amount >= ZERO else tuple(-one for one in (-amount).split(weights))
