"""Since when the exhibits are there: the proven bounds of their entries, and how far apart they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from heller.dossier.blocks import Block, Cell, Note, Para, Part, Table, TableColumn, TableRow
from heller.dossier.names import edge_name
from heller.dossier.wording import NBSP
from heller.dossier.writer import Pen
from heller.model.bracket import Bracket, Edge
from heller.model.case import Exhibit
from heller.model.kinds.contact import Contact
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """Each exhibit with its bracket; where nobody stamped, that and nothing else."""
    if not pen.case.exhibits or not pen.case.brackets:
        return None
    bounded = [(e, pen.case.brackets[e.entry]) for e in pen.case.exhibits]
    said = [
        (record, pen.case.brackets[n])
        for record, n in zip(pen.case.noted, pen.case.noted_in, strict=False)
        if isinstance(record, Contact)
    ]
    title = pen(text("Since when the exhibits are there"))
    if all(b.not_before is None and b.not_after is None for _, b in (*bounded, *said)):
        return Part("since", title, (_unproven(pen),))
    return Part("since", title, (*_lead(pen), _table(pen, bounded), *_contacts(pen, said)))


def _contacts(pen: Pen, said: Sequence[tuple[Contact, Bracket]]) -> Iterator[Block]:
    """The contacts that were written down by hand, each with the bracket of its entry."""
    if not said:
        return
    yield Para(
        pen(text("Contacts that were written down in the journal, and when their entries were written:"))
    )
    columns = (
        TableColumn(pen(text("Contact of")), "left", "30mm"),
        TableColumn(pen(text("Our clock")), "left", "26mm"),
        TableColumn(pen(text("Not before")), "left", "1fr"),
        TableColumn(pen(text("Not after")), "left", "1fr"),
        TableColumn(pen(text("Width")), "right", "24mm"),
    )
    rows = tuple(
        TableRow(
            (
                Cell(pen.words.moment(contact.at), contact.channel),
                Cell("–" if bracket.wall is None else pen.words.moment(bracket.wall)),
                _edge(pen, bracket.not_before),
                _edge(pen, bracket.not_after),
                Cell("–" if bracket.width is None else pen.words.duration(bracket.width)),
            )
        )
        for contact, bracket in said
    )
    yield Table(columns, rows, size="small")


def _unproven(pen: Pen) -> Block:
    said = text(
        "Nobody stamped the journal before this dossier was made. When an exhibit was taken in is known from "
        "the clock of our computer alone, and that is a claim of ours. What does not rest on it: the originals "
        "of third parties carry dates of their own, and whoever received the digest of the journal's last "
        "entry can tell any change since."
    )
    return Note(pen(text("No third party's proof of time")), pen(said))


def _lead(pen: Pen) -> Iterator[Block]:
    said = text(
        "An entry is older than a time stamp over the journal's head that covers it, and younger than a token "
        "whose digest an earlier entry holds: nobody knew those bytes before. Between the two it was written, "
        "whatever our clock says. Where the lower end is missing, the exhibit is there since the upper end, "
        "and no proof says how much longer."
    )
    yield Para(pen(said))


def _table(pen: Pen, bounded: Sequence[tuple[Exhibit, Bracket]]) -> Table:
    columns = (
        TableColumn(pen(text("Exhibit")), "left"),
        TableColumn(pen(text("Our clock")), "left", "26mm"),
        TableColumn(pen(text("Not before")), "left", "1fr"),
        TableColumn(pen(text("Not after")), "left", "1fr"),
        TableColumn(pen(text("Width")), "right", "24mm"),
    )
    return Table(columns, tuple(_rows(pen, bounded)), size="small")


def _rows(pen: Pen, bounded: Sequence[tuple[Exhibit, Bracket]]) -> Iterator[TableRow]:
    """Exhibits in a row between the same two proofs are one row."""
    for (low, high), group in groupby(bounded, lambda pair: (pair[1].not_before, pair[1].not_after)):
        taken = list(group)
        (first, bracket), (last, _) = taken[0], taken[-1]
        label = f"K{NBSP}{first.number}"
        if last.number != first.number:
            label = f"{label}{NBSP}– K{NBSP}{last.number}"
        yield TableRow(
            (
                Cell(label),
                Cell(pen.words.moment(first.taken_in)),
                _edge(pen, low),
                _edge(pen, high),
                Cell("–" if bracket.width is None else pen.words.duration(bracket.width)),
            )
        )


def _edge(pen: Pen, edge: Edge | None) -> Cell:
    if edge is None:
        return Cell(pen(text("not proven")))
    return Cell(pen.words.moment(edge.at, seconds=True), edge_name(edge, pen))
