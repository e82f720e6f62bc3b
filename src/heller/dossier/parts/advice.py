"""For the firm and its lawyer only: what to do, what is missing, what it costs, what an offer is worth."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Cell, Heading, Para, Part, Table, TableColumn, TableRow
from heller.dossier.names import early_words, head_name, pays_words, waited_words
from heller.dossier.parts import decision
from heller.dossier.writer import Pen, row
from heller.model.damage import Missing
from heller.model.decision import Costs
from heller.model.finding import AlikeFindings, Weight, alike
from heller.model.text import Text, text


def parts(pen: Pen) -> tuple[Part, ...]:
    """The inner parts that have something to say."""
    made = (
        ("steps", text("What to do next"), [*_steps(pen), *_deadlines(pen)]),
        ("missing", text("Proofs that are missing"), [*_missing(pen)]),
        ("questions", text("What is not stated yet"), [*decision.questions(pen)]),
        ("costs", text("What pursuing the claim costs"), [*_costs(pen)]),
        ("decide", text("Settle or sue"), [*decision.decision(pen)]),
        ("duties", text("What the firm did to keep the damage low"), [*decision.duties(pen)]),
        ("days", text("What a day of the outage cost"), [*_early(pen), *_days(pen)]),
        ("insurers", text("Own insurances"), [*decision.covers(pen)]),
        ("doubts", text("Weak spots"), [*_doubts(pen)]),
    )
    return tuple(Part(key, pen(title), tuple(blocks)) for key, title, blocks in made if blocks)


def _steps(pen: Pen) -> Iterator[Block]:
    if not pen.claim.next_steps:
        return
    columns = (
        TableColumn(pen(text("Until")), "left", "24mm"),
        TableColumn(pen(text("What and why")), "left", "1fr"),
        TableColumn(pen(text("State")), "left", "20mm"),
    )
    rows = [
        row(
            pen.words.day(step.until) if step.until else "",
            Cell(pen(step.text), pen(step.why)),
            pen(text("done")) if step.done else pen(text("open")),
            kind="muted" if step.done else "plain",
        )
        for step in pen.claim.next_steps
    ]
    yield Table(columns, tuple(rows))


def _deadlines(pen: Pen) -> Iterator[Block]:
    deadlines = sorted(pen.claim.waterfall.deadlines, key=lambda deadline: deadline.on)
    if not deadlines:
        return
    yield Heading(pen(text("Dates that matter")))
    columns = (
        TableColumn(pen(text("Day")), "left", "24mm"),
        TableColumn(pen(text("What, and how it is computed")), "left", "1fr"),
        TableColumn(pen(text("Otherwise")), "left", "44mm"),
    )
    rows = [
        row(
            pen.words.day(d.on),
            Cell(pen(d.what), f"{pen(d.computation)} {pen.norm(d.norm)}"),
            pen(d.otherwise),
            kind="muted" if d.passed else "plain",
        )
        for d in deadlines
    ]
    yield Table(columns, tuple(rows), pen(text("Dates in grey have passed.")))


def _missing(pen: Pen) -> Iterator[Block]:
    if not pen.claim.missing:
        return
    columns = (
        TableColumn(pen(text("Position")), "left", "38mm"),
        TableColumn(pen(text("What is missing")), "left", "1fr"),
        TableColumn(pen(text("Until")), "left", "22mm"),
        TableColumn(pen(text("adds up to, in euros")), "right", "24mm"),
        TableColumn(pen(text("secures, in euros")), "right", "24mm"),
    )
    rows = [
        row(
            pen(head_name(m.head)),
            Cell(pen(m.text), " ".join(pen(said) for said in _retention(m))),
            pen.words.day(m.until) if m.until else "",
            pen.bare(m.worth.high) if m.worth else "",
            pen.bare(m.secures.likely) if m.secures else "",
            kind="muted" if m.gone else "plain",
        )
        for m in pen.claim.missing
    ]
    note = text("adds: what comes on top; secures: what is counted already and would be better proven.")
    yield Table(columns, tuple(rows), pen(note))


def _retention(gap: Missing) -> Iterator[Text]:
    if gap.kept_by:
        yield gap.kept_by
    if gap.gone:
        yield text("Probably deleted by now; ask all the same.")


def _early(pen: Pen) -> Iterator[Block]:
    for one in pen.claim.estimates:
        yield Para(pen(early_words(one)))


def _days(pen: Pen) -> Iterator[Block]:
    """A day in figures, and each measure against the loss that it avoids."""
    found = pen.claim.assessment.mitigation
    for said in found.words:
        yield Para(pen(said))
    if not found.options:
        return
    columns = (
        TableColumn(pen(text("Measure")), "left", "1fr"),
        TableColumn(pen(text("once")), "right", "20mm"),
        TableColumn(pen(text("a day")), "right", "20mm"),
        TableColumn(pen(text("avoids a day")), "right", "22mm"),
        TableColumn(pen(text("pays from")), "right", "20mm"),
        TableColumn(pen(text("waiting cost")), "right", "22mm"),
    )
    rows = [
        row(
            Cell(one.name, " ".join(filter(None, (pen(waited_words(one)), one.why)))),
            pen.bare(one.once),
            pen.bare(one.per_day),
            pen.bare(one.avoids.likely),
            pen(pays_words(one)),
            pen.bare(one.lost_by_waiting.likely),
        )
        for one in found.options
    ]
    yield Table(columns, tuple(rows), size="small")


def _costs(pen: Pen) -> Iterator[Block]:
    fall = pen.claim.waterfall
    columns = [(fall.costs, text("the due amount")), (fall.overclaim, text("the whole damage"))]
    known = [(costs, title) for costs, title in columns if costs is not None]
    if not known:
        return
    heads = (TableColumn(pen(text("In euros, at the value of")), "left", "1fr"),)
    table = (*heads, *(TableColumn(pen(title), "right", "34mm") for _, title in known))
    labels = (
        ("value", text("Value in dispute")),
        ("out_of_court", text("Lawyer out of court")),
        ("own_lawyer", text("Own lawyer, first instance")),
        ("other_lawyer", text("Other side's lawyer")),
        ("court", text("Court")),
        ("risk", text("Whole risk if all is lost")),
    )
    rows = [
        TableRow(
            (Cell(pen(label)), *(Cell(pen.bare(getattr(costs, key))) for costs, _ in known)),
            "total" if key == "risk" else "plain",
        )
        for key, label in labels
    ]
    yield Table(table, tuple(rows), _court(pen, known[0][0]))
    for costs, title in known:
        yield from _fees(pen, costs, pen(title))


def _court(pen: Pen, costs: Costs) -> str:
    said = text("Court: {court}. Law of fees: {law}.", court=costs.court_name, law=costs.law)
    lawyer = text("A lawyer is mandatory.") if costs.lawyer_mandatory else text("No lawyer is mandatory.")
    return f"{pen(said)} {pen(lawyer)}"


def _fees(pen: Pen, costs: Costs, title: str) -> Iterator[Block]:
    if not costs.working:
        return
    columns = (
        TableColumn(pen(text("Fees at the value of {what}", what=title)), "left", "1fr"),
        TableColumn("", "right"),
    )
    rows = [
        row(pen(line.text), pen.bare(line.amount.likely) if line.amount else "") for line in costs.working
    ]
    yield Table(columns, tuple(rows), size="small")


def _doubts(pen: Pen) -> Iterator[Block]:
    findings = [f for f in pen.claim.findings if f.weight is not Weight.NOTE]
    if not findings:
        return
    lead = text("The other side will look here first.")
    yield Para(pen(lead), style="intro")
    columns = (
        TableColumn(pen(text("Doubt, and what to do")), "left", "1fr"),
        TableColumn(pen(text("Place")), "left", "40mm"),
    )
    yield Table(columns, tuple(_doubt(pen, one) for one in alike(findings)), size="small")


def _doubt(pen: Pen, one: AlikeFindings) -> TableRow:
    """A kind of doubt with an example, what to do, how many there are and where."""
    do = pen(one.example.do) if one.example.do else ""
    if one.count > 1:
        do = f"{do} {pen(text('{n} like this one.', n=one.count))}".strip()
    return row(Cell(pen(one.example.text), do), pen.sources(one.sources))
