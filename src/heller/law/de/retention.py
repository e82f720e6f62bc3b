"""How long papers must be kept (RET-01 to RET-03): what stands against erasing them before."""

from __future__ import annotations

from datetime import date

from heller.law.book.papers import Retention
from heller.law.de.rules import in_force, norm
from heller.model.text import text


def receipt(dated: date, today: date) -> Retention:
    """A receipt of the books of that day, by the law of today."""
    years = int(in_force("RET-01", today).number("years"))
    until = date(dated.year + years, 12, 31)
    said = text(
        "Receipts of the books are kept for {years} years from the end of their calendar year: until {until}, "
        "and longer while the tax assessment is open.",
        years=years,
        until=until,
    )
    return Retention(until, said, (norm("RET-01"), norm("RET-03"), norm("RET-04")))


def letter(dated: date, today: date) -> Retention:
    """A business letter, the letters of a claim among them."""
    years = int(in_force("RET-02", today).number("letters_years"))
    until = date(dated.year + years, 12, 31)
    said = text(
        "Business letters, the letters of a claim among them, are kept for {years} years from the end of "
        "their calendar year: until {until}.",
        years=years,
        until=until,
    )
    return Retention(until, said, (norm("RET-02"), norm("RET-03")))
