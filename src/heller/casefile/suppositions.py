"""What somebody supposes instead, as it was typed: facts in canonical form, bounds as instants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from heller.intake.written import numbers
from heller.intake.written.canonical import canonical, did_you_mean, fact_of
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import text


def facts(said: Iterable[str], zone: ZoneInfo) -> dict[str, str]:
    """Facts as they were typed, in canonical form; raises InputRefused."""
    found = {}
    for one in said:
        word, _, raw = one.partition("=")
        spec = fact_of(word.strip())
        value = canonical(spec, raw.strip(), zone) if spec is not None else None
        if spec is None or value is None:
            raise InputRefused(
                text("'{said}' states no fact that is known.", said=one),
                text("Nothing was tried."),
                did_you_mean(word) if spec is None else spec.how,
            )
        found[spec.key] = value
    return found


def amount(said: str) -> Money:
    """An amount in euro as it was typed; raises InputRefused."""
    found = numbers.amount(said)
    if found is None:
        raise InputRefused(
            text("{raw} is no amount.", raw=said),
            text("An item is cut to an amount."),
            text("Write the amount in euro, as 500,00 or 12500,00."),
        )
    return found


def moment(said: str | None, zone: ZoneInfo) -> datetime | None:
    """A day and a time of day as they were typed; midnight where there is none. Raises InputRefused."""
    if said is None:
        return None
    day, _, clock = said.strip().replace("T", " ").partition(" ")
    found = numbers.moment(day, clock.strip() or "00:00", zone)
    if found is None:
        raise InputRefused(
            text("{raw} is no day and time.", raw=said),
            text("Nothing was tried."),
            text("Write day and time as 04.02.2015 09:30."),
        )
    return found
