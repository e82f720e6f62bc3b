"""What every part writes with: the claim, the words of one language, the numbers of the exhibits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from heller.dossier.blocks import Cell, Definitions, TableColumn, TableRow
from heller.dossier.names import SURE
from heller.dossier.refs import Refs
from heller.dossier.wording import Words
from heller.model.amount import Range
from heller.model.claim import Claim
from heller.model.damage import NormRef
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.outage import OpenEnd, OpenStart
from heller.model.span import Bounds
from heller.model.text import Text, text


class Pen:
    """Says texts and amounts of a claim. It holds no state of its own."""

    def __init__(self, claim: Claim, lang: str) -> None:
        self.claim = claim
        self.case = claim.case
        self.words = Words(lang, claim.case.tz, claim.case.trade)
        self.refs = Refs(claim.case.exhibits, self.words)

    def __call__(self, what: Text | str) -> str:
        """A text in the dossier's language; a plain string stays as it is (it is a quotation)."""
        return what if isinstance(what, str) else self.words(what)

    def fact(self, key: str, otherwise: Text) -> str:
        """A fact of the case, or what stands where nobody stated it."""
        return self.case.fact(key) or self(otherwise)

    def bare(self, amount: Money) -> str:
        """An amount without its unit, for columns whose head names the unit."""
        return self.words.money(amount).rpartition("\N{NO-BREAK SPACE}")[0]

    def three(self, amount: Range) -> tuple[Cell, Cell, Cell]:
        """Cautious, likely and high, for three columns."""
        return Cell(self.bare(amount.low)), Cell(self.bare(amount.likely)), Cell(self.bare(amount.high))

    def three_columns(self) -> tuple[TableColumn, TableColumn, TableColumn]:
        """The columns that belong to `three`."""
        return (
            TableColumn(self(text("cautious")), "right"),
            TableColumn(self(text("likely")), "right"),
            TableColumn(self(text("high")), "right"),
        )

    def norm(self, norm: NormRef) -> str:
        """A norm as it is cited; one that nobody verified says so."""
        if not norm.id:
            return self(text("no rule known"))
        if norm.mark in SURE:
            return norm.cite
        return self(text("{cite} (not verified)", cite=norm.cite))

    def cited(self, said: Text, topic: str) -> str:
        """A sentence with the rule that it rests on, by a word of the frame of law; without one where the country
        of the case names none."""
        norm = self.claim.waterfall.jurisdiction.grounds.get(topic)
        return self(said) if norm is None else f"{self(said)} ({self.norm(norm)})"

    def due_now(self) -> str:
        """What the last figure of the chain is called."""
        known = self.claim.waterfall.jurisdiction.known
        return self(text("Due now") if known else text("Damage, no law applied"))

    def cell(self, what: Text | str, sources: Iterable[Locator | None] = (), note: str = "") -> Cell:
        """A cell with the places that its text rests on."""
        return Cell(self(what), note, self.refs(sources))

    def sources(self, sources: Iterable[Locator | None]) -> Cell:
        """A cell that holds nothing but pointers."""
        return Cell(refs=self.refs(sources))

    def terms(self, items: Sequence[tuple[Text, str | Cell]]) -> Definitions:
        """Names and what stands for them; empty ones are left out."""
        cells = [(self(name), Cell(what) if isinstance(what, str) else what) for name, what in items]
        return Definitions(tuple((name, cell) for name, cell in cells if cell.text or cell.refs))

    def between(self, earliest: datetime, latest: datetime) -> str:
        """Two instants as they bound a third; the day is not said twice."""
        words = self.words
        first = words.moment(earliest, seconds=True)
        if words.local(earliest).date() == words.local(latest).date():
            return self(
                text("between {first} and {last}", first=first, last=words.time(latest, seconds=True))
            )
        return self(text("between {first} and {last}", first=first, last=words.moment(latest, seconds=True)))

    def edge(self, edge: Bounds | OpenStart | OpenEnd) -> str:
        """Where an outage began or ended: between two instants, or beyond the first or last proof of death."""
        match edge:
            case Bounds():
                return self.between(edge.earliest, edge.latest)
            case OpenStart():
                at = self.words.moment(edge.latest, seconds=True)
                return self(text("before {at}: down from the first measurement on", at=at))
            case OpenEnd():
                at = self.words.moment(edge.earliest, seconds=True)
                return self(text("still down, last measured at {at}", at=at))


def row(*cells: Cell | str, kind: str = "plain") -> TableRow:
    """A row of cells; a string is a cell of text alone."""
    return TableRow(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in cells), kind)
