"""Working days, default and limitation in Austria. Talks stop nothing by the text of the statute."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from heller.law.at.rules import book, norm
from heller.law.book.calendar import SATURDAY, Calendar, plus_months
from heller.law.book.refusals import BeyondTheData
from heller.law.chain.limitation import LimitationLaw, TimeBar
from heller.law.facts_of_case import Dealings
from heller.model.text import Text, text

LAENDER = {
    "burgenland": "1",
    "kärnten": "2",
    "niederösterreich": "3",
    "oberösterreich": "4",
    "salzburg": "5",
    "steiermark": "6",
    "tirol": "7",
    "vorarlberg": "8",
    "wien": "9",
}


def land(said: str | None) -> str:
    """The ISO number of a Land by its name or 'AT-9'; '' where it is none. No Land has public holidays of its own."""
    name = (said or "").strip().lower()
    return LAENDER.get(name, name.removeprefix("at-") if name.startswith("at-") else "")


@cache
def _table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(
        (resources.files("heller.law.at") / "feiertage.json").read_text("utf-8")
    )
    return found


def public_holidays(region: str, year: int) -> frozenset[date]:
    """Those of all Austria. Raises BeyondTheData outside 1991 to 2100."""
    days, key = _table()["everywhere"], str(year)
    if key not in days:
        known = [int(one) for one in days]
        raise BeyondTheData("AT-902-903", date(year, 1, 1), date(min(known), 1, 1), date(max(known), 12, 31))
    return frozenset(date.fromisoformat(f"{key}-{day}") for day in days[key])


def works(day: date, region: str) -> bool:
    """Monday to Friday and no public holiday: § 903 ABGB doesn't name Saturday; without it one is on the safe side."""
    return day.weekday() < SATURDAY and day not in public_holidays(region, day.year)


CALENDAR = Calendar(land, works, public_holidays)


def default_begins(until: date, region: str) -> date:
    """The day after the last one on which paying is in time."""
    return CALENDAR.next_working_day(until, region) + timedelta(1)


def limitation(knew: date, acknowledged: tuple[date, ...] = ()) -> tuple[date, date | None]:
    """The last day to sue: three years to the day after damage and debtor were known, anew from each acknowledgement
    while it runs; and the acknowledgement that counts. Raises BeyondTheData."""
    months = 12 * int(book().for_sum("AT-1489", knew).number("years"))
    end, anew = plus_months(knew, months), None
    for day in sorted(acknowledged):
        if knew < day <= end:
            end, anew = plus_months(day, months), day
    return end, anew


def bar(began: date, dealings: Dealings) -> TimeBar:
    """By the first day of the outage, the earliest on which the damage was known."""
    end, anew = limitation(began, dealings.acknowledged)
    return TimeBar(end, _computation(began, anew, bool(dealings.talks)))


def _computation(began: date, anew: date | None, talked: bool) -> Text:
    said = (
        text("Three years to the day from {day}, the first of the outage.", day=began)
        if anew is None
        else text("Three years to the day, begun anew by the acknowledgement of {day}.", day=anew)
    )
    if not talked:
        return said
    return text("{said} Talks do not stop it by the text of the statute.", said=said)


LIMITATION = LimitationLaw(
    norm("AT-1489"),
    bar,
    check=text(
        "Have a lawyer check at once whether an acknowledgement or an action interrupted limitation (§ 1497 ABGB)."
    ),
    stops=text(
        "Only an acknowledgement or an action that is properly continued interrupts limitation (§ 1497 ABGB)."
    ),
    plea=norm("AT-1489"),
)
