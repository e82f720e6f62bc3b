"""Outages with bounds, blind spans, competing ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from heller.model.finding import Finding, Locator
from heller.model.money import Money
from heller.model.span import Bounds, Span, union, without
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
    REDIRECTED = "redirected"  # the line is up, but another answers: not released, or led astray
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


class OpenStart(Struct, frozen=True):
    """The line was dead when the first witness looked, at `latest`: how much earlier it died was seen by nobody."""

    latest: datetime


class OpenEnd(Struct, frozen=True):
    """The line is still dead: the last proof of death is of `earliest`, and no sign of life came after it."""

    earliest: datetime


class Detour(Struct, frozen=True):
    """A time in which another way carried the firm while its line was dead: a router that went over to the
    mobile network. `way` names it where it is known: its public address, its first hop, its port. The line
    stays dead meanwhile; fee, lump sum and repair time run on, idle hours and lost sales do not.
    """

    start: Bounds
    end: Bounds
    why: Text
    way: str = ""
    source: Locator | None = None

    @property
    def longest(self) -> Span:
        """All of the time in which the firm may have been carried."""
        return Span(self.start.earliest, max(self.end.latest, self.start.earliest))


class Outage(Struct, frozen=True):
    """A complete loss of service. The start lies within `start`, the end within `end`; either may be open."""

    start: Bounds | OpenStart
    end: Bounds | OpenEnd
    cause: Cause
    strength: Strength
    cause_reason: Text
    witnesses: tuple[Witness, ...] = ()
    ends: tuple[CompetingEnd, ...] = ()
    unobserved: tuple[Span, ...] = ()
    line: str = ""  # the uplink, where its name is known
    detours: tuple[Detour, ...] = ()  # when another way carried the firm
    announced: tuple[
        Span, ...
    ] = ()  # parts of the same dead time that lay in announced work and are no part of it

    @property
    def cut_off(self) -> tuple[Span, ...]:
        """What is certain of the time in which the firm had no way out at all: the line dead, no other carried."""
        return without(self.span, union(detour.longest for detour in self.detours))

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
    def longest(self) -> timedelta | None:
        """The duration that the bounds allow at most; None where one of them is open."""
        if isinstance(self.start, OpenStart) or isinstance(self.end, OpenEnd):
            return None
        return self.end.latest - self.start.earliest

    @property
    def span(self) -> Span:
        """The shortest span: what is certain."""
        return Span(self.start.latest, max(self.end.earliest, self.start.latest))

    @property
    def went_dead(self) -> datetime:
        """When the line was certainly dead first, announced work included."""
        return min((self.start.latest, *(span.start for span in self.announced)))

    @property
    def widest(self) -> Span:
        """The time that the bounds allow at most, as far as somebody looked."""
        first = self.start.latest if isinstance(self.start, OpenStart) else self.start.earliest
        last = self.end.earliest if isinstance(self.end, OpenEnd) else self.end.latest
        return Span(first, max(first, last))

    def until(self, now: datetime) -> Outage:
        """The same as far as it had come at an instant after its last proof of death, where it is still open;
        the time since that proof was watched by nobody."""
        if not isinstance(self.end, OpenEnd) or now <= self.end.earliest:
            return self
        unseen = Span(self.end.earliest, now)
        # Whoever carried at the last proof may carry still: nobody can say that the firm was cut off since.
        detours = tuple(
            replace(d, end=Bounds(now, now)) if d.end.latest >= self.end.earliest else d for d in self.detours
        )
        return replace(self, end=Bounds(now, now), unobserved=(*self.unobserved, unseen), detours=detours)


class Contradiction(Struct, frozen=True):
    """Two statements that cannot both be right, over a time: `down` says that the line was dead, `up` that it
    worked, or that it died later. `counted`: whether the outages hold that time for dead. `euros` hang on it, where
    that was worked out."""

    span: Span
    down: Witness
    up: Witness
    counted: bool = False
    euros: Money | None = None


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


class Family(Enum):
    """The two protocols that a line carries."""

    FOUR = "IPv4"
    SIX = "IPv6"


class FamilyOutage(Struct, frozen=True):
    """Half the line: one family dead while the other carried. It is no complete outage and never counted as one;
    the other side may attack what builds on it."""

    family: Family
    start: Bounds
    end: Bounds
    strength: Strength
    reason: Text
    line: str = ""

    @property
    def span(self) -> Span:
        """The shortest span."""
        return Span(self.start.latest, max(self.end.earliest, self.start.latest))


class SlowMinute(Struct, frozen=True):
    """One minute in which answers came late: probes answered, how many of them later than the line's own limit,
    the 95th percentile of their round trips and their jitter (mean distance of successive ones), seconds."""

    at: datetime
    answered: int
    late: int
    p95: float
    jitter: float


class Slowness(Struct, frozen=True):
    """Minutes in a row in which the line answered slowly. `usual` is its own 95th percentile in all the time that
    was watched, `limit` the round trip from which an answer of it counts as late; seconds. It has its own measure
    and is neither an outage nor a part of one."""

    span: Span
    minutes: tuple[SlowMinute, ...]
    usual: float
    limit: float
    line: str = ""

    @property
    def late(self) -> int:
        """Late answers in all."""
        return sum(minute.late for minute in self.minutes)

    @property
    def answered(self) -> int:
        """Answers in all."""
        return sum(minute.answered for minute in self.minutes)

    @property
    def worst(self) -> SlowMinute:
        """The minute with the highest 95th percentile."""
        return max(self.minutes, key=lambda minute: minute.p95)


class Stretch(Struct, frozen=True):
    """A run of one state as it was observed, for the picture: `state` is up, slow, degraded, half (one family
    dead), detour (the line dead, another way carried), down or unobserved."""

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
    halves: tuple[FamilyOutage, ...] = ()
    slow: tuple[Slowness, ...] = ()
    line: str = ""
    others: tuple[Detection, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
