"""Reads the log of contacts (kontakte.csv): who said what to whom, when, by which channel."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import Row
from heller.intake.written import numbers
from heller.intake.written.canonical import LONGEST, contact_kind, did_you_mean, direction
from heller.model.finding import Weight
from heller.model.kinds import contact
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "contacts"

LAYOUT = Layout(
    NAME,
    text("Log of contacts"),
    ("kontakte", "kontaktliste", "contacts"),
    (
        ColumnWords("date", ("Datum", "Tag", "Date", "Day"), needed=True),
        ColumnWords("time", ("Uhrzeit", "Zeit", "Time")),
        ColumnWords("kind", ("Art", "Kind", "Type"), needed=True),
        ColumnWords("direction", ("Richtung", "Direction")),
        ColumnWords("channel", ("Kanal", "Weg", "Channel")),
        ColumnWords(
            "who", ("Gesprächspartner", "Gesprächspartnerin", "Ansprechpartner", "Who", "Other side")
        ),
        ColumnWords("by", ("Von uns", "Für uns", "By", "Our side")),
        ColumnWords("said", ("Inhalt", "Gesagt", "Said", "Content"), needed=True),
        ColumnWords("until", ("Frist", "Bis", "Until", "Deadline")),
        ColumnWords("amount", ("Betrag", "Summe", "Amount")),
    ),
)
# Who speaks follows from what some contacts are; for the others it must be said.
OURS = frozenset({ContactKind.FAULT_REPORT, ContactKind.DAMAGE_WARNING})
THEIRS = frozenset({ContactKind.PROMISE, ContactKind.ONLINE_CLAIM, ContactKind.INVITATION})
TIME_COUNTS = frozenset({ContactKind.FAULT_REPORT, ContactKind.ONLINE_CLAIM})


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One contact per row; day, kind and direction must be certain, the rest may be empty."""
    return headings.gather(blob, LAYOUT, lambda row: _contact(row, zone))


def _contact(row: Row, zone: ZoneInfo) -> Contact:
    kind = _kind(row)
    return Contact(
        at=_at(row, kind, zone),
        kind=kind,
        channel=row["channel"],
        who=row["who"],
        said=row["said"],
        incoming=_incoming(row, kind),
        by=row["by"],
        until=_until(row),
        amount=_amount(row),
        source=row.at("said"),
    )


def _kind(row: Row) -> ContactKind:
    word = row.need("kind")
    if kind := contact_kind(word):
        return kind
    row.doubt(
        "contact.unknown_kind",
        text(
            "Row {row}: no kind of contact is called '{word}'; it is kept as a contact that starts no period.",
            row=row.number,
            word=word[:60],
        ),
        did_you_mean(word, contact.WORDS),
    )
    return ContactKind.CONTACT


def _at(row: Row, kind: ContactKind, zone: ZoneInfo) -> datetime:
    """The instant; where the row has a day only, noon stands for the day, and that is said."""
    if row["time"] or numbers.day(row["date"][:LONGEST]) is None:
        return row.moment("date", "time", zone)
    row.doubt(
        "contact.no_time",
        text("Row {row}: no time of day is given; noon stands for the day.", row=row.number),
        text(
            "If anybody knows the time, note it with a name and today's day; the list itself stays as it is."
        ),
        Weight.WARNING if kind in TIME_COUNTS else Weight.NOTE,
    )
    return row.noon("date", zone)


def _incoming(row: Row, kind: ContactKind) -> bool:
    """Whether the other side spoke; where it is not said, what the contact is says it."""
    said = direction(row["direction"])
    natural = False if kind in OURS else True if kind in THEIRS else None
    if said is None and row["direction"]:
        raise row.unreadable("direction", text("Expected is 'ein' if the other side spoke, 'aus' if we did."))
    if said is None and natural is None:
        raise row.reject(
            "contact.no_direction",
            text("Row {row} was not read: it does not say who spoke.", row=row.number),
            text("Expected is 'ein' if the other side spoke, 'aus' if we did."),
            "said",
        )
    if said is not None and natural is not None and said != natural:
        row.doubt(
            "contact.odd_direction",
            text("Row {row}: a contact of this kind usually goes the other way.", row=row.number),
            text("Check its kind and its direction."),
        )
    return bool(natural if said is None else said)


def _until(row: Row) -> date | None:
    """The date that was set; what cannot be understood is left out, and that is said."""
    if not row["until"]:
        return None
    found = numbers.day(row["until"][:LONGEST])
    if found is None:
        row.doubt(
            "contact.until",
            text(
                "Row {row}: the date '{raw}' cannot be understood and was left out.",
                row=row.number,
                raw=row["until"][:60],
            ),
            text("A day is expected as 04.02.2015: periods depend on it."),
        )
    return found


def _amount(row: Row) -> Money | None:
    """The amount that was named, in euro; what cannot be understood is left out, and that is said."""
    if not row["amount"]:
        return None
    found = numbers.amount(row["amount"][:LONGEST])
    if found is not None and found.currency == "EUR" and not row.torn("amount"):
        return found
    row.doubt(
        "contact.amount",
        text(
            "Row {row}: the amount '{raw}' cannot be understood and was left out.",
            row=row.number,
            raw=row["amount"][:60],
        ),
        text("An amount in euro is expected, as 3000,00."),
    )
    return None
