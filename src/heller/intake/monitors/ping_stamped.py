"""The output of ping behind stamps that another program put there (`ping ... | ts`): the same lines as `ping -D` would
have stamped them, so that one reader reads both. The stamps are of whole seconds and of printing.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.written import clock_doubts, log_years, wall_clock, wall_time
from heller.intake.written.log_lines import lines
from heller.intake.written.log_years import WrittenTime, month
from heller.model.finding import Finding, Locator
from heller.model.record import Blob

PING = r"(?:\d+ (?:bytes from|Bytes von)|no answer yet|noch keine|From |Von |PING )"
STAMPED = re.compile(
    r"(?:(?P<month>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d)(?:\.\d+)?"
    r"|(?P<iso>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)|(?P<epoch>\d{9,10}\.\d+))"
    rf"[:,]? +(?P<said>{PING}.*|---.*|\d+ packets.*|rtt .*|)$"
)
RESOLUTION = 1.0  # seconds


class Stamped(NamedTuple):
    """The lines with their stamps in seconds since 1970, and what is uncertain about those."""

    blob: Blob
    findings: tuple[Finding, ...]


def with_epochs(blob: Blob, zone: ZoneInfo) -> Stamped | None:
    """The log as `ping -D` writes it; None where its lines have no such stamps."""
    rows = lines(blob)
    hits = [STAMPED.match(raw) for raw in rows]
    if not any(hit and re.match(PING, hit["said"]) for hit in hits):
        return None
    named = [n for n, hit in enumerate(hits) if hit and hit["month"]]
    years = log_years.years_of([_time_in(hits[n]) for n in named], blob)
    at: dict[int, datetime] = {n: time for n, time in zip(named, years.times, strict=True) if time}
    instants: dict[int, float] = {}
    for n, hit in enumerate(hits):
        if hit and hit["epoch"]:
            instants[n] = float(hit["epoch"])
        elif hit and hit["iso"] and (moment := wall_time.stamp(hit["iso"], zone)):
            if moment.wall is None:
                instants[n] = moment.at.timestamp()
            else:
                at[n] = moment.wall
    places = sorted(at)
    clock = wall_clock.place([at[n] for n in places], zone)
    instants |= {n: told[0].timestamp() for n, told in zip(places, clock.moments, strict=True) if told}
    source = Locator(blob.digest, "row 1")
    findings = [*clock_doubts.doubts(clock, zone, source)]
    if named:
        findings += log_years.doubts(blob, years, named[0] + 1, rows[named[0]])
    whole = (_line(n, raw, hits[n], instants) for n, raw in enumerate(rows))
    return Stamped(replace(blob, data="\n".join(whole).encode()), tuple(findings))


def _time_in(hit: re.Match[str] | None) -> WrittenTime:
    assert hit is not None
    hour, minute, second = (int(part) for part in hit["clock"].split(":"))
    return WrittenTime(0, month(hit["month"]) or 1, int(hit["day"]), hour, minute, second)


def _line(n: int, raw: str, hit: re.Match[str] | None, instants: dict[int, float]) -> str:
    if hit is None:
        return raw
    return (
        f"[{instants[n]:.6f}] {hit['said']}"
        if n in instants and not hit["said"].startswith("PING ")
        else hit["said"]
    )
