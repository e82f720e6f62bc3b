"""What is given on the command line of `heller law`, read or refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from heller.cli.screen import as_day
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import text


def amount(raw: str) -> Money:
    """An amount of euros, German or English. Raises InputRefused."""
    from heller.intake.written import numbers

    found = numbers.amount(raw)
    if found is None:
        raise InputRefused(
            what=text("{raw} is no amount.", raw=raw or "''"),
            why=text("An amount that has parts of a cent or can be read in two ways would answer wrongly."),
            do=text("Write it as 12500.00 or 12.500,00."),
        )
    if found.currency != "EUR":
        raise InputRefused(
            what=text("{raw} is not in euros.", raw=raw),
            why=text("The law counts in euros, and Heller converts nothing."),
            do=text("Give the amount in euros."),
        )
    return found


def share(raw: str) -> Decimal:
    """A share of 0 to 1, written as 0.4 or as 40 %. Raises InputRefused."""
    said = raw.strip()
    found = number(said.removesuffix("%")) / (100 if said.endswith("%") else 1)
    if 0 <= found <= 1:
        return found
    raise InputRefused(
        what=text("{raw} is no share.", raw=raw),
        why=text("A share lies between nothing and the whole."),
        do=text("Write it as 0.4 or as 40%."),
    )


def number(raw: str) -> Decimal:
    """A plain number. Raises InputRefused."""
    from heller.intake.written import numbers

    found = numbers.decimal(raw)
    if found is None:
        raise InputRefused(
            what=text("{raw} is no number.", raw=raw or "''"),
            why=text("Without it nothing can be worked out."),
            do=text("Write it in digits, such as 5 or 8.5."),
        )
    return found


def whole(raw: str) -> int:
    """A whole number. Raises InputRefused."""
    found = number(raw)
    if found != int(found):
        raise InputRefused(
            what=text("{raw} is no whole number.", raw=raw),
            why=text("Without it nothing can be worked out."),
            do=text("Write it in digits, such as 1 or 2."),
        )
    return int(found)


def day(raw: str | None) -> date | None:
    """A day, or none where none was given. Raises InputRefused."""
    return None if raw is None else as_day(raw)


def span(raw: str) -> tuple[date, date]:
    """Two days with a slash between them. Raises InputRefused."""
    parts = raw.split("/")
    if len(parts) != 2:
        raise InputRefused(
            what=text("{raw} is no span of days.", raw=raw or "''"),
            why=text("Talks count from their first to their last day."),
            do=text("Write it as 2015-03-18/2015-06-17."),
        )
    return as_day(parts[0]), as_day(parts[1])
