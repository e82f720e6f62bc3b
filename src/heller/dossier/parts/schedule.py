"""The schedule of damages: one table to see, then every position with its working."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Cell, Figure, Heading, Para, Part, Table, TableColumn, TableRow
from heller.dossier.charts import sensitivity as picture
from heller.dossier.names import GRADES, early_words, head_name
from heller.dossier.parts import working
from heller.dossier.writer import Pen, row
from heller.model.damage import Position
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.money import Money, total
from heller.model.text import text


def part(pen: Pen) -> Part:
    """Positions that count first, those that are only shown after them, numbered through."""
    positions = in_order(pen)
    title = pen(text("Schedule of damages"))
    if not positions:
        return Part("schedule", title, (Para(pen(text("No damage was found."))),), fresh=True)
    blocks: list[Block] = [Para(pen(_LEAD)), _overview(pen, positions)]
    for number, position in enumerate(positions, 1):
        blocks += _detail(pen, number, position)
    blocks += _conflicts(pen)
    blocks += _sensitivity(pen)
    return Part("schedule", title, tuple(blocks))


_LEAD = text(
    "Every position names its rule, its reason and its working, and each line of the working the place "
    "in a document where it stands."
)


def _sensitivity(pen: Pen) -> Iterator[Block]:
    """What each typed or estimated input moves, as a picture and with its doubt."""
    inputs = pen.claim.assessment.sensitivity
    if not inputs:
        return
    title = pen(text("What the sum hangs on"))
    yield Heading(title)
    yield Para(
        pen(
            text(
                "Each input that is typed or estimated, moved by its own doubt while all others stay: what the damage "
                "changes by, in euros, before any cap."
            )
        ),
        style="intro",
    )
    yield Figure(picture.chart(inputs, pen.words), title, title)
    columns = (
        TableColumn(pen(text("Input")), "left", "1fr"),
        TableColumn(pen(text("Its doubt")), "left", "1fr"),
        TableColumn(pen(text("down to")), "right"),
        TableColumn(pen(text("up to")), "right"),
    )
    rows = [
        TableRow(
            (
                Cell(pen(one.name)),
                Cell(pen(one.doubt)),
                *(Cell(pen.words.money(end, sign=True)) for end in (one.low, one.high)),
            )
        )
        for one in inputs
    ]
    yield Table(columns, tuple(rows), size="small")


def in_order(pen: Pen) -> list[Position]:
    """The positions in the order of the schedule."""
    positions = pen.claim.assessment.positions
    counted = [p for p in positions if p.recoverable]
    return (
        counted + [p for p in positions if p.apart] + [p for p in positions if not (p.recoverable or p.apart)]
    )


def _overview(pen: Pen, positions: list[Position]) -> Table:
    columns = (
        TableColumn(pen(text("No.")), "right"),
        TableColumn(pen(text("Position")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "36mm"),
        *pen.three_columns(),
    )
    rows = [
        _line(pen, number, position) for number, position in enumerate(positions, 1) if position.recoverable
    ]
    total = pen.three(pen.claim.assessment.total)
    rows.append(TableRow((Cell(), Cell(pen(text("Damage"))), Cell(), *total), "total"))
    apart = [(n, p) for n, p in enumerate(positions, 1) if p.apart]
    if apart:
        rows.append(TableRow((Cell(pen(text("Claims of their own beside the damage"))),), "group"))
        rows += [_line(pen, number, position) for number, position in apart]
    shown = [(n, p) for n, p in enumerate(positions, 1) if not (p.recoverable or p.apart)]
    if shown:
        rows.append(TableRow((Cell(pen(text("Shown, not added"))),), "group"))
        rows += [_line(pen, number, position, "muted") for number, position in shown]
    note = pen(text("All amounts in euros, net where the firm deducts input VAT."))
    early = [pen(early_words(one)) for one in pen.claim.estimates] if _warned(pen) else []
    return Table(columns, tuple(rows), " ".join([note, *early]))


def _warned(pen: Pen) -> bool:
    """Whether the other side was told of an estimate: what it never saw does not concern it."""
    return any(c.kind is ContactKind.DAMAGE_WARNING for c in pen.case.records(Contact))


def _line(pen: Pen, number: int, position: Position, kind: str = "plain") -> TableRow:
    proof = pen(GRADES[position.grade])
    return TableRow(
        (Cell(str(number)), Cell(pen(position.title)), Cell(proof), *pen.three(position.amount)), kind
    )


def _detail(pen: Pen, number: int, position: Position) -> Iterator[Block]:
    amount = pen.words.span_of_money(position.amount)
    tail = amount if position.recoverable or position.apart else pen(text("not added"))
    yield Heading(f"{number}  {pen(position.title)}", tail)
    yield Para(pen(position.reason), style="intro")
    yield pen.terms(
        [
            (text("Rule"), pen.norm(position.norm)),
            (text("Proof"), pen(GRADES[position.grade])),
            (text("Rests on"), pen.sources(position.sources)),
        ]
    )
    if position.working:
        yield working.table(pen, position.working, (position.title, position.amount))


def _conflicts(pen: Pen) -> Iterator[Block]:
    conflicts = pen.claim.assessment.conflicts
    if not conflicts:
        return
    yield Heading(pen(text("Counted once")))
    lead = text(
        "These things were asked for under two positions. Each was counted once, by the rule beside it."
    )
    yield Para(pen(lead))
    seen: dict[tuple[str, str, str], list[Money]] = {}
    for conflict in conflicts:
        key = (conflict.kept, conflict.dropped, pen(conflict.rule))
        seen.setdefault(key, []).append(conflict.left_out.likely)
    columns = (
        TableColumn(pen(text("Counted under")), "left", "38mm"),
        TableColumn(pen(text("not under")), "left", "38mm"),
        TableColumn(pen(text("Rule")), "left", "1fr"),
        TableColumn(pen(text("Things")), "right"),
        TableColumn(pen(text("left out")), "right", "20mm"),
    )
    rows = [
        row(_name(pen, kept), _name(pen, dropped), rule, str(len(left)), pen.bare(total(left)))
        for (kept, dropped, rule), left in seen.items()
    ]
    yield Table(columns, tuple(rows), size="small")


def _name(pen: Pen, head: str) -> str:
    return pen(head_name(head))
