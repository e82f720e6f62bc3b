"""From the damage to what is due: each step with its rule and its reason; what was not summed."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Cell, Figure, Heading, Note, Para, Part, Table, TableColumn, TableRow
from heller.dossier.charts import waterfall as picture
from heller.dossier.names import STANDS, SURE, law_name
from heller.dossier.parts import working
from heller.dossier.pleaded_words import auxiliary, conclusion
from heller.dossier.writer import Pen, row
from heller.model.claim import Lift, Scenario, Step
from heller.model.finding import Ground
from heller.model.text import text


def part(pen: Pen, *, inner: bool = False) -> Part:
    """The chain of steps, the readings beside it, and what would lift the cap.

    A reading whose rule nobody has verified is for the firm and its lawyer alone (`inner`).
    """
    fall = pen.claim.waterfall
    law = text("Law applied: {law}. Figures as of {day}.", law=law_name(fall), day=fall.as_of)
    blocks: list[Block] = [Para(pen(law)), *_picture(pen), _steps(pen), *_workings(pen)]
    blocks += [
        *_pleaded(pen),
        *_scenarios(pen),
        *_lifts(pen, inner),
        *_outside(pen, inner),
        *_alternatives(pen, inner),
    ]
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
        TableColumn(pen(text("No.")), "right"),
        TableColumn(pen(text("Step, reason and rule")), "left", "1fr"),
        *pen.three_columns(),
    )
    rows = []
    for number, step in enumerate(fall.steps, 1):
        rows.append(TableRow((Cell(str(number)), _reason(pen, step), *pen.three(step.running))))
    rows.append(TableRow((Cell(), Cell(pen.due_now()), *pen.three(fall.due)), "total"))
    if fall.interest.high:
        label = text("of which interest until {day}", day=fall.interest_until)
        rows.append(TableRow((Cell(), Cell(pen(label)), *pen.three(fall.interest))))
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


def _pleaded(pen: Pen) -> Iterator[Block]:
    """The degree of fault that the steps stand on: grounds, main claim, claim in the alternative."""
    pleaded, other = pen.claim.waterfall.pleaded, auxiliary(pen)
    if pleaded is None:
        return
    yield Heading(pen(text("Degree of fault that is pleaded")))
    yield Para(pen(conclusion(pen)))
    yield Table(
        (TableColumn(pen(text("Ground")), "left", "1fr"), TableColumn(pen(text("Proof")), "left", "41mm")),
        tuple(row(pen(one.text), pen.sources(one.sources)) for one in pleaded.grounds),
    )
    if other is None:
        yield Para(pen(text("The degree changes nothing in what is due here.")))
        return
    due = pen.claim.waterfall.due
    rows = (
        TableRow((Cell(pen(text("Main claim")), pen(pleaded.reason)), *pen.three(due)), "total"),
        TableRow((Cell(pen(text("Claim in the alternative")), pen(other.reason)), *pen.three(other.due))),
    )
    columns = (TableColumn(pen(text("What is claimed, in euros")), "left", "1fr"), *pen.three_columns())
    yield Table(columns, rows)


def _scenarios(pen: Pen) -> Iterator[Block]:
    """The same steps under each degree of fault, side by side, at the cautious figures."""
    fall = pen.claim.waterfall
    if not fall.scenarios:
        return
    yield Heading(pen(text("What each degree of fault would change")))
    columns = (
        TableColumn(pen(text("Step")), "left", "1fr"),
        *(TableColumn(_column(pen, one), "right", "30mm") for one in fall.scenarios),
    )
    rows = [
        TableRow(
            (Cell(pen(step.label)), *(Cell(pen.bare(one.running[n].low)) for one in fall.scenarios)),
            "total" if step is fall.before_account[-1] else "plain",
        )
        for n, step in enumerate(fall.before_account)
    ]
    note = text("What stands after each step, at the cautious figures, in euros.")
    yield Table(columns, tuple(rows), pen(note))
    for one in fall.scenarios[1:]:
        yield Note(f"{pen(one.label)} ({pen.norm(one.norm)})", pen(one.reason))


def _column(pen: Pen, one: Scenario) -> str:
    return pen(text("{degree} (claimed)", degree=one.label) if one.claimed else one.label)


def _lifts(pen: Pen, inner: bool) -> Iterator[Block]:
    """What speaks against, and what rests on a rule that nobody verified, is for the firm and its lawyer."""
    lifts = [lift for lift in pen.claim.waterfall.lifts if inner or _for_both(lift)]
    if not lifts:
        return
    yield Heading(pen(text("What lifts the cap")))
    columns = (
        TableColumn(pen(text("Fact")), "left", "1fr"),
        TableColumn(pen(text("In this case")), "left", "27mm"),
        TableColumn(pen(text("Proof")), "left", "34mm"),
        TableColumn(pen(text("worth in euros")), "right", "26mm"),
    )
    rows: list[TableRow] = []
    for lift in lifts:
        sources = () if lift.speaks_for else lift.sources
        rows.append(
            row(
                Cell(pen(lift.text), pen.norm(lift.norm)),
                pen(STANDS[lift.stand]) if inner else _met(pen, lift),
                pen.sources(sources),
                Cell(pen.bare(lift.worth.low)),
            )
        )
        rows += _grounds(pen, "+", lift.speaks_for)
        rows += _grounds(pen, "−", lift.speaks_against if inner else ())
    note = text("The worth is what would be due beyond the cap, at the cautious figure. None of it is added.")
    if auxiliary(pen) is not None:
        note = text(
            "The worth is what is due beyond the cap, at the cautious figure; the main claim holds it once."
        )
    yield Table(columns, tuple(rows), pen(note))


def _for_both(lift: Lift) -> bool:
    return lift.met is not False and lift.norm.mark in SURE


def _grounds(pen: Pen, mark: str, grounds: tuple[Ground, ...]) -> list[TableRow]:
    return [
        row(
            f"{mark} {pen.words.day(one.on) if one.on else ''} {pen(one.text)}",
            "",
            pen.sources(one.sources),
            "",
            kind="muted",
        )
        for one in grounds
    ]


def _met(pen: Pen, lift: Lift) -> str:
    return pen(text("open")) if lift.met is None else pen(text("met"))


def _outside(pen: Pen, inner: bool) -> Iterator[Block]:
    found = [one for one in pen.claim.waterfall.outside if inner or one.norm.mark in SURE]
    if not found:
        return
    yield Heading(pen(text("What lies outside the cap")))
    for one in found:
        yield Note(f"{pen.norm(one.norm)}: {pen.words.span_of_money(one.amount)}", pen(one.text))


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
