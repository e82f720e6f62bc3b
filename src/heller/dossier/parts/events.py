"""The events at one glance: what happened when, how well it is proven, what it comes to, where it stands."""

from __future__ import annotations

from heller.dossier import event_table
from heller.dossier.blocks import Block, Cell, Para, Part, Table, TableColumn, TableRow
from heller.dossier.writer import Pen
from heller.model.claim import ACCOUNT
from heller.model.text import text

BEHIND = ("pre_trial", ACCOUNT)  # steps that are taken once, behind the sum of the events


def part(pen: Pen) -> Part | None:
    """The table of events; nothing where there is one only: the rest of the dossier says all of it."""
    if not event_table.several(pen.claim):
        return None
    return Part("events", pen(text("The events")), (*_lead(pen), table(pen)), fresh=True)


def table(pen: Pen) -> Table:
    """One row for each event, the one that makes most of the money first."""
    columns = (
        TableColumn(pen(text("Event")), "left", "1fr"),
        TableColumn(pen(text("Cause and proof")), "left", "34mm"),
        TableColumn(pen(text("State")), "left", "40mm"),
        TableColumn(pen(text("Due, cautious")), "right"),
    )
    rows = []
    for one in event_table.rows(pen.claim):
        name = one.line or pen(one.kind)
        due = "–" if one.due is None else pen.words.money(one.due.low)
        cells = (
            Cell(name, pen(one.when)),
            Cell(pen(one.cause), pen(one.proof)),
            Cell(pen(one.state)),
            Cell(due),
        )
        rows.append(TableRow(cells, "muted" if one.due is None else "plain"))
    for step in pen.claim.waterfall.steps:
        if step.key in BEHIND and step.effect.low:
            amount = Cell(pen.words.money(step.effect.low))
            rows.append(TableRow((Cell(pen(step.label)), Cell(), Cell(), amount)))
    due_now = Cell(pen.words.money(pen.claim.waterfall.due.low))
    rows.append(TableRow((Cell(pen.due_now()), Cell(), Cell(), due_now), "total"))
    return Table(columns, tuple(rows))


def _lead(pen: Pen) -> tuple[Block, ...]:
    said = text(
        "The claim is the sum of these events; each has its own damage, default, cap and limitation. What enters no "
        "sum is listed with what it rests on. Costs before a lawsuit are owed once for the whole matter."
    )
    return (Para(pen(said)),)
