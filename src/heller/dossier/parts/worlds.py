"""The two worlds: every flow of money without the outage and as it happened. Damage is the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heller.dossier.blocks import Block, Cell, Heading, Para, Part, Table, TableColumn, TableRow
from heller.dossier.names import head_name
from heller.dossier.writer import Pen
from heller.model.amount import Range
from heller.model.damage import Flow, Method
from heller.model.money import Money, total
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """The likely figures of both worlds by head, their sums, and the damage with its range."""
    flows = pen.claim.assessment.flows
    if not flows:
        return None
    columns = (
        TableColumn(pen(text("Flow of money")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "41mm"),
        TableColumn(pen(text("without the outage")), "right", "21mm"),
        TableColumn(pen(text("as it happened")), "right", "21mm"),
        TableColumn(pen(text("difference")), "right", "21mm"),
    )
    rows: list[TableRow] = []
    heads = list(dict.fromkeys(flow.head for flow in flows))
    for head in heads:
        rows += _head(pen, head, [flow for flow in flows if flow.head == head])
    rows.append(_sum(pen, pen(text("Total")), flows, "total"))
    table = Table(columns, tuple(rows), _note(pen, flows), size="small")
    blocks = (Para(f"{pen.cited(_DIFFERENCE, 'difference')}. {pen(_COLUMNS)}"), table, *_methods(pen))
    return Part("worlds", pen(text("With and without the outage")), blocks, fresh=True)


def _methods(pen: Pen) -> Iterator[Block]:
    """The lost profit by three methods: two that agree, and the one that would count wages twice."""
    methods = pen.claim.assessment.methods
    if not methods:
        return
    yield Heading(pen(text("The lost profit, worked out twice")))
    lead = text(
        "Contribution margin, or net profit and the wages that were paid for nothing: both give the same sum. "
        "Takings and wages together would count the wages twice; they are not claimed."
    )
    yield Para(pen(lead))
    columns = (
        TableColumn(pen(text("In euros")), "left", "1fr"),
        *(TableColumn(pen(method.name), "right", "32mm") for method in methods),
    )
    labels = dict.fromkeys(pen(line.text) for method in methods for line in method.lines)
    rows = [
        TableRow((Cell(label), *(Cell(_amount(pen, method, label)) for method in methods)))
        for label in labels
    ]
    sums = (
        Cell(pen.bare(method.sum), pen(text("not claimed")) if method.refused else "") for method in methods
    )
    rows.append(TableRow((Cell(pen(text("Sum"))), *sums), "total"))
    yield Table(columns, tuple(rows), size="small")


def _amount(pen: Pen, method: Method, label: str) -> str:
    """What a method has in a line, nothing where it does not know it."""
    found = (line.amount for line in method.lines if pen(line.text) == label and line.amount)
    amount = next(found, None)
    return "" if amount is None else pen.bare(amount.likely)


_DIFFERENCE = text(
    "Damage is the difference between the fortune as it would be without the outage and the fortune as it is"
)
_COLUMNS = text(
    "Money in is positive, money out negative. What stands in both columns with the same amount, as wages do, "
    "adds nothing; so nothing counts twice. The figures are the likely ones, in euros."
)


def _head(pen: Pen, head: str, flows: Sequence[Flow]) -> list[TableRow]:
    title = next(
        (pen(p.title) for p in pen.claim.assessment.positions if p.head == head), pen(head_name(head))
    )
    rows = [TableRow((Cell(title),), "group")]
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


def _group(pen: Pen, flows: Sequence[Flow]) -> TableRow:
    label = flows[0].label if len(flows) == 1 else flows[0].group or flows[0].label
    without, actual = (total(f.without.likely for f in flows), total(f.actual.likely for f in flows))
    sources = tuple(dict.fromkeys(source for flow in flows for source in flow.sources))
    return TableRow((Cell(pen(label)), pen.sources(sources), *_figures(pen, without, actual)))


def _sum(pen: Pen, label: str, flows: Sequence[Flow], kind: str) -> TableRow:
    without, actual = (total(f.without.likely for f in flows), total(f.actual.likely for f in flows))
    return TableRow((Cell(label), Cell(), *_figures(pen, without, actual)), kind)


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
            "It differs by {off} from the sum of the lines: some lines are shown but not recoverable, and the "
            "middle of a sum of ranges is not the sum of their middles.",
            off=damage.likely - summed,
        )
    )
    return f"{said} {off}"
