"""The outage: the picture, its bounds, its witnesses, its cause, and every end that was claimed."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier import rows_at_the_cut
from heller.dossier.blocks import Block, Cell, Figure, Heading, Para, Part, Table, TableColumn, TableRow
from heller.dossier.charts import line_values
from heller.dossier.charts import outage as picture
from heller.dossier.names import CAUSES, STRENGTHS, slow_words
from heller.dossier.writer import Pen, row
from heller.model.kinds.line_values import LineValues
from heller.model.outage import OpenEnd, OpenStart, Outage
from heller.model.span import Bounds
from heller.model.text import text


def part(pen: Pen) -> Part:
    """All outages; where there is none, it says so."""
    seen = pen.claim.seen
    title = pen(text("The outage") if len(seen) == 1 else text("The outages"))
    if not seen:
        nothing = pen(text("No outage is proven by the logs that were taken in."))
        return Part("outage", title, (Para(nothing),), fresh=True)
    blocks: list[Block] = [Para(pen(_RULE)), *_picture(pen), *_line_values(pen)]
    for number, outage in enumerate(seen, 1):
        if len(seen) > 1:
            said = text("Outage {n}, from {start}", n=number, start=outage.start.latest)
            blocks.append(Heading(pen(said), outage.line if pen.case.lines else ""))
        blocks += [
            _bounds(pen, outage),
            *_detours(pen, outage),
            *_witnesses(pen, outage),
            *_ends(pen, outage),
        ]
    blocks += [*_poor(pen), *_contradictions(pen)]
    return Part("outage", title, tuple(blocks), fresh=True)


_RULE = text(
    "The start lies between the last sign of life and the first sign that the line is down, the end the other "
    "way round. The claim uses the shortest time that these bounds allow. Time in which nobody measured is shown "
    "as such."
)


def _picture(pen: Pen) -> Iterator[Figure]:
    chart = picture.chart(pen.claim.detection, pen.words)
    if chart is None:
        return
    caption = text("What was measured, by whom, and the ends that were claimed")
    alt = "; ".join(_span_in_words(pen, outage) for outage in pen.claim.detection.outages)
    yield Figure(chart, pen(caption), alt)


def _line_values(pen: Pen) -> Iterator[Figure]:
    """What the router told of the line around the outage, where a watch asked it."""
    chart = line_values.chart(pen.case.records(LineValues), pen.claim.detection, pen.words)
    if chart is not None:
        caption = text(
            "What the router told of the line: in grey what is usual for it outside of the outage, dashed where "
            "the standard calls a line poor"
        )
        yield Figure(chart, pen(caption), pen(text("Values of the line, told by the router")))


def _span_in_words(pen: Pen, outage: Outage) -> str:
    if isinstance(outage.end, OpenEnd):
        return pen(
            text(
                "Line down since {start} and still down, last measured at {last}, at least {shortest}",
                start=outage.start.latest,
                last=outage.end.earliest,
                shortest=outage.shortest,
            )
        )
    return pen(
        text(
            "Line down from {start} to {end}, at least {shortest}",
            start=outage.start.latest,
            end=outage.end.earliest,
            shortest=outage.shortest,
        )
    )


def _bounds(pen: Pen, outage: Outage) -> Table:
    words = pen.words
    columns = (
        TableColumn("", "left", "24mm"),
        TableColumn(pen(text("earliest")), "left", "1fr"),
        TableColumn(pen(text("latest")), "left", "1fr"),
        TableColumn(pen(text("apart")), "right", "26mm"),
    )
    rows = [
        _moments(pen, pen(text("Start")), outage.start),
        _moments(pen, pen(text("End")), outage.end, start=False),
        TableRow(
            (
                Cell(pen(text("Duration"))),
                Cell(pen(text("at least {length}", length=outage.shortest))),
                Cell(
                    pen(text("at most {length}", length=outage.longest))
                    if outage.longest
                    else pen(text("open"))
                ),
                Cell(words.duration(outage.longest - outage.shortest) if outage.longest else ""),
            ),
            "total",
        ),
    ]
    cause = pen(text("Cause: {cause}. {reason}", cause=CAUSES[outage.cause], reason=outage.cause_reason))
    proof = pen(text("Proof: {strength}.", strength=STRENGTHS[outage.strength]))
    blind = outage.shortest - outage.proven_down
    unseen = pen(text("Of the shortest duration nobody watched for {length}.", length=blind)) if blind else ""
    return Table(columns, tuple(rows), " ".join(filter(None, (cause, proof, unseen))))


def _detours(pen: Pen, outage: Outage) -> Iterator[Table]:
    """When another way carried the firm: the line stays dead for it."""
    if not outage.detours:
        return
    columns = (
        TableColumn(pen(text("Another connection was in use")), "left", "50mm"),
        TableColumn(pen(text("What shows it")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "36mm"),
    )
    rows = [
        row(
            pen.between(detour.start.latest, detour.end.earliest),
            pen(detour.why),
            pen.sources((detour.source,) if detour.source else ()),
        )
        for detour in outage.detours
    ]
    said = text(
        "Fee, compensation and repair time follow the line that was down; lost {takings} and idle hours only the "
        "time without any way out."
    )
    yield Table(columns, tuple(rows), pen(said))


def _moments(pen: Pen, name: str, bounds: Bounds | OpenStart | OpenEnd, *, start: bool = True) -> TableRow:
    if isinstance(bounds, OpenStart):
        first = pen.words.moment(bounds.latest, seconds=True)
        unseen = Cell(pen(text("open")), pen(text("nobody looked before")))
        return TableRow((Cell(name), unseen, Cell(first, pen(text("first sign that it is down"))), Cell("")))
    if isinstance(bounds, OpenEnd):
        last = pen.words.moment(bounds.earliest, seconds=True)
        still = Cell(pen(text("open")), pen(text("still down")))
        return TableRow((Cell(name), Cell(last, pen(text("last sign that it is down"))), still, Cell("")))
    first, last = (pen.words.moment(at, seconds=True) for at in (bounds.earliest, bounds.latest))
    notes = (
        (text("last sign of life"), text("first sign that it is down"))
        if start
        else (text("last sign that it is down"), text("first sign of life"))
    )
    return TableRow(
        (
            Cell(name),
            Cell(first, pen(notes[0])),
            Cell(last, pen(notes[1])),
            Cell(pen.words.duration(bounds.width)),
        )
    )


def _witnesses(pen: Pen, outage: Outage) -> Iterator[Table]:
    if not outage.witnesses:
        return
    columns = (
        TableColumn(pen(text("Witness")), "left", "42mm"),
        TableColumn(pen(text("What it saw")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "36mm"),
    )
    rows = [
        row(pen(w.name), pen(w.saw), pen.sources(rows_at_the_cut.rows_of(pen.case, outage, w.source)))
        for w in outage.witnesses
    ]
    yield Table(columns, tuple(rows))


def _poor(pen: Pen) -> Iterator[Block]:
    """When the line carried badly or slowly: with a measure of its own, and never counted as an outage."""
    detection = pen.claim.detection
    rows = [
        row(f"{pen.between(one.start.earliest, one.end.latest)}, {one.family.value}", pen(one.reason))
        for one in detection.halves
    ]
    rows += [
        row(pen.between(one.start.earliest, one.end.latest), pen(one.reason)) for one in detection.degraded
    ]
    rows += [row(pen.between(one.span.start, one.span.end), pen(slow_words(one))) for one in detection.slow]
    if rows:
        columns = (
            TableColumn(pen(text("Time")), "left", "50mm"),
            TableColumn(pen(text("What was measured")), "left", "1fr"),
        )
        yield Heading(pen(text("The line worked in part, badly or slowly; not counted as an outage")))
        yield Table(columns, tuple(rows))


def _contradictions(pen: Pen) -> Iterator[Block]:
    """Two statements that cannot both be right, side by side, and what the firm says explains them."""
    found = pen.claim.detection.contradictions
    if not found:
        return
    columns = (
        TableColumn(pen(text("Says that the line was down")), "left", "1fr"),
        TableColumn(pen(text("Says that it worked")), "left", "1fr"),
        TableColumn(pen(text("Time")), "left", "36mm"),
        TableColumn(pen(text("hangs on it")), "right", "26mm"),
    )
    rows = [
        row(
            pen.cell(one.down.name, [one.down.source], pen(one.down.saw)),
            pen.cell(one.up.name, [one.up.source], pen(one.up.saw)),
            pen.between(one.span.start, one.span.end),
            "" if one.euros is None else pen.words.money(one.euros),
        )
        for one in found
    ]
    said = pen.case.fact("outage.contradiction")
    yield Heading(pen(text("Statements that contradict each other")))
    yield Table(columns, tuple(rows), pen(text("The firm says: {said}", said=said)) if said else "")


def _ends(pen: Pen, outage: Outage) -> Iterator[Table]:
    if not outage.ends:
        return
    columns = (
        TableColumn(pen(text("Claimed end")), "left", "35mm"),
        TableColumn(pen(text("Said by")), "left", "26mm"),
        TableColumn(pen(text("What the measurements say")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "36mm"),
    )
    rows = []
    for end in outage.ends:
        verdict = text("Borne out.") if end.holds else text("Not borne out.")
        said = f"{pen(verdict)} {pen(end.why)}"
        rows.append(row(pen.words.moment(end.at), end.said_by, said, pen.sources(end.sources)))
    yield Table(columns, tuple(rows))
