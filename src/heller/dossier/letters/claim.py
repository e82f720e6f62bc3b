"""The letter of demand: who, to whom, what is demanded by when, and what is enclosed. Nothing else."""

from __future__ import annotations

from heller.dossier import letter_account
from heller.dossier.blocks import Block, Letter, Para
from heller.dossier.letter_due import (
    due_blocks,
    events_table,
    interest_runs,
    known_law,
    something_due,
    to_one_debtor,
)
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import enclosed, letter, pay_by
from heller.dossier.letter_stage import stage
from heller.dossier.outage_words import outage_named, outage_said, product
from heller.dossier.writer import Pen
from heller.model.kinds.contact import ContactKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The letter of demand over the cautious figure. Raises InputRefused where no law is known that grants it."""
    known_law(pen)
    pen = to_one_debtor(pen)
    if pen.claim.waterfall.over:
        something_due(pen)
        return letter(pen, _subject(pen), _after_settlement(pen, occasion), enclosed=enclosed(pen))
    return letter(pen, _subject(pen), _blocks(pen, occasion), enclosed=enclosed(pen))


def _subject(pen: Pen) -> tuple[str, ...]:
    name = product(pen)
    first = text("Damages for the outage of our line")
    if name:
        first = text("Damages for the outage of {product}", product=name)
    return (pen(first), *outage_named(pen))


def _blocks(pen: Pen, occasion: Occasion) -> tuple[Block, ...]:
    fall = pen.claim.waterfall
    by = pay_by(pen, occasion)
    return (
        Para(pen(outage_said(pen))),
        *events_table(pen),
        Para(_what_it_cost(pen)),
        *stage(pen),
        Para(pen(text("We ask you to pay by {by:full}:", by=by)), style="lead"),
        *due_blocks(pen),
        *(Para(pen(said)) for said in fall.jurisdiction.letter),
        Para(_reserve(pen)),
        Para(
            pen(
                text(
                    "Every figure can be followed to a document in the enclosed dossier, which also says how to "
                    "check it without us."
                )
            )
        ),
    )


def _after_settlement(pen: Pen, occasion: Occasion) -> tuple[Block, ...]:
    """What is late of a settlement; the claim that it settled is no longer spoken of."""
    ask = text("We ask you to pay by {by:full}:", by=pay_by(pen, occasion))
    runs_on = (Para(pen(text("Interest runs on until you pay."))),) if letter_account.still_bears(pen) else ()
    return (*letter_account.late(pen), Para(pen(ask), style="lead"), *due_blocks(pen), *runs_on)


def _what_it_cost(pen: Pen) -> str:
    total = pen.claim.assessment.total
    cost = text("The damage that this caused us amounts to {low}, cautiously estimated.", low=total.low)
    if total.is_exact:
        cost = text("The damage that this caused us amounts to {low}.", low=total.low)
    elif total.likely != total.low:
        cost = text(
            "The damage that this caused us amounts to {low}, cautiously estimated, and to {likely} most likely.",
            low=total.low,
            likely=total.likely,
        )
    return pen(cost)


def _reserve(pen: Pen) -> str:
    """What is kept open; that interest runs on is said of what is in default alone."""
    exact, runs = pen.claim.waterfall.due.is_exact, interest_runs(pen) is not None
    if exact:
        further = text("We reserve all further claims.")
        return pen(
            text("Interest runs on until you pay. We reserve all further claims.") if runs else further
        )
    if runs:
        return pen(
            text(
                "This is the cautious figure. Interest runs on until you pay. We reserve the right to claim what "
                "goes beyond it, and all further claims."
            )
        )
    return pen(
        text(
            "This is the cautious figure. We reserve the right to claim what goes beyond it, and all further claims."
        )
    )


LETTER = LetterKind("claim", 90, text("Letter of demand"), compose, sent_as=ContactKind.DEMAND, day=pay_by)
