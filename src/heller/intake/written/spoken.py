"""What a person may mean by what was typed into a form, in canonical form (see `ValueKind`), the likeliest first.

One reading is taken and shown, of several one is chosen; a field of free text has no readings.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.written import canonical, spoken_numbers, spoken_times
from heller.intake.written.value_writers import number_of
from heller.model.value_form import ValueForm, ValueKind


def readings(
    form: ValueForm[Any], raw: str, now: datetime, *, begin: bool = False, ahead: bool = False
) -> tuple[str, ...]:
    """The values that may be meant; `now` carries the zone, a day alone is a moment where its `begin` will do, and a
    day without a year may lie `ahead`."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    match form.kind:
        case ValueKind.MONEY:
            found = [str(one.decimal) for one in spoken_numbers.sums(raw)]
        case ValueKind.SHARE:
            found = [number_of(one) or "" for one in spoken_numbers.shares(raw)]
        case ValueKind.NUMBER:
            whole = form.whole
            found = [number_of(one) or "" for one in spoken_numbers.figures(raw, whole=whole)]
        case ValueKind.DATE:
            found = [one.isoformat() for one in _days(raw, now, ahead=ahead)]
        case ValueKind.MOMENT:
            found = [at.astimezone(zone).isoformat() for at in spoken_times.moments(raw, now, begin=begin)]
        case _:
            plain = canonical.canonical(form, raw, zone)
            found = [plain] if plain is not None else []
    return tuple(one for one in found if fits(form, one))


def _days(raw: str, now: datetime, *, ahead: bool) -> list[Any]:
    """The days; of a moment its day."""
    today = now.date()
    if found := spoken_times.days(raw, today, ahead=ahead):
        return list(found)
    moments = spoken_times.moments(raw, now)
    return list(dict.fromkeys(at.astimezone(now.tzinfo).date() for at in moments))


def fits(form: ValueForm[Any], value: str) -> bool:
    """Whether a value in canonical form lies in the range of its form."""
    try:
        form.parse(value)
    except ValueError:
        return False
    return True


def is_future(form: ValueForm[Any], value: str, now: datetime) -> bool:
    """Whether a day or a moment in canonical form lies in the future."""
    match form.kind:
        case ValueKind.DATE:
            return datetime.fromisoformat(value).date() > now.date()
        case ValueKind.MOMENT:
            return datetime.fromisoformat(value) > now
    return False


def noon(day: str, zone: ZoneInfo) -> str:
    """The middle of a day, where a moment is asked for and its time is not."""
    on = datetime.fromisoformat(day).date()
    return datetime.combine(on, time(12), zone).astimezone(UTC).isoformat()
