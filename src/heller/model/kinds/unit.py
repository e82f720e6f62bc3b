"""Units of business: an appointment, a night, a day's takings, a billable hour, with what it is worth and what became
of it. Orders of shops have a record of their own, because mails name them by number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import (
    NOW,
    AnswerSet,
    RecordForm,
    choice,
    day,
    moment,
    money,
    number,
    share,
    words,
    yes_no,
)
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text


class UnitKind(Enum):
    """What a unit of business is."""

    ORDER = "order"
    APPOINTMENT = "appointment"
    COVER = "cover"  # a guest at a table
    TABLE = "table"
    NIGHT = "night"
    TAKINGS = "takings"  # of a till: a receipt, a day
    TICKET = "ticket"
    HOUR = "hour"  # of a project
    CALL = "call"
    DELIVERY = "delivery"


class Fate(Enum):
    """What became of a unit."""

    HELD = "held"
    LOST = "lost"  # it did not take place
    CANCELLED = "cancelled"  # the customer called it off
    CAUGHT_UP = "caught_up"  # it took place later
    REFUNDED = "refunded"  # it took place, and what was paid was given back
    ABSENT = "absent"  # nobody came and nobody called it off
    OPEN = "open"  # nobody says


class Unit(RecordNoun, frozen=True, tag="unit"):
    """One unit, or `count` alike. `value` is what all of them bring, with VAT where it is `gross`; `rate` is the rate
    of that VAT, None where the list does not say, and `value` None where the list names none. It ends at `until` (a
    guest's departure). It was caught up on the day `later`, called off on the day `called_off`; `back` was given back
    of it. `customer` is a number or a digest.
    """

    kind: UnitKind
    at: datetime
    value: Money | None = None
    gross: bool = True
    rate: Decimal | None = None
    channel: str = ""
    fate: Fate = Fate.HELD
    number: str = ""
    count: int = 1
    until: datetime | None = None
    later: date | None = None
    called_off: date | None = None
    back: Money | None = None
    customer: str = ""
    timed: bool = True  # the time of day is known, not only the day
    source: Locator | None = None


PLURALS: dict[str, Text] = {
    "@order": text("Orders"),
    "@appointment": text("Appointments in the book"),
    "@cover": text("Guests at tables"),
    "@table": text("Tables"),
    "@night": text("Stays"),
    "@takings": text("Takings"),
    "@ticket": text("Tickets"),
    "@hour": text("Hours of projects"),
    "@call": text("Calls"),
    "@delivery": text("Deliveries"),
}


def channel_key(unit: Unit) -> str:
    """The channel of a unit; one that names none is of the channel of all units of its kind."""
    return unit.channel or f"@{unit.kind.value}"


def channel_name(key: str) -> str | Text:
    """A channel as it is printed."""
    return PLURALS.get(key, key)


NAMES: dict[UnitKind, Text] = {
    UnitKind.ORDER: text("an order"),
    UnitKind.APPOINTMENT: text("an appointment"),
    UnitKind.COVER: text("a guest at a table"),
    UnitKind.TABLE: text("a table"),
    UnitKind.NIGHT: text("a stay"),
    UnitKind.TAKINGS: text("takings"),
    UnitKind.TICKET: text("a ticket"),
    UnitKind.HOUR: text("hours of a project"),
    UnitKind.CALL: text("a call"),
    UnitKind.DELIVERY: text("a delivery"),
}
FATES: dict[Fate, Text] = {
    Fate.HELD: text("took place"),
    Fate.LOST: text("lost"),
    Fate.CANCELLED: text("called off by the customer"),
    Fate.CAUGHT_UP: text("caught up on later"),
    Fate.REFUNDED: text("refunded"),
    Fate.ABSENT: text("nobody came"),
    Fate.OPEN: text("not known"),
}
WORDS = {
    "Bestellung": UnitKind.ORDER,
    "Auftrag": UnitKind.ORDER,
    "Termin": UnitKind.APPOINTMENT,
    "Gedeck": UnitKind.COVER,
    "Tisch": UnitKind.TABLE,
    "Termine": UnitKind.APPOINTMENT,
    "Gäste": UnitKind.COVER,
    "Tische": UnitKind.TABLE,
    "Übernachtung": UnitKind.NIGHT,
    "Übernachtungen": UnitKind.NIGHT,
    "Aufenthalte": UnitKind.NIGHT,
    "Aufenthalt": UnitKind.NIGHT,
    "Einnahmen": UnitKind.TAKINGS,
    "Kasse": UnitKind.TAKINGS,
    "Eintrittskarte": UnitKind.TICKET,
    "Projektstunden": UnitKind.HOUR,
    "Anruf": UnitKind.CALL,
    "Lieferung": UnitKind.DELIVERY,
    "Lieferungen": UnitKind.DELIVERY,
}
FATE_WORDS = {
    "stattgefunden": Fate.HELD,
    "entfallen": Fate.LOST,
    "ausgefallen": Fate.LOST,
    "verloren": Fate.LOST,
    "abgesagt": Fate.CANCELLED,
    "storniert": Fate.CANCELLED,
    "nachgeholt": Fate.CAUGHT_UP,
    "erstattet": Fate.REFUNDED,
    "nicht erschienen": Fate.ABSENT,
    "unbekannt": Fate.OPEN,
}


def _line(record: Unit) -> tuple[object, ...]:
    moved = text("caught up on {day}", day=record.later) if record.later else ""
    return (
        record.at,
        record.number,
        record.channel,
        NAMES[record.kind],
        record.value,
        FATES[record.fate],
        moved,
    )


FIELDS = (
    moment("at", text("When was it, or when was it to be?"), default=NOW),
    choice("kind", text("What was it?"), AnswerSet(NAMES, WORDS)),
    money("value", text("What does it bring?")),
    yes_no("gross", text("Does that hold VAT?")),
    share("rate", text("Which rate of VAT?")),
    words("channel", text("Channel"), hint=text("As reception, telephone, restaurant, project")),
    choice("fate", text("What became of it?"), AnswerSet(FATES, FATE_WORDS)),
    words("number", text("Number")),
    number("count", text("How many?"), least=1, most=100_000),
    moment("until", text("When did it end?")),
    day("later", text("On which day was it caught up?")),
    day("called_off", text("On which day was it called off?")),
    money("back", text("What was given back?")),
    words("customer", text("Number of the customer")),
)
FORMS = (
    RecordForm(
        "takings",
        61,
        text("Takings of a day, as a Z report says"),
        ("at", "value"),
        ("gross", "rate", "channel", "number"),
        preset={"kind": UnitKind.TAKINGS, "timed": False},
        german="tageseinnahmen",
        noon=True,
    ),
    RecordForm(
        "unit",
        62,
        text("An appointment, a stay or another unit of business"),
        ("kind", "at", "value"),
        german="einheit",
        noon=True,
    ),
)


def _faults(record: Unit) -> Iterator[tuple[str, Text]]:
    if record.until is not None and record.until < record.at:
        yield "until", text("It cannot end before it begins.")


KIND = RecordKind(
    Unit,
    text("Units of business"),
    "units",
    FIELDS,
    FORMS,
    line_of=_line,
    faults=_faults,
    known_of=lambda record: record.at,
)
