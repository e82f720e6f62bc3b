"""Finds the layout of a bank's table, and shows what the table says by it, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from heller.intake.bank import profile, propose, table
from heller.intake.bank.profile import Profile
from heller.intake.bank.sections import SEARCH, locate
from heller.intake.bank.statement import proof
from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.model.finding import Finding
from heller.model.kinds.bank_entry import BankEntry
from heller.model.text import Text, text

CONFIRMED, SHIPPED, TOLD, BY_HEADINGS, BY_COLUMNS = 97, 94, 90, 45, 30  # how sure, 0 to 100


class Layout(Struct, frozen=True):
    """A profile for a table, the delimiter and the headings it was found by, and how sure it is."""

    profile: Profile
    delimiter: str
    head: tuple[str, ...]
    score: int

    @property
    def known(self) -> bool:
        """Whether it is a profile of the house or of a person, and no proposal."""
        return self.score >= SHIPPED


class Preview(Struct, frozen=True):
    """What a table says by a layout: the columns by role, the entries, and whether the balance closes
    (None where the table states no balance)."""

    profile: Profile
    head: tuple[str, ...]
    columns: dict[str, str]
    entries: tuple[BankEntry, ...]
    pending: int
    rejected: int
    findings: tuple[Finding, ...]
    closes: bool | None
    known: bool


def look(content: str) -> Layout | None:
    """The surest layout for a table by its first rows: a confirmed profile, a shipped one, else a proposal."""
    found: list[Layout] = []
    for delimiter in cells.delimiters(content):
        found += candidates(_rows(content, delimiter), delimiter)
    return max(found, key=lambda layout: (layout.score, len(layout.profile.head)), default=None)


def from_words(
    content: str, columns: Mapping[str, str], out: Sequence[str] = (), into: Sequence[str] = ()
) -> Layout | None:
    """The layout of a table by what a person says of its columns (role -> heading), and of the words for money out
    and in; by its proposed columns where they say nothing of those."""
    if not columns:
        found = look(content)
        return found and replace(found, profile=replace(found.profile, out=tuple(out), into=tuple(into)))
    for delimiter in cells.delimiters(content):
        for line in _rows(content, delimiter):
            if own := propose.from_person(line, columns):
                return Layout(replace(own, out=tuple(out), into=tuple(into)), delimiter, line.cells, TOLD)
    return None


def _rows(content: str, delimiter: str) -> list[CellRow]:
    return list(cells.first_lines(content, delimiter)[:SEARCH])


def candidates(rows: list[CellRow], delimiter: str) -> Iterator[Layout]:
    """All layouts that fit the first rows of a table."""
    for line in rows:
        if line.filled > 2:
            if own := profile.confirmed(line.cells):
                yield Layout(own, delimiter, line.cells, CONFIRMED)
            for known in profile.built_in():
                if locate(known, line):
                    yield Layout(known, delimiter, line.cells, SHIPPED)
    if headed := propose.by_headings(rows):
        head = next(line.cells for line in rows if locate(headed, line))
        yield Layout(headed, delimiter, head, BY_HEADINGS)
    elif bare := propose.by_columns(rows[:-1] if len(rows) == SEARCH else rows):
        yield Layout(bare, delimiter, (), BY_COLUMNS)


def preview(content: str, layout: Layout, digest: str) -> Preview:
    """The whole table read by a layout."""
    pages = tuple(table.statements(list(cells.lines(content, layout.delimiter)), layout.profile, digest))
    doubts = [f for page in pages for f in (*page.rejected, *page.notes)]
    stated = [page for page in pages if page.opening is not None and page.closing is not None]
    doubts += [doubt for page in stated if (doubt := proof(page))]
    jumps = any(finding.code == "balance-jumps" for finding in doubts)
    return Preview(
        layout.profile,
        layout.head,
        _columns(layout),
        tuple(entry for page in pages for entry in page.entries),
        sum(page.pending for page in pages),
        sum(len(page.rejected) for page in pages),
        tuple(doubts),
        False if jumps else all(proof(page) is None for page in stated) if stated else None,
        layout.known,
    )


def _columns(layout: Layout) -> dict[str, str]:
    if not layout.head:
        return {role: str(place) for role, place in layout.profile.places.items()}
    place = locate(layout.profile, CellRow(1, layout.head))
    return {role: layout.head[at] for role, at in place.roles.items()} if place else {}


def proofs(found: Preview) -> list[Text]:
    """What speaks for and against a layout, for a person to judge."""
    said = [
        text(
            "{n} entries, {pending} announced, {rejected} rows that cannot be read.",
            n=len(found.entries),
            pending=found.pending,
            rejected=found.rejected,
        )
    ]
    if found.closes is None:
        said.append(text("The table states no balance that could prove the layout."))
    elif found.closes:
        said.append(text("The balance closes: every entry was read with the right sign."))
    else:
        said.append(text("The balance does not close: the layout is wrong, or rows are missing."))
    return said
