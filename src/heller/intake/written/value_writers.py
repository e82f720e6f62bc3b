"""How single values are written in their one form."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.written import numbers
from heller.model.money import Money


def lines_of(written: str) -> str | None:
    r"""Text with line breaks as '\n', whether they were typed as a break or as backslash and n."""
    parts = (part.strip() for part in written.replace("\\n", "\n").splitlines())
    return "\n".join(part for part in parts if part) or None


def moment_of(written: str, zone: ZoneInfo) -> str | None:
    """A moment with its offset; None for what is none."""
    try:
        at = numbers.moment(written, "", zone)
        return at.astimezone(zone).isoformat() if at else None
    except OverflowError:  # the year 1 or 9999
        return None


def euro_of(found: Money | None) -> str | None:
    """Euros that are not below zero."""
    if found is None or found.currency != "EUR" or found.cents < 0:
        return None
    return str(found.decimal)


def number_of(found: Decimal | None) -> str | None:
    """A decimal without exponent and without zeros at the end."""
    if found is None:
        return None
    plain = f"{found:f}"
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain
