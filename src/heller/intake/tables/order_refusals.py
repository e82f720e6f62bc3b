"""Why a row of a list is no order of its own."""

from __future__ import annotations

from heller.intake.tables.row import Rejected, Row
from heller.model.finding import Finding
from heller.model.text import text


def foreign(row: Row, currency: str) -> Rejected:
    """The exception for an order that is not in euro."""
    return row.reject(
        "row.currency",
        text(
            "Row {row} was not read: it is in {currency}, and a claim is worked out in euro.",
            row=row.number,
            currency=currency,
        ),
        text("Enter the amount in euro with the rate of the day and its source."),
        "number",
        "net" if "net" in row.head.places else "gross",
    )


def twice(row: Row, number: str, first: int) -> Finding:
    """An order number that is there already, with the same values."""
    said = text(
        "Row {row} was not read: {number} is in row {first} already.",
        row=row.number,
        number=number,
        first=first,
    )
    return row.reject(
        "order.twice", said, text("Export one row for each of the {units}, without overlap."), "number"
    ).finding


def contradicts(row: Row, number: str) -> Finding:
    """An order number that is there with other values: neither counts."""
    said = text(
        "Row {row} was not read: the list has {number} with other values as well.",
        row=row.number,
        number=number,
    )
    return row.reject(
        "order.twice", said, text("Export one row for each of the {units}, without overlap."), "number"
    ).finding


def with_its_order(row: Row, number: str) -> Finding:
    """A further row of an order that was not read."""
    said = text("Row {row} was not read, as {number} was not.", row=row.number, number=number)
    return row.reject("order.item", said, None, "number").finding
