"""Agreed and disputed, item by item, with what each answer says: the table that courts call a Scott schedule."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import (
    Block,
    Cell,
    Heading,
    KeyFigure,
    Keys,
    Para,
    Part,
    Table,
    TableColumn,
    TableRow,
)
from heller.dossier.writer import Pen
from heller.model.dispute import Dispute, DisputedItem
from heller.model.kinds.item_ruling import REASONS, RULINGS, ItemRuling, RulingKind
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """What is agreed and what is not; nothing where nobody answered."""
    found = pen.claim.dispute
    if found is None:
        return None
    return Part("dispute", pen(text("Agreed and disputed")), tuple(_blocks(pen, found)))


def _blocks(pen: Pen, found: Dispute) -> Iterator[Block]:
    yield Keys(
        (
            KeyFigure(pen.due_now(), pen.words.money(found.due)),
            KeyFigure(
                pen(text("Agreed, to be paid at once")),
                pen.words.money(found.agreed),
                pen(text("paid of it already: {paid}", paid=found.paid)) if found.paid else "",
            ),
            KeyFigure(pen(text("Disputed")), pen.words.money(found.rest)),
        )
    )
    yield Para(pen(_LEAD))
    if found.contradicting:
        yield Para(pen(TWO))
    yield _table(pen, found)
    yield Heading(pen(text("The answers")))
    yield _answers(pen, found)


_LEAD = text(
    "Each item as it is demanded today beside what the other side says of it. What is agreed is out of the dispute and "
    "is demanded at once; cap, interest and costs follow from the sum of what is agreed by the same steps."
)
TWO = text(
    "Two answers to one bundle say different things: both are shown, and of each item the smaller figure counts as "
    "agreed."
)


def _table(pen: Pen, found: Dispute) -> Table:
    columns = (
        TableColumn(pen(text("No.")), "right"),
        TableColumn(pen(text("Item")), "left", "1fr"),
        TableColumn(pen(text("What the other side says")), "left", "1fr"),
        TableColumn(pen(text("asked")), "right", "22mm"),
        TableColumn(pen(text("agreed")), "right", "22mm"),
        TableColumn(pen(text("disputed")), "right", "22mm"),
    )
    rows = [_row(pen, found, n, one) for n, one in enumerate(found.items, 1)]
    rows.append(
        TableRow(
            (
                Cell(),
                Cell(pen(text("Sum"))),
                Cell(),
                Cell(pen.bare(found.asked_of_items)),
                Cell(pen.bare(found.agreed_of_items)),
                Cell(pen.bare(found.asked_of_items - found.agreed_of_items)),
            ),
            "total",
        )
    )
    return Table(columns, tuple(rows), pen(text("In euros.")), size="small")


def _row(pen: Pen, found: Dispute, n: int, one: DisputedItem) -> TableRow:
    said = "; ".join(f"{answer}: {words}" for answer, words in sayings(pen, found, one))
    sources = [r.source for r in one.rulings if r is not None][-1:]
    return TableRow(
        (
            Cell(str(n)),
            pen.cell(one.title, sources),
            Cell(said or pen(text("nothing was said of it"))),
            Cell(pen.bare(one.asked)),
            Cell(pen.bare(one.agreed)),
            Cell(pen.bare(one.disputed)),
        )
    )


def sayings(pen: Pen, found: Dispute, one: DisputedItem) -> Iterator[tuple[str, str]]:
    """What each answer says of an item: which answer, and its words."""
    for answer, ruling in zip(found.answers, one.rulings, strict=True):
        if ruling is not None:
            yield pen(text("round {n}", n=answer.round)), ruling_words(pen, ruling)


def ruling_words(pen: Pen, one: ItemRuling) -> str:
    """What is said of an item, its reason, what is asked for."""
    said = [pen(REASONS[one.reason])] if one.reason is not None else []
    said += [what for what in (one.words, one.ground) if what]
    if one.kind is RulingKind.DOUBT:
        asked = text("asked for: {paper}", paper=one.paper)
        said.append(pen(text("{what}, by {day}", what=asked, day=one.until) if one.until else asked))
    kind = pen(RULINGS[one.kind])
    if one.kind is RulingKind.CUT:
        kind = pen(text("cut to {amount}", amount=one.agreed))
    return f"{kind} ({'; '.join(said)})" if said else kind


def _answers(pen: Pen, found: Dispute) -> Table:
    columns = (
        TableColumn(pen(text("Round")), "right"),
        TableColumn(pen(text("Day")), "left"),
        TableColumn(pen(text("Answered by")), "left", "1fr"),
        TableColumn(pen(text("Bundle")), "left"),
        TableColumn(pen(text("Signed")), "left"),
        TableColumn(pen(text("Offered for everything")), "right"),
    )
    rows = [
        TableRow(
            (
                Cell(str(one.round)),
                Cell(pen.words.day(one.on)),
                pen.cell(one.by, (one.source,), one.words),
                Cell(one.bundle[:12]),
                Cell(pen(text("yes")) if one.key else pen(text("no"))),
                Cell(pen.bare(one.offer) if one.offer is not None else "–"),
            )
        )
        for one in found.answers
    ]
    return Table(columns, tuple(rows), size="small")
