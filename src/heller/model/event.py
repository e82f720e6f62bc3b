"""Events: an outage of a line, or several that are one, with what belongs to it, and what an event makes somebody owe.
How events are found says `heller.outage`, what they cost `heller.damage`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from msgspec import Struct

from heller.model.amount import Range
from heller.model.outage import OpenEnd, Outage
from heller.model.span import Span
from heller.model.text import Text, text


class EventKind(Enum):
    """What an event is; the first alone enters a claim."""

    OUTAGE = "outage"
    MICRO = "micro"  # minutes that no business feels
    WORK = "work"  # announced by the provider
    SLOW = "slow"
    ASKED = "asked"  # of a line that nobody has named yet


class LineEvent(Struct, frozen=True):
    """One event of a line. `key` names it: the line and the moment at which it was certainly dead first. `footing` says
    on what it stands where it is no outage of the claim."""

    key: str
    line: str
    kind: EventKind
    began: date  # at the site
    outages: tuple[Outage, ...]
    footing: Text | None = None
    during: Span | None = None  # of what is no outage: a slow stretch

    @property
    def name(self) -> Text:
        """What it is called: its line, where that has a name, and its first day."""
        if not self.line:
            return text("outage of {day}", day=self.began)
        return text("{line}, {day}", line=self.line, day=self.began)

    @property
    def span(self) -> Span:
        """From the first certain moment to the last."""
        if self.during is not None:
            return self.during
        return Span(self.outages[0].span.start, max(one.span.end for one in self.outages))

    @property
    def dead(self) -> timedelta:
        """How long the line was certainly dead."""
        return sum((one.shortest for one in self.outages), timedelta())

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return any(isinstance(one.end, OpenEnd) for one in self.outages)


class GroupingChoice(Struct, frozen=True):
    """Outages near each other that may be one event: how they count now, and what is due either way."""

    line: str
    one: datetime
    other: datetime
    together: bool  # as it stands
    due_together: Range
    due_apart: Range
    decided: bool = False


class EventDebt(Struct, frozen=True):
    """What one event makes a debtor owe: the seam to the account. `principal` is after cap and set-off and before
    interest; it bears interest from `default` on (None: no default yet). `barred` is the last day before the claim
    is time-barred, where the law of the day is known."""

    event: str
    line: str
    debtor: str
    arose: date
    principal: Range
    default: date | None = None
    barred: date | None = None


class DebtorDebt(Struct, frozen=True):
    """What a debtor owes before anything was paid: event by event, and the costs before a lawsuit, which are owed
    once for the whole matter (`costs_since`: the day of the mandate)."""

    debtor: str
    events: tuple[EventDebt, ...]
    costs: Range = Range()
    costs_since: date | None = None

    @property
    def principal(self) -> Range:
        """All events."""
        return sum((one.principal for one in self.events), Range())


def event_names(key: str, line: str, began: date) -> tuple[str, ...]:
    """What an event may be called in a note: by its key, by line and first day, by the day alone."""
    days = (began.isoformat(), f"{began:%d.%m.%Y}")
    return (key, *(f"{line} {day}".strip() for day in days), *days)
