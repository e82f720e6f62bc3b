"""Time brackets: between which two instants an entry was written, and what proves either end."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from heller.model.finding import Finding


class Edge(Struct, frozen=True):
    """One end of a bracket. `kind` is `stamp` or the source of a beacon (`drand`, `tse`, `ticket` ...),
    `ref` names it (authority, round, receipt), `entry` is the journal entry that holds it."""

    at: datetime
    kind: str
    ref: str
    entry: int | None = None


class Bracket(Struct, frozen=True):
    """When an entry was written: not before, not after, and what this machine's clock said, which is a
    claim to be tested (None where it is no time). An end that nobody proves is None."""

    entry: int
    wall: datetime | None
    not_before: Edge | None = None
    not_after: Edge | None = None

    @property
    def width(self) -> timedelta | None:
        """How far the ends are apart: the figure of quality. None where an end is missing."""
        if self.not_before is None or self.not_after is None:
            return None
        return self.not_after.at - self.not_before.at


class Stamp(Struct, frozen=True):
    """A time stamp (RFC 3161) over an anchor. `size` is how many lines the anchor covers, `at` the
    authority's time, `accuracy` how far it may be off; `entry` is the journal entry that holds the
    token's digest, None where the token is newer than the journal."""

    anchor: str
    size: int
    token: str
    at: datetime
    accuracy: timedelta
    tsa: str
    entry: int | None = None


class Bracketed(Struct, frozen=True):
    """The brackets of all entries, and what contradicts itself among them."""

    brackets: tuple[Bracket, ...]
    findings: tuple[Finding, ...] = ()
