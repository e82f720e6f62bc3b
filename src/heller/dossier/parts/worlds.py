"""The two worlds: every flow of money without the outage and as it happened. Damage is the difference."""

from __future__ import annotations

from collections.abc import Sequence

from heller.dossier.blocks import Cell, Column, Para, Part, Row, Table
from heller.dossier.names import head_name
from heller.dossier.pen import Pen
from heller.model.amount import Range
from heller.model.damage import Flow
from heller.model.money import Money, total
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """The likely figures of both worlds by head, their sums, and the damage with its range."""
    flows = pen.claim.assessment.flows
    if not flows:
        return None
    columns = (
        Column(pen(text("Flow of money")), "left", "1fr"),
        Column(pen(text("Proof")), "left", "41mm"),
        Column(pen(text("without the outage")), "right", "21mm"),
        Column(pen(text("as it happened")), "right", "21mm"),
        Column(pen(text("difference")), "right", "21mm"),
    )
    rows: list[Row] = []
    heads = list(dict.fromkeys(flow.head for flow in flows))
    for head in heads:
        rows += _head(pen, head, [flow for flow in flows if flow.head == head])
    rows.append(_sum(pen, pen(text("Both worlds")), flows, "total"))
    table = Table(columns, tuple(rows), _note(pen, flows), size="small")
    return Part("worlds", pen(text("The two worlds")), (Para(pen(_LEAD)), table), fresh=True)


_LEAD = text(
    "Damage is the difference between the fortune as it would be without the outage and the fortune as "
    "it is (§ 249 BGB). Money in is positive, money out negative. What stands in both columns with the "
    "same amount, as wages do, adds nothing; so nothing counts twice. The figures are the likely ones, "
    "in euros."
)


def _head(pen: Pen, head: str, flows: Sequence[Flow]) -> list[Row]:
    title = next(
        (pen(p.title) for p in pen.claim.assessment.positions if p.head == head), pen(head_name(head))
    )
    rows = [Row((Cell(title),), "group")]
    groups = _groups(flows)
    rows += [_group(pen, group) for group in groups]
    if len(groups) > 1:
        rows.append(_sum(pen, pen(text("Sum")), flows, "sum"))
    return rows


def _groups(flows: Sequence[Flow]) -> list[list[Flow]]:
    """Flows that are printed as one line; every one of them stands in the claim for programs."""
    groups: dict[str, list[Flow]] = {}
    for flow in flows:
        groups.setdefault(flow.id if flow.group is None else str(flow.group), []).append(flow)
    return list(groups.values())


def _group(pen: Pen, flows: Sequence[Flow]) -> Row:
    label = flows[0].label if len(flows) == 1 else flows[0].group or flows[0].label
    without, actual = (total(f.without.likely for f in flows), total(f.actual.likely for f in flows))
    sources = tuple(dict.fromkeys(source for flow in flows for source in flow.sources))
    return Row((Cell(pen(label)), pen.sources(sources), *_figures(pen, without, actual)))


def _sum(pen: Pen, label: str, flows: Sequence[Flow], kind: str) -> Row:
    without, actual = (total(f.without.likely for f in flows), total(f.actual.likely for f in flows))
    return Row((Cell(label), Cell(), *_figures(pen, without, actual)), kind)


def _figures(pen: Pen, without: Money, actual: Money) -> tuple[Cell, Cell, Cell]:
    return Cell(pen.bare(without)), Cell(pen.bare(actual)), Cell(pen.bare(without - actual))


def _note(pen: Pen, flows: Sequence[Flow]) -> str:
    damage: Range = pen.claim.assessment.total
    summed = total(f.without.likely - f.actual.likely for f in flows)
    said = pen(
        text(
            "The damage with its range: cautious {low}, likely {likely}, high {high}.",
            low=damage.low,
            likely=damage.likely,
            high=damage.high,
        )
    )
    if summed == damage.likely:
        return said
    off = pen(
        text(
            "It differs by {off} from the sum of the lines: some lines are shown but not recoverable, and "
            "the middle of a sum of ranges is not the sum of their middles.",
            off=damage.likely - summed,
        )
    )
    return f"{said} {off}"
