"""The letter: who, to whom, what is demanded by when, and what is enclosed. Nothing else."""

from __future__ import annotations

from heller.dossier.blocks import Letter, Para, Table, TableColumn
from heller.dossier.event_table import bounds
from heller.dossier.explained import refuse_unexplained
from heller.dossier.letter_frame import LetterKind, facts_of, framed
from heller.dossier.names import law_name
from heller.dossier.writer import Pen, row
from heller.model.errors import InputRefused
from heller.model.money import ZERO
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
    pen = _to_one_debtor(pen)
    return framed(
        facts_of(pen.case),
        pen.words,
        pen.claim.waterfall.as_of,
        _subject(pen),
        _blocks(pen),
        reference=pen.case.id[:8],
        enclosed=_enclosed(pen),
    )


def _to_one_debtor(pen: Pen) -> Pen:
    """A letter goes to one debtor: of several to that of the main line, and it counts what that one owes."""
    debtors = [one.debt.debtor for one in pen.claim.by_debtor]
    if len(debtors) < 2:
        return pen
    named = pen.case.fact("provider.name") or ""
    return Pen(pen.claim.against(named if named in debtors else debtors[0]), pen.words.lang)


def _subject(pen: Pen) -> tuple[str, ...]:
    product = pen.fact("line.product", text("the line"))
    outages = pen.claim.outages
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
        *_events(pen),
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
    outages = pen.claim.outages
    product = pen.fact("line.product", text("our line"))
    if len(pen.claim.by_event) > 1:
        return pen(
            text("We claim the damage of {n} outages. Exactly these are counted:", n=len(pen.claim.by_event))
        )
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


def _events(pen: Pen) -> tuple[Table, ...]:
    """Each outage that is counted with what is demanded for it, the interest in it, and since when that runs."""
    if len(pen.claim.by_event) < 2:
        return ()
    since = {debt.event: debt.default for debtor in pen.claim.debts for debt in debtor.events}
    rows = []
    for one in sorted(pen.claim.by_event, key=lambda event: event.event.span):
        due, interest = one.waterfall.due.low, one.waterfall.interest.low
        when = pen(bounds(one.event))
        rows.append(
            row(f"{one.event.line}: {when}" if one.event.line else when, pen.words.money(due - interest))
        )
        if interest and (first := since[one.event.key]) is not None:
            label = text("Interest from {first} until {day}", first=first, day=pen.claim.waterfall.as_of)
            rows.append(row(pen(label), pen.words.money(interest)))
    return (Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), tuple(rows)),)


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
    costs = next((one.effect.low for one in fall.steps if one.key == "pre_trial"), ZERO)
    rows = [total]
    if len(pen.claim.by_event) > 1:
        parts = [
            (text("Damages"), fall.due.low - fall.interest.low - costs),
            (text("Interest until {day}", day=fall.as_of), fall.interest.low),
            (text("Costs of the lawyer, once for all events"), costs),
        ]
        rows = [*(row(pen(said), pen.words.money(sum_)) for said, sum_ in parts if sum_), total]
    elif fall.interest.low:
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
