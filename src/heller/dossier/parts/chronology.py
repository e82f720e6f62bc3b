"""What happened, in order of time, each with its exhibit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heller.dossier.blocks import Cell, Para, Part, Table, TableColumn, TableRow
from heller.dossier.events import details, events, moment, with_whom
from heller.dossier.names import head_name
from heller.dossier.writer import Pen, row
from heller.model import bearing_out
from heller.model.finding import Locator
from heller.model.kinds.purpose import Purpose
from heller.model.record_kind import ChronologyEvent
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """The chronology; days that repeat are not said twice."""
    printed = _printed(pen)
    if not printed:
        return None
    columns = (
        TableColumn(pen(text("Day")), "left", "21mm"),
        TableColumn(pen(text("Time")), "left", "14mm"),
        TableColumn(pen(text("What happened")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "31mm"),
    )
    lead = text("Words in quotation marks are quoted as they were written down; times are local time.")
    table = Table(columns, tuple(_rows(pen, printed)))
    return Part("facts", pen(text("Facts in order of time")), (Para(pen(lead)), table), fresh=True)


def _printed(pen: Pen) -> list[tuple[ChronologyEvent, str]]:
    """The events that are printed, each with what is said of it; a receipt where it serves a head and counts."""
    counted = {(at.object, at.member) for flow in pen.claim.assessment.flows for at in flow.sources}
    purposes = {purpose.invoice: purpose for purpose in pen.case.records(Purpose) if purpose.head != "none"}
    found = []
    for event in events(pen):
        if event.printed:
            found.append((event, " ".join(filter(None, (_quotation(event, pen), *details(event, pen))))))
        elif (purpose := purposes.get(event.receipt)) is not None and any(
            (at.object, at.member) in counted for at in event.sources
        ):
            found.append(
                (
                    event,
                    pen(text("{head}, {amount}", head=head_name(purpose.head), amount=event.amount or "")),
                )
            )
    return found


def _quotation(event: ChronologyEvent, pen: Pen) -> str:
    if not event.quoted:
        return ""
    return f"„{event.quoted}“" if pen.words.lang == "de" else f"‘{event.quoted}’"


def _rows(pen: Pen, printed: list[tuple[ChronologyEvent, str]]) -> Iterator[TableRow]:
    before = ""
    for event, said in printed:
        at = moment(event, pen)
        day = pen.words.day(at)
        clock = f"{pen.words.local(at):%H:%M}" if isinstance(event.at, datetime) else ""
        shown, before = ("" if day == before else day), day
        title = pen(event.title) + (f": {with_whom(event, pen)}" if event.who else "")
        yield row(shown, clock, Cell(title, said), Cell(refs=pen.refs(_sources(event, pen))))


def _sources(event: ChronologyEvent, pen: Pen) -> tuple[Locator, ...]:
    """Where it is noted, and the mail that it was."""
    if not event.who or not isinstance(event.at, datetime):
        return event.sources
    return tuple(dict.fromkeys((*event.sources, *bearing_out.of_moment(pen.case, event.at))))
