"""The letter: who, to whom, what is demanded by when, and what is enclosed. Nothing else."""

from __future__ import annotations

from heller.dossier.blocks import Letter, Para, Table, TableColumn
from heller.dossier.explained import refuse_unexplained
from heller.dossier.letter_frame import LetterKind, facts_of, framed
from heller.dossier.names import law_name
from heller.dossier.writer import Pen, row
from heller.model.errors import InputRefused
from heller.model.outage import OpenEnd
from heller.model.text import Text, text


def compose(pen: Pen) -> Letter:
    """The letter of demand over the cautious figure. Raises InputRefused where no law is known that grants it, and
    where statements about the line cannot both be right and nobody has said yet what explains them."""
    if not pen.claim.waterfall.jurisdiction.known:
        raise InputRefused(
            text("No letter of demand is written: law applied: {law}.", law=law_name(pen.claim.waterfall)),
            text("What may be demanded, by when and with which interest, the law of the country says."),
            text("State the country of the line, or have a lawyer of that country write the letter."),
        )
    refuse_unexplained(pen.claim)
    return framed(
        facts_of(pen.case),
        pen.words,
        pen.claim.waterfall.as_of,
        _subject(pen),
        _blocks(pen),
        reference=pen.case.id[:8],
        enclosed=_enclosed(pen),
    )


def _subject(pen: Pen) -> tuple[str, ...]:
    product = pen.fact("line.product", text("the line"))
    outages = pen.claim.detection.outages
    first = pen(text("Damages for the outage of {product}", product=product))
    if not outages:
        return (first,)
    start, end = outages[0].start.latest, outages[-1].end
    if isinstance(end, OpenEnd):
        return first, pen(text("since {start:day}, still dead", start=start))
    return first, pen(text("from {start:day} to {end:day}", start=start, end=end.earliest))


def _blocks(pen: Pen) -> tuple[Para | Table, ...]:
    fall = pen.claim.waterfall
    by = fall.jurisdiction.pay_by or fall.as_of
    return (
        Para(_what_happened(pen)),
        Para(_what_it_cost(pen)),
        Para(pen(text("We ask you to pay by {by:full}:", by=by)), style="lead"),
        _demand(pen),
        *(Para(pen(said)) for said in fall.jurisdiction.letter),
        Para(_reserve(pen)),
        Para(
            pen(
                text(
                    "Every figure can be followed to a document in the enclosed dossier, which also says "
                    "how to check it without us."
                )
            )
        ),
    )


def _what_happened(pen: Pen) -> str:
    outages = pen.claim.detection.outages
    product = pen.fact("line.product", text("our line"))
    if len(outages) != 1:
        return pen(
            text(
                "Your line {product} failed {n} times; the dossier shows when.",
                "Your line {product} failed once; the dossier shows when.",
                product=product,
                n=len(outages),
            )
        )
    outage = outages[0]
    if isinstance(outage.end, OpenEnd):
        return pen(
            text(
                "Your line {product} has been without service since {start} and is still dead, last measured at"
                " {last}: at least {shortest} so far.",
                product=product,
                start=outage.start.latest,
                last=outage.end.earliest,
                shortest=outage.shortest,
            )
        )
    return pen(
        text(
            "Your line {product} was without service from {start} to {end}: at least {shortest}.",
            product=product,
            start=outage.start.latest,
            end=outage.end.earliest,
            shortest=outage.shortest,
        )
    )


def _what_it_cost(pen: Pen) -> str:
    total, due = pen.claim.assessment.total, pen.claim.waterfall.due
    cost = text("The damage that this caused us amounts to {low}, cautiously estimated.", low=total.low)
    if total.is_exact:
        cost = text("The damage that this caused us amounts to {low}.", low=total.low)
    elif total.likely != total.low:
        cost = text(
            "The damage that this caused us amounts to {low}, cautiously estimated, and to {likely} most "
            "likely.",
            low=total.low,
            likely=total.likely,
        )
    if due.low >= total.low:
        return pen(cost)
    owed = due.low - pen.claim.waterfall.interest.low
    less: Text = text("Under the rules set out in this dossier, {due} of it is due now.", due=owed)
    return f"{pen(cost)} {pen(less)}"


def _demand(pen: Pen) -> Table:
    """What is due, taken apart: the interest is a part of it and is never added a second time."""
    fall = pen.claim.waterfall
    total = row(pen(text("To be paid")), pen.words.money(fall.due.low), kind="total")
    rows = [total]
    if fall.interest.low:
        label = pen(text("Interest until {day}", day=fall.as_of))
        principal = row(pen(text("Damages")), pen.words.money(fall.due.low - fall.interest.low))
        rows = [principal, row(label, pen.words.money(fall.interest.low)), total]
    return Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), tuple(rows))


def _reserve(pen: Pen) -> str:
    if pen.claim.waterfall.due.is_exact:
        return pen(text("Interest runs on until you pay. We reserve all further claims."))
    return pen(
        text(
            "This is the cautious figure. Interest runs on until you pay. We reserve the right to claim "
            "what goes beyond it, and all further claims."
        )
    )


def _enclosed(pen: Pen) -> tuple[str, ...]:
    count = len(pen.case.exhibits)
    said = [text("This dossier")]
    if count == 1:
        said.append(text("Exhibit K 1"))
    elif count:
        said.append(text("Exhibits K 1 to K {n}, with their originals attached to this file", n=count))
    said.append(text("The claim in machine-readable form"))
    return tuple(pen(what) for what in said)


LETTER = LetterKind("claim", 90, text("Letter of demand"), compose)
