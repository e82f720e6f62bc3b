"""What is closed in a dossier, by exhibit and field, as it is listed for people and for programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from heller.dossier.blocks import Block, Cell, Heading, Para, Table, TableColumn, TableRow
from heller.dossier.writer import Pen
from heller.model.case import Case
from heller.model.text import Text, text

COLUMN = re.compile(r"\d+ row \d+, (.*) \(\d+\)")
KINDS: dict[str, Text] = {
    "names": text("name"),
    "wages": text("wage"),
    "private": text("for the claimant alone"),
    "bookings": text("other booking or balance"),
}


class Group(Struct, frozen=True, order=True):
    """Closed fields of one kind: entry, number of the exhibit (0: it is none), name of the field (… for names
    in running text), how many."""

    entry: int
    exhibit: int
    kind: str
    field: str
    count: int


def groups(case: Case) -> tuple[Group, ...]:
    """The closed fields, counted; empty where nothing is closed."""
    numbers = {e.entry: e.number for e in case.exhibits}
    shut = case.closing.shut if case.closing else ()
    found = Counter((s.entry, numbers.get(s.entry, 0), s.kind, _field(s.place)) for s in shut)
    return tuple(sorted(Group(*key, count) for key, count in found.items()))


def _field(place: str) -> str:
    if column := COLUMN.fullmatch(place):
        return column[1]
    return place.rpartition("/")[2] if "/" in place else "…"  # a name in running text


def blocks(pen: Pen) -> Iterator[Block]:
    """What is closed, what that means, which sums are stated; nothing where all is open."""
    closing = pen.case.closing
    if closing is None:
        return
    yield Heading(pen(text("What is redacted")))
    yield Para(
        pen(
            text(
                "Fields of this dossier are redacted: XXXX-1 stands for one name throughout, XXXX for anything "
                "else, such as a wage or a booking on which nothing rests. In the bundle each has a salted "
                "digest, which the journal binds: it cannot be exchanged any more, says nothing by itself, and "
                "can be opened to a court or an expert, field by field. The full originals are kept, and can be "
                "inspected by appointment."
            )
        )
    )
    columns = (
        TableColumn(pen(text("Where")), "left"),
        TableColumn(pen(text("Field")), "left", "1fr"),
        TableColumn(pen(text("What it is")), "left", "44mm"),
        TableColumn(pen(text("How many")), "right"),
    )
    rows = tuple(
        TableRow(
            (
                Cell(_where(pen, g)),
                Cell(g.field),
                Cell(pen(KINDS[g.kind])),
                Cell(pen.words.number(g.count)),
            )
        )
        for g in groups(pen.case)
        if g.kind != "originals"  # these go with every original of which something is closed
    )
    yield Table(columns, rows, size="small")
    if closing.whole:
        names = ", ".join(pen.refs.name(n) for n in closing.whole)
        said = text(
            "Redacted as a whole, with what was read from it stated in its place: {names}.", names=names
        )
        yield Para(pen(said))
    if closing.stated:
        titles = {p.head: p.title for p in pen.claim.assessment.positions}
        heads = ", ".join(dict.fromkeys(pen(titles[s.head]) for s in closing.stated if s.head in titles))
        said = text(
            "These sums rest on what is redacted. They are stated as a whole; nobody can work them out again "
            "from the bundle: {heads}.",
            heads=heads,
        )
        yield Para(pen(said))


def _where(pen: Pen, group: Group) -> str:
    if group.exhibit:
        return pen.refs.name(group.exhibit)
    return pen(text("Entry {n}", n=group.entry))
