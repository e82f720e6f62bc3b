"""How an amount was reached, line by line, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from heller.dossier.blocks import Cell, Table, TableColumn, TableRow
from heller.dossier.writer import Pen
from heller.model.amount import Range, WorkingLine
from heller.model.text import Text, text


def table(
    pen: Pen, lines: Sequence[WorkingLine], total: tuple[Text, Range] | None = None, title: Text | None = None
) -> Table:
    """Three columns of amounts where some line has a range, else one; a line of words alone spans all.

    The column of places is left out where no line has one.
    """
    amounts = [line.amount for line in lines if line.amount is not None]
    exact = all(amount.is_exact for amount in (*amounts, *((total[1],) if total else ())))
    proven = any(pen.refs(line.sources) for line in lines)
    columns = (
        TableColumn(pen(title or text("Working")), "left", "1fr"),
        *((TableColumn(pen(text("Proof")), "left", "41mm"),) if proven else ()),
        *((TableColumn(pen(text("euros")), "right"),) if exact else pen.three_columns()),
    )
    rows = []
    for line in lines:
        proof = (pen.sources(line.sources),) if proven else ()
        if line.amount is None and not pen.refs(line.sources):
            rows.append(TableRow((Cell(pen(line.text)),), "remark"))
        else:
            rows.append(TableRow((Cell(pen(line.text)), *proof, *_figures(pen, line.amount, exact=exact))))
    if total:
        empty = (Cell(),) if proven else ()
        rows.append(TableRow((Cell(pen(total[0])), *empty, *_figures(pen, total[1], exact=exact)), "total"))
    return Table(columns, tuple(rows), size="small")


def _figures(pen: Pen, amount: Range | None, *, exact: bool) -> tuple[Cell, ...]:
    if amount is None:
        return (Cell(),) if exact else (Cell(), Cell(), Cell())
    return (Cell(pen.bare(amount.likely)),) if exact else pen.three(amount)
