"""Reads what an hour of each person costs (loehne.csv).

The cost is gross pay with the employer's share per hour paid: the firm states it with its proof, it is
never derived from transfers.
"""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import Row
from heller.intake.written.canonical import fold, share
from heller.model.finding import Weight
from heller.model.kinds.wage import Wage
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "wages"
TOP_SURCHARGE = Decimal(2)  # 200 %: beyond it a comma is missing
WRITE_SURCHARGE = text("A surcharge is expected as 25 %.")

LAYOUT = Layout(
    NAME,
    text("Wages"),
    ("loehne", "lohn", "wages"),
    (
        ColumnWords("person", ("Mitarbeiter", "Mitarbeiterin", "Person", "Name", "Employee"), needed=True),
        ColumnWords(
            "per_hour",
            ("Kosten je Stunde", "Kosten pro Stunde", "Stundensatz", "Stundenkosten", "Cost per hour"),
            needed=True,
        ),
        ColumnWords("surcharge", ("Überstundenzuschlag", "Zuschlag", "Overtime surcharge", "Surcharge")),
    ),
)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One wage per row; a person named twice is rejected the second time."""
    seen: dict[str, int] = {}
    return headings.gather(blob, LAYOUT, lambda row: _wage(row, seen))


def _wage(row: Row, seen: dict[str, int]) -> Wage:
    person = row.need("person")
    per_hour = row.money("per_hour")
    if per_hour.cents <= 0:
        raise row.unreadable(
            "per_hour", text("Enter what an hour costs: gross pay with the employer's share.")
        )
    surcharge = _surcharge(row)
    first = seen.setdefault(fold(person), row.number)
    if first != row.number:
        raise row.reject(
            "wage.twice",
            text(
                "Row {row} was not read: {person} is in row {first} already.",
                row=row.number,
                person=person,
                first=first,
            ),
            text("One row is expected for each person."),
            "person",
            "per_hour",
        )
    return Wage(person, per_hour, surcharge, row.at("per_hour", "surcharge"))


def _surcharge(row: Row) -> Decimal:
    """The surcharge as a share; an empty cell counts as none, and that is said."""
    if not row["surcharge"]:
        row.doubt(
            "wage.no_surcharge",
            text("Row {row}: no surcharge for overtime is given; none is counted.", row=row.number),
            text("Enter it as 25 %, and add the contract that grants it."),
            Weight.NOTE,
        )
        return Decimal(0)
    found = share(
        row.short("surcharge", WRITE_SURCHARGE), TOP_SURCHARGE, percent="%" in row.heading("surcharge")
    )
    if found is None or row.torn("surcharge"):
        raise row.unreadable("surcharge", WRITE_SURCHARGE)
    return found
