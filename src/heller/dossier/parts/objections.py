"""Objections and answers: what the other side may say, what it would cost, and what answers it.

The dossier prints what is answered or conceded; what is open stands in the advice alone.
"""

from __future__ import annotations

from heller.dossier.blocks import Cell, Para, Part, Table, TableColumn, TableRow
from heller.dossier.names import SURE
from heller.dossier.writer import Pen
from heller.model.objection import Answered, Objection
from heller.model.text import Text, text

HOW: dict[Answered, Text] = {
    Answered.CONCEDED: text("conceded: it is out of the sum"),
    Answered.PAPER: text("answered by a third party's paper"),
    Answered.RULE: text("answered by the law"),
    Answered.RECORD: text("answered by an own record"),
    Answered.WORDS: text("answered by words"),
    Answered.OPEN: text("not answered yet"),
}


def part(pen: Pen, *, inner: bool = False) -> Part | None:
    """Each objection with its rule, its figure and its answer, the weightiest first."""
    shown = [one for one in pen.claim.objections if inner or one.answered is not Answered.OPEN]
    if not shown:
        return None
    columns = (
        TableColumn(pen(text("The other side may say")), "left", "1fr"),
        TableColumn(pen(text("What answers it")), "left", "1fr"),
        TableColumn(pen(text("off the damage")), "right", "24mm"),
        TableColumn(pen(text("due then")), "right", "24mm"),
    )
    table = Table(columns, tuple(_row(pen, one, inner=inner) for one in shown), size="small")
    return Part("objections", pen(text("Objections and answers")), (Para(pen(_LEAD)), table))


_LEAD = text(
    "What may be said against the claim is named here first, each with the sum that would be due if it held. "
    "Where the damage lies above the cap, less damage need not mean less that is due."
)


def _row(pen: Pen, one: Objection, *, inner: bool) -> TableRow:
    """A rule that nobody has verified is named inside the house alone."""
    says = pen.cell(one.says, (), pen.norm(one.norm) if inner or one.norm.mark in SURE else "")
    answers = " ".join(pen(ground.text) for ground in one.answers)
    sources = tuple(source for ground in one.answers for source in ground.sources)
    return TableRow(
        (
            says,
            pen.cell(answers or pen(HOW[one.answered]), sources, pen(HOW[one.answered]) if answers else ""),
            Cell("" if one.off is None else pen.bare(one.off.likely)),
            Cell(pen.bare(one.due.likely)),
        )
    )
