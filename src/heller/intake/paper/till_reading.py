"""From the closings of a till to its takings by day; what nothing bears out is asked, with what types it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from heller.intake.paper.layout import Sheet
from heller.intake.paper.placing import Pen
from heller.intake.paper.till_report import TillReport, reports
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.unit import Unit, UnitKind
from heller.model.record import Blob, Reading
from heller.model.text import text

NOON = time(12)


def reading(
    found: Sheet,
    blob: Blob,
    reader: str,
    zone: ZoneInfo,
    *,
    seen: bool,
    turned: Mapping[int, int] | None = None,
) -> Reading | None:
    """The takings of each closing on a paper, in the site's zone; None where it is no report of a till."""
    closings = reports(found)
    if not closings:
        return None
    pen = Pen(Locator(blob.digest), seen=seen, turned=turned)
    units, doubts = list[Unit](), list[Finding]()
    for one in closings:
        where = pen.at(one.words[0].words, one.words[0].text)
        unit = _unit(one, where, zone)
        units += [unit] if unit else []
        doubts += _doubts(one, where, counted=unit is not None)
    title = blob.name if seen or len(closings) > 1 else closings[0].words[0].text
    return Reading(reader, title, tuple(units), tuple(doubts), len(closings), len(closings) - len(units))


def _unit(one: TillReport, where: Locator, zone: ZoneInfo) -> Unit | None:
    noon = numbers.local(datetime.combine(one.day, NOON), zone) if one.day else None
    if noon is None or one.gross is None:
        return None
    return Unit(
        UnitKind.TAKINGS, noon, one.gross, rate=one.rate, number=one.number, timed=False, source=where
    )


def _doubts(one: TillReport, where: Locator, *, counted: bool) -> Iterator[Finding]:
    number, day, sum_ = one.number or "–", one.day or "–", one.said or "–"
    if counted and one.late:
        said = text(
            "Report {number} of the till was closed after midnight: its takings count on {day}, the day before.",
            number=number,
            day=day,
        )
        do = text("If they are of the day that is printed, correct the row by an entry of its own.")
        yield Finding("till-report-late", said, do, Weight.NOTE, where)
    if counted:
        return
    said = (
        text(
            "Report {number} of the till names no one day to which {sum} belong: it counts nothing.",
            number=number,
            sum=sum_,
        )
        if one.gross
        else text(
            "Report {number} of the till ({day}): no second figure bears its sum of {sum} out; it counts nothing.",
            number=number,
            day=day,
            sum=sum_,
        )
    )
    do = text("Compare it and type it: heller note CASE takings DAY AMOUNT")
    yield Finding("till-report-open", said, do, Weight.WARNING, where)
