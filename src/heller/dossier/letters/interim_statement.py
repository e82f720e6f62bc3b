"""The interim statement: what the outage has cost so far, position by position. It demands no payment yet."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter, Table, TableColumn
from heller.dossier.explained import refuse_unexplained
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import enclosed, letter, para, refused
from heller.dossier.names import head_name
from heller.dossier.outage_words import outage_named, outage_said
from heller.dossier.writer import Pen, row
from heller.model.money import ZERO, Money
from heller.model.outage import OpenEnd
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The positions so far. Raises InputRefused where no position has a sum yet."""
    if not any(one.recoverable and one.amount.low for one in pen.claim.assessment.positions):
        raise refused(
            text("No position of the damage has a cautious sum yet."),
            text(
                "Add receipts or records, or send the notice of high damage: heller letter CASE damage_warning"
            ),
        )
    refuse_unexplained(pen.claim)
    subject = (pen(text("Interim statement of the damage")), *outage_named(pen))
    return letter(pen, subject, _blocks(pen), enclosed=enclosed(pen))


def _blocks(pen: Pen) -> Iterator[Block]:
    yield para(pen, outage_said(pen))
    day = pen.claim.waterfall.as_of
    yield para(
        pen,
        text(
            "By {day:long} the outage has cost us, cautiously estimated and as far as it is recorded:",
            day=day,
        ),
        style="lead",
    )
    rows = _by_head(pen)
    yield _table(pen, rows)
    if sum((amount.cents for amount in rows.values()), 0) != pen.claim.assessment.total.low.cents:
        yield para(
            pen,
            text(
                "The total is not the sum of the rows: not all uncertain figures turn out low at once; the "
                "dossier shows how it is worked out."
            ),
            style="small",
        )
    outages = pen.claim.outages
    if outages and isinstance(outages[-1].end, OpenEnd):
        yield para(
            pen,
            text(
                "The line is still dead. The amount grows with every day; the restoring of the line is urgent."
            ),
        )
    yield para(
        pen,
        text(
            "This is a statement, not yet the final account. A waiver of further or higher claims is not "
            "contained in it. Every figure can be followed to a document in the enclosed dossier."
        ),
    )


def _by_head(pen: Pen) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for position in pen.claim.assessment.positions:
        if position.recoverable and position.amount.low:
            sums[position.head] = sums.get(position.head, ZERO) + position.amount.low
    return sums


def _table(pen: Pen, by_head: dict[str, Money]) -> Table:
    rows = [row(pen(head_name(head)), pen.words.money(amount)) for head, amount in by_head.items()]
    total = pen.words.money(pen.claim.assessment.total.low)
    rows.append(row(pen(text("Damage so far")), total, kind="total"))
    return Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), tuple(rows))


LETTER = LetterKind("interim_statement", 40, text("Interim statement"), compose)
