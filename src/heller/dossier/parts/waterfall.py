"""From the damage to what is due: each step with its rule and its reason; what was not summed."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Cell, Column, Figure, Heading, Note, Para, Part, Row, Table
from heller.dossier.charts import waterfall as picture
from heller.dossier.names import SURE
from heller.dossier.parts import working
from heller.dossier.pen import Pen, row
from heller.model.claim import Lift, Step
from heller.model.text import text


def part(pen: Pen, *, inner: bool = False) -> Part:
    """The chain of steps, the readings beside it, and what would lift the cap.

    A reading whose rule nobody has verified is for the firm and its lawyer alone (`inner`).
    """
    fall = pen.claim.waterfall
    law = text("Law applied: {law}. Figures as of {day}.", law=fall.law, day=fall.as_of)
    blocks: list[Block] = [Para(pen(law)), *_picture(pen), _steps(pen), *_workings(pen)]
    blocks += [*_lifts(pen), *_alternatives(pen, inner)]
    return Part("waterfall", pen(text("From the damage to what is due")), tuple(blocks), fresh=True)


def _picture(pen: Pen) -> Iterator[Figure]:
    fall = pen.claim.waterfall
    if len(fall.steps) < 2:
        return
    caption = text("From the damage to what is due, at the cautious figures, in euros")
    alt = "; ".join(f"{pen(s.label)}: {pen.words.money(s.running.low)}" for s in fall.steps)
    yield Figure(picture.chart(fall.steps, pen.words), pen(caption), alt)


def _steps(pen: Pen) -> Table:
    fall = pen.claim.waterfall
    columns = (
        Column(pen(text("No.")), "right"),
        Column(pen(text("Step, reason and rule")), "left", "1fr"),
        *pen.three_columns(),
    )
    rows = []
    for number, step in enumerate(fall.steps, 1):
        rows.append(Row((Cell(str(number)), _reason(pen, step), *pen.three(step.running))))
    rows.append(Row((Cell(), Cell(pen(text("Due now"))), *pen.three(fall.due)), "total"))
    if fall.interest.high:
        label = text("of which interest until {day}", day=fall.as_of)
        rows.append(Row((Cell(), Cell(pen(label)), *pen.three(fall.interest))))
    note = pen(text("The columns show what stands after each step, in euros."))
    return Table(columns, tuple(rows), note)


def _reason(pen: Pen, step: Step) -> Cell:
    norm = f" {pen.norm(step.norm)}." if step.norm else ""
    return Cell(pen(step.label), f"{pen(step.reason)}{norm}")


def _workings(pen: Pen) -> Iterator[Block]:
    for number, step in enumerate(pen.claim.waterfall.steps, 1):
        if not step.working:
            continue
        yield Heading(pen(text("Working of step {n}: {label}", n=number, label=step.label)))
        yield working.table(pen, step.working)


def _lifts(pen: Pen) -> Iterator[Block]:
    lifts = pen.claim.waterfall.lifts
    if not lifts:
        return
    yield Heading(pen(text("What lifts the cap")))
    columns = (
        Column(pen(text("Fact")), "left", "1fr"),
        Column(pen(text("In this case")), "left", "27mm"),
        Column(pen(text("Proof")), "left", "34mm"),
        Column(pen(text("worth in euros")), "right", "26mm"),
    )
    rows = [
        row(
            Cell(pen(lift.text), pen.norm(lift.norm)),
            _met(pen, lift),
            pen.sources(lift.sources),
            Cell(pen.bare(lift.worth.low)),
        )
        for lift in lifts
    ]
    note = text("The worth is what would be due beyond the cap, at the cautious figure. None of it is added.")
    yield Table(columns, tuple(rows), pen(note))


def _met(pen: Pen, lift: Lift) -> str:
    if lift.met is None:
        return pen(text("open"))
    return pen(text("met")) if lift.met else pen(text("not met"))


def _alternatives(pen: Pen, inner: bool) -> Iterator[Block]:
    alternatives = [a for a in pen.claim.waterfall.alternatives if inner or a.norm.mark in SURE]
    if not alternatives:
        return
    yield Heading(pen(text("Readings that were not summed")))
    lead = text("Courts or authors may read the law otherwise. What that would be worth is shown, not added.")
    yield Para(pen(lead))
    for other in alternatives:
        worth = pen.words.span_of_money(other.worth)
        yield Note(f"{pen.norm(other.norm)}: {worth}", pen(other.text))
