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
from heller.model.damage import Position
from heller.model.money import total
from heller.model.outage import OpenEnd
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The positions so far. Raises InputRefused where no position has a sum yet."""
    if not _counted(pen):
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
    positions = _counted(pen)
    yield _table(pen, positions)
    if total(one.amount.low for one in positions) != pen.claim.assessment.total.low:
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
                "The line is still down. The amount grows with every day; the restoring of the line is urgent."
            ),
        )
    yield para(
        pen,
        text(
            "This is a statement, not yet the final account. A waiver of further or higher claims is not "
            "contained in it. Every figure can be followed to a document in the enclosed dossier."
        ),
    )


def _counted(pen: Pen) -> list[Position]:
    """The positions that have a cautious sum."""
    return [one for one in pen.claim.assessment.positions if one.recoverable and one.amount.low]


def _table(pen: Pen, positions: list[Position]) -> Table:
    rows = [row(pen(one.title), pen.words.money(one.amount.low)) for one in positions]
    so_far = pen.words.money(pen.claim.assessment.total.low)
    rows.append(row(pen(text("Damage so far")), so_far, kind="total"))
    apart = [one for one in pen.claim.assessment.positions if one.apart and one.amount.low]
    for one in apart:
        beside = text("besides: {claim}", claim=head_name(one.head))
        rows.append(row(pen(beside), pen.words.money(one.amount.low)))
    return Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), tuple(rows))


LETTER = LetterKind("interim_statement", 40, text("Interim statement"), compose)
