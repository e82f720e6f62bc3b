"""Outages with bounds, blind spans, competing ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from heller.model.finding import Finding, Locator
from heller.model.span import Bounds, Span, union
from heller.model.text import Text


class Cause(Enum):
    """Whose part failed, as far as the logs say, from the inside out."""

    OWN_HOST = "own_host"
    LAN = "lan"
    ROUTER = "router"
    LINE = "line"
    BEYOND = "beyond"
    DNS = "dns"
    TARGET = "target"
    UNKNOWN = "unknown"


class Strength(Enum):
    """How well an outage is proven."""

    SUSPECTED = "suspected"
    MEASURED = "measured"
    PROVEN = "proven"  # measured, and a second witness agrees


class CompetingEnd(Struct, frozen=True):
    """Another end that somebody claims. `holds`: whether the measurements bear it out."""

    at: datetime
    said_by: str
    holds: bool
    why: Text
    sources: tuple[Locator, ...] = ()


class Witness(Struct, frozen=True):
    """A source that was there: what it is and what it saw of this outage.

    `state` is what it saw over its `span`: down, or up for a device inside the house that answered.
    """

    name: Text
    saw: Text
    source: Locator
    span: Span | None = None
    state: str = "down"


class Outage(Struct, frozen=True):
    """A complete loss of service. The start lies within `start`, the end within `end`."""

    start: Bounds
    end: Bounds
    cause: Cause
    strength: Strength
    cause_reason: Text
    witnesses: tuple[Witness, ...] = ()
    ends: tuple[CompetingEnd, ...] = ()
    unobserved: tuple[Span, ...] = ()
    line: str = ""  # the uplink, where its name is known

    @property
    def shortest(self) -> timedelta:
        """The duration that a claim uses."""
        return max(self.end.earliest - self.start.latest, timedelta())

    @property
    def proven_down(self) -> timedelta:
        """The shortest duration less the time in it when nobody watched: what is measured, not inferred."""
        blind = (hole.meet(self.span) for hole in union(self.unobserved))
        return self.shortest - sum((hole.length for hole in blind if hole), timedelta())

    @property
    def longest(self) -> timedelta:
        """The duration that the bounds allow at most."""
        return self.end.latest - self.start.earliest

    @property
    def span(self) -> Span:
        """The shortest span: what is certain."""
        return Span(self.start.latest, max(self.end.earliest, self.start.latest))


class Degraded(Struct, frozen=True):
    """A time in which the line carried, but badly: sustained loss, slow answers, no names. It is no complete
    outage and never counted as one."""

    start: Bounds
    end: Bounds
    cause: Cause
    reason: Text
    line: str = ""

    @property
    def span(self) -> Span:
        """The shortest span."""
        return Span(self.start.latest, max(self.end.earliest, self.start.latest))


class Stretch(Struct, frozen=True):
    """A run of one state as it was observed, for the picture: `state` is up, degraded, down or unobserved."""

    span: Span
    state: str


class Detection(Struct, frozen=True):
    """All that the logs say about the line; `others` are the other uplinks, such as the emergency line,
    whose outages are not those of the line."""

    outages: tuple[Outage, ...] = ()
    unobserved: tuple[Span, ...] = ()
    observed: Span | None = None
    stretches: tuple[Stretch, ...] = ()
    findings: tuple[Finding, ...] = ()
    rule: str = ""  # version of the rule that decided
    degraded: tuple[Degraded, ...] = ()
    line: str = ""
    others: tuple[Detection, ...] = ()
