"""Hours: what every room needs to know of them."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.record_field import AnswerSet, choice, moment, number, person, prose, share
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.span import Span
from heller.model.text import Text, text


class ShiftKind(Enum):
    """What an hour of work was."""

    IDLE = "idle"  # paid, could not work
    OVERTIME = "overtime"  # backlog, beyond the usual hours
    REMOVAL = "removal"  # removing the damage: emergency line, rerouting, manual work-arounds
    PURSUIT = "pursuit"  # finding out and pursuing the claim
    WORK = "work"  # the sheet does not say what it was: it enters no sum
    PLANNING = "planning"  # planning, ordering and setting up the emergency line
    SLOWED = "slowed"  # worked at a share of the usual speed
    UNPAID = "unpaid"  # sent home, not paid: the firm saved the wage
    LEAVE = "leave"  # sent on leave because of the outage: days of leave were used up
    LEAVE_BACK = "leave_back"  # such days given back: paid hours off, later


class Shift(RecordNoun, frozen=True, tag="shift"):
    """A stretch of one person's work. `minutes` is without the pause; in slowed hours `speed` is the share of the usual
    work that was done."""

    person: str
    span: Span
    minutes: int
    kind: ShiftKind
    source: Locator
    note: str = ""
    speed: Decimal | None = None
    signed: bool = False  # a person said that its sheet lies there signed

    @property
    def counted(self) -> Shift:
        """The part that counts: of slowed hours that in which nothing was done."""
        if self.kind is not ShiftKind.SLOWED or self.speed is None:
            return self
        return replace(self, minutes=round(self.minutes * (1 - self.speed)))


NAMES: dict[ShiftKind, Text] = {
    ShiftKind.IDLE: text("idle"),
    ShiftKind.OVERTIME: text("overtime"),
    ShiftKind.REMOVAL: text("removing the damage"),
    ShiftKind.PURSUIT: text("pursuing the claim"),
    ShiftKind.WORK: text("work of no named kind"),
    ShiftKind.PLANNING: text("setting up the emergency line"),
    ShiftKind.SLOWED: text("slowed"),
    ShiftKind.UNPAID: text("sent home without pay"),
    ShiftKind.LEAVE: text("sent on leave because of the outage"),
    ShiftKind.LEAVE_BACK: text("leave given back"),
}


WORDS: dict[str, ShiftKind] = {
    "Leerlauf": ShiftKind.IDLE,
    "Überstunden": ShiftKind.OVERTIME,
    "Überstunde": ShiftKind.OVERTIME,
    "Schadensbeseitigung": ShiftKind.REMOVAL,
    "Ersatzverbindung einrichten": ShiftKind.PLANNING,
    "Ersatzverbindung": ShiftKind.PLANNING,
    "Notanschluss": ShiftKind.PLANNING,
    "Notanschluss einrichten": ShiftKind.PLANNING,
    "Anspruchsverfolgung": ShiftKind.PURSUIT,
    "Verlangsamt": ShiftKind.SLOWED,
    "Gebremst": ShiftKind.SLOWED,
    "Eingeschränkt": ShiftKind.SLOWED,
    "Slow": ShiftKind.SLOWED,
    "Unbezahlt": ShiftKind.UNPAID,
    "Unbezahlt freigestellt": ShiftKind.UNPAID,
    "Unbezahlt nach Hause geschickt": ShiftKind.UNPAID,
    "Lohn erspart": ShiftKind.UNPAID,
    "Unpaid": ShiftKind.UNPAID,
    "Urlaub wegen Ausfall": ShiftKind.LEAVE,
    "In Urlaub geschickt": ShiftKind.LEAVE,
    "Urlaub angeordnet": ShiftKind.LEAVE,
    "Sent on leave": ShiftKind.LEAVE,
    "Urlaub zurückgegeben": ShiftKind.LEAVE_BACK,
    "Urlaub gutgeschrieben": ShiftKind.LEAVE_BACK,
    "Leave given back": ShiftKind.LEAVE_BACK,
}
KINDS = AnswerSet(NAMES, WORDS)


def _line(record: Shift) -> tuple[object, ...]:
    hours = text("{n} minutes", "one minute", n=record.minutes)
    return (record.span.start, record.person, NAMES[record.kind], hours, record.note)


FIELDS = (
    moment("span.start", text("Begin")),
    moment("span.end", text("End")),
    person("person", text("Who worked?")),
    choice("kind", text("What was it?"), KINDS),
    number("minutes", text("Minutes without the pause")),
    share("speed", text("Share of the usual work that was done")),
    prose("note", text("Note")),
)
KIND = RecordKind(
    Shift, text("Hours"), "hours", FIELDS, line_of=_line, known_of=lambda record: record.span.end
)
