"""A case as the fold over its journal leaves it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.model.bracket import Bracket
from heller.model.case_change import CaseChange
from heller.model.closing import Closing
from heller.model.facts import firm
from heller.model.finding import Finding
from heller.model.kinds.access_line import AccessLine
from heller.model.kinds.fact import Fact
from heller.model.record import Reading, Record
from heller.model.sample import SampleHeader
from heller.model.stated_facts import Facts
from heller.model.trade import Trade
from heller.model.trades import trade_of

if TYPE_CHECKING:
    from polars import LazyFrame

R = TypeVar("R", bound=Record)
OF_A_LINE = "line."  # facts of the contract of one line


class Exhibit(Struct, frozen=True):
    """A document relied upon. `number` is the n of 'Anlage K n'; `digest` the SHA-256 of the original."""

    number: int
    digest: str
    name: str
    media: str
    size: int
    taken_in: datetime
    entry: int
    reading: Reading

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back: it counts for nothing, and keeps its number."""
        return any(finding.code == "exhibit-withdrawn" for finding in self.reading.findings)

    @property
    def lost(self) -> bool:
        """Whether its file is lost for good: what was read from it last stands, and nobody can check it."""
        return any(finding.code == "exhibit-lost" for finding in self.reading.findings)


class Case(Struct, frozen=True, dict=True):
    """Everything a case knows. `noted` are records written by hand, not read from a file."""

    id: str
    opened: datetime
    exhibits: tuple[Exhibit, ...] = ()
    noted: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    zone: str = "Europe/Berlin"
    entries: int = 0  # how many journal entries this is the fold of
    head: str = ""  # hash of the last of them: whoever holds it can tell any change
    brackets: tuple[Bracket, ...] = ()  # when each entry was written, in order of their numbers
    noted_in: tuple[int, ...] = ()  # the entry of each noted record, as far as one holds it
    changes: tuple[CaseChange, ...] = ()  # what was said otherwise later, erased, handed out
    closing: Closing | None = None  # what is closed, where it is the case as a closed bundle shows it
    samples: tuple[
        tuple[SampleHeader, LazyFrame], ...
    ] = ()  # what a watch measured, segment by segment, not loaded
    line: str = ""  # the line whose facts hold; '' where the firm has one line only

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the site."""
        return ZoneInfo(self.zone)

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """All records of one kind, those of exhibits first, in order of taking in."""
        return cast("tuple[R, ...]", tuple(self._sorted.get(cast("type[Record]", kind), ())))

    @cached_property
    def _sorted(self) -> dict[type[Record], list[Record]]:
        """The records by their kind, sorted once: heads ask for them again and again."""
        found: dict[type[Record], list[Record]] = {}
        for exhibit in self.exhibits:
            for kind, read in exhibit.reading.by_kind.items():
                found.setdefault(kind, []).extend(read)
        for record in self.noted:
            found.setdefault(type(record), []).append(record)
        return found

    def exhibit_of(self, digest: str) -> Exhibit | None:
        """The exhibit that holds an original."""
        return self._by_digest.get(digest)

    @cached_property
    def _by_digest(self) -> dict[str, Exhibit]:
        """The exhibits by their originals; the first where one was taken in twice."""
        return {e.digest: e for e in reversed(self.exhibits)}

    @cached_property
    def facts(self) -> Facts:
        """What is stated of the line, as values of their types. What is said of a line and its contract without naming
        one is of the first, where the firm has several."""
        first = self.lines[0].name if self.lines else ""
        line = self.line or first
        stated = [f for f in self.records(Fact) if line == first or f.line or not f.key.startswith(OF_A_LINE)]
        return Facts(stated, line)

    @cached_property
    def lines(self) -> tuple[AccessLine, ...]:
        """The lines that are stated, the first one said first; each as it was said last."""
        return tuple({line.name: line for line in self.records(AccessLine)}.values())

    @property
    def trade(self) -> Trade:
        """The trade that the firm says that it is of, else that of its name; it gives sentences their words."""
        return trade_of(self.facts[firm.TRADE], self.facts[firm.NAME])

    def fact(self, key: str) -> str | None:
        """The last stated value of a fact in canonical form, None where nobody said."""
        said = self.facts.said.get(key)
        return said.value if said else None

    def yes(self, key: str) -> bool | None:
        """A fact as yes or no."""
        found = self.facts.by_key(key)
        return found if isinstance(found, bool) else None
