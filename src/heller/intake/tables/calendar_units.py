"""Appointments and stays from the events of a calendar (iCalendar, RFC 5545): their STATUS says what became of them, or
the words in which an office marks it ('Abgesagt: …', 'ausgefallen', 'nachgeholt am 12.03.').

An event of whole days is a stay where its words say so, and no unit of business otherwise: leave and holidays are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.tables.unit_words import fate, moved_to
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Locator
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import Money

STAY = ("reserv", "buchung", "booking", "booked", "gast", "guest", "zimmer", "room", "belegt", "anreise", "stay",
        "aufenthalt", "ferienwohnung", "apartment")  # fmt: skip
AWAY = ("urlaub", "feiertag", "geschlossen", "closed", "holiday", "vacation", "blocked", "not available", "fortbildung",
        "mittagspause", "pause", "teamsitzung", "teammeeting", "privat", "private")  # fmt: skip
MOST = 2000  # repetitions of one event
YEARS = timedelta(days=3 * 366)
_SUM = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*(?:,\d{2})?|\d+(?:[.,]\d{2})?)\s*(?:€|EUR\b|Euro\b)", re.IGNORECASE
)
_BEFORE = re.compile(r"(?:€|\bEUR)\s*(\d+(?:[.,]\d{2})?)(?!\d)", re.IGNORECASE)
_NET = re.compile(r"\bnetto\b|\bnet\b", re.IGNORECASE)
_MARKED = re.compile(r"^[\s\[(]*+([\w -]{3,30}?)[\])]*\s*[:–-]\s")


def units_of(events: Sequence[Any], called_off: bool, zone: ZoneInfo, digest: str) -> Iterator[Unit]:
    """The units of a calendar's events, repetitions one by one; all called off where the message is a cancellation."""
    moved = {(_uid(e), str(_start(e.get("recurrence-id")))) for e in events if e.get("recurrence-id")}
    for n, event in enumerate(events, 1):
        start = _start(event.get("dtstart"))
        if start is None:
            continue
        for at in _repetitions(event, start):
            if event.get("recurrence-id") or (_uid(event), str(at)) not in moved:
                yield from _unit(event, at, called_off, zone, Locator(digest, f"event {n}"))


def _unit(event: Any, at: date, called_off: bool, zone: ZoneInfo, source: Locator) -> Iterator[Unit]:
    said = " ".join(str(event.get(key) or "") for key in ("summary", "description"))
    timed = isinstance(at, datetime)
    ends = _end(event, at)
    words = fold(said[:100])
    if words.startswith(AWAY) or (not timed and not any(word in words for word in STAY)):
        return
    later = moved_to(said)
    amount, gross = _amount(said)
    yield Unit(
        UnitKind.APPOINTMENT if timed else UnitKind.NIGHT,
        _instant(at, zone),
        amount,
        gross,
        channel=_category(event),
        fate=Fate.CAUGHT_UP if later else _fate(event, called_off),
        number=f"{sha256(_uid(event).encode()).hexdigest()[:10]}"
        + (f"@{at:%Y%m%d}" if event.get("rrule") else ""),
        until=_instant(ends, zone) if ends is not None else None,
        later=later,
        timed=timed,
        source=source,
    )


def _fate(event: Any, called_off: bool) -> Fate:
    status = str(event.get("status") or "").upper()
    if status == "CANCELLED" or called_off:
        return Fate.CANCELLED
    summary, remark = str(event.get("summary") or ""), str(event.get("description") or "")
    marked = _MARKED.match(summary)
    for word in (
        marked[1] if marked else "",
        *remark.splitlines()[:5],
        *re.findall(r"[(\[]([^)\]]{3,40})[)\]]", summary),
    ):
        found = fate(word) if word else None
        if found not in (None, Fate.HELD, Fate.OPEN):
            return found
    return Fate.OPEN if status == "TENTATIVE" else Fate.HELD


def _amount(said: str) -> tuple[Money | None, bool]:
    """The one amount that an event names; None where it names none or several."""
    found = {*_SUM.findall(said[:2000]), *_BEFORE.findall(said[:2000])}
    value = numbers.amount(found.pop(), "EUR") if len(found) == 1 else None
    return value, not _NET.search(said[:2000])


def _category(event: Any) -> str:
    found = event.get("categories")
    cats = getattr(found, "cats", None)
    return str(cats[0]) if cats else ""


def _uid(event: Any) -> str:
    return str(event.get("uid") or event.get("summary") or "")


def _start(found: Any) -> date | None:
    """The day or the moment of a property; None where it is broken."""
    try:
        at = getattr(found, "dt", None)
    except Exception:  # the library keeps a broken property and raises when it is looked at
        return None
    return at if isinstance(at, date) else None


def _end(event: Any, at: date) -> date | None:
    start, end = _start(event.get("dtstart")), _start(event.get("dtend"))
    if start is None or end is None or isinstance(start, datetime) != isinstance(end, datetime):
        return None
    try:
        return at + (end - start)
    except (TypeError, OverflowError):  # one has a zone and the other has none
        return None


def _instant(at: date, zone: ZoneInfo) -> datetime:
    """The moment of an event; noon of a day at the site, a time without a zone as the site's."""
    if not isinstance(at, datetime):
        at = datetime.combine(at, time(12))
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _repetitions(event: Any, start: date) -> Iterator[date]:
    """The times at which an event takes place; those that its EXDATE takes out are none (RFC 5545, 3.8.5)."""
    rule = event.get("rrule")
    if rule is None:
        yield start
        return
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    wall = start if isinstance(start, datetime) else datetime.combine(start, time())
    naive = wall.replace(tzinfo=None)
    written = re.sub(r";?UNTIL=(\d{8})(?:T\d{6}Z?)?", r";UNTIL=\1T235959", rule.to_ical().decode()).strip(";")
    out = event.get("exdate") or []
    gone = {
        str(one.dt.replace(tzinfo=None) if isinstance(one.dt, datetime) else datetime.combine(one.dt, time()))
        for dates in (out if isinstance(out, list) else [out])
        for one in getattr(dates, "dts", ())
    }
    for n, at in enumerate(rrulestr(written, dtstart=naive)):
        if n >= MOST or at - naive > YEARS:
            return
        if str(at) not in gone:
            yield at.replace(tzinfo=wall.tzinfo) if isinstance(start, datetime) else at.date()
