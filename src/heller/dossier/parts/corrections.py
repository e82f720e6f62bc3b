"""Corrections, withdrawals, erasures: what of the case was said otherwise later, when and why, so that the other side
finds it here and not by itself."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Cell, Para, Part, Table, TableColumn, TableRow
from heller.dossier.writer import Pen
from heller.model.case_change import NAMES, CaseChange, ChangeKind
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """Every change in order; what came since the last dossier that was handed out stands apart. None where nothing was
    changed."""
    changes = pen.case.changes
    if not changes:
        return None
    last = max((n for n, one in enumerate(changes) if one.kind is ChangeKind.HANDED), default=-1)
    title = pen(text("Corrections, withdrawals, erasures"))
    return Part("corrections", title, (*_lead(pen), *_tables(pen, changes, last)))


def _lead(pen: Pen) -> Iterator[Block]:
    said = text(
        "Nothing is taken out of the journal: what was said otherwise later is listed here with its reason. Exhibits "
        "that were taken back count for nothing and are not attached; their numbers are not given again."
    )
    yield Para(pen(said))


def _tables(pen: Pen, changes: tuple[CaseChange, ...], last: int) -> Iterator[Block]:
    yield _table(pen, changes[: last + 1] if last >= 0 else changes)
    if last < 0:
        return
    handed = changes[last]
    if since := changes[last + 1 :]:
        yield Para(
            pen(text("Since {dossier} was handed out on {day}:", dossier=handed.what, day=handed.at.date()))
        )
        yield _table(pen, since)
    else:
        said = text(
            "Since {dossier} was handed out on {day} nothing was corrected.",
            dossier=handed.what,
            day=handed.at.date(),
        )
        yield Para(pen(said))


def _table(pen: Pen, changes: tuple[CaseChange, ...]) -> Table:
    columns = (
        TableColumn(pen(text("When")), "left", "32mm"),
        TableColumn(pen(text("What")), "left", "1fr"),
        TableColumn(pen(text("What happened")), "left", "30mm"),
        TableColumn(pen(text("Why")), "left", "1fr"),
    )
    rows = tuple(
        TableRow(
            (
                Cell(pen.words.moment(one.at)),
                Cell(pen(one.what)),
                Cell(pen(NAMES[one.kind])),
                Cell(one.why or "–"),
            )
        )
        for one in changes
    )
    return Table(columns, rows, size="small")
