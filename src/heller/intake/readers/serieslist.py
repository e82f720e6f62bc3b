"""Reads measurements one after the other in the forms of `heller.intake.monitors.series`: columns of round trips as
PingPlotter, netdata and Grafana export them, vmPing's lines, Windows' ping behind stamps, Zabbix's plain history,
InfluxDB's annotated CSV, Starlink's drop rates.

A cell without a value counts as a loss, and that is said: a monitor that stood still writes the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from heller.intake.monitors import probe_columns, probes, series, series_table
from heller.intake.monitors.measurements import Measured
from heller.intake.monitors.series_table import BulkSeries
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.written import log_years, numbers, wall_time
from heller.intake.written.log_lines import unread
from heller.intake.written.wall_clock import is_newest_first
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "series-list"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)$")
_HALF = re.compile(r"\d [AP]M\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d:\d\d.*")


def identify(head: bytes, name: str) -> Confidence:
    """50 for lines or a table of a known form: every reader that knows its headings knows it better."""
    form = series.form_of(_whole_lines(numbers.head_text(head)))
    if form is None:
        return NOT_MINE
    return Confidence(96 if form.name else 50, text("Each of its rows is a time and what was measured then."))


def _whole_lines(content: str) -> str:
    """Without a last line that may be cut off."""
    return content[:32768].rpartition("\n")[0] or content


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log for each target; times without an offset are taken in `zone`."""
    probes.refuse_too_long(blob)
    content = numbers.decode(blob.data)
    form = series.form_of(content)
    if form is None:
        return nothing(blob, _none(blob), NAME)
    if not form.name and (bulk := series_table.in_bulk(content, zone)):
        return _in_bulk(blob, bulk, zone)
    found = form.read(content)
    source = Locator(blob.digest, f"row {found.values[0].row if found.values else 1}")
    dated, said = _dated(found.values, blob)
    stamps = [wall_time.stamp(value.stamp, zone) for value in dated]
    if dated and not any(stamps):
        why = said or [_no_day(dated, source)]
        return Reading(NAME, blob.name, (), tuple(why), len(dated), len(dated))
    known = [(value, at) for value, at in zip(dated, stamps, strict=True) if at]
    bad = [*found.bad, *((v.row, v.whole) for v, at in zip(dated, stamps, strict=True) if at is None)]
    moments = wall_time.in_order([at for _, at in known], zone)
    placed = [(value, at) for (value, _), at in zip(known, moments, strict=True) if at]
    logs, more = _logs(blob, placed, source)
    findings = [*said, *wall_time.doubts([at for _, at in placed], zone, source), *more, *unread(blob, bad)]
    if found.blank and logs:
        findings.append(_blank(source))
    if not logs:
        findings.append(_none(blob))
    title = f"{form.name}: {blob.name}" if form.name else blob.name
    return Reading(NAME, title, tuple(logs), tuple(findings), len(found.values) + len(found.bad), len(bad))


def _in_bulk(blob: Blob, bulk: BulkSeries, zone: ZoneInfo) -> Reading:
    """The same of a long table in which each row can be told by itself."""
    source = Locator(blob.digest, f"row {bulk.first}")
    logs, findings = [], list(wall_time.doubts([bulk.one], zone, source))
    for target, own in bulk.by_target.items():
        if probe_columns.is_stuck(own):
            findings.append(wall_time.clock_stands(source))
        else:
            logs.append(probe_columns.log(_host(target, blob.name), own, blob.digest, uncertainty=1.0))
    if bulk.blank and logs:
        findings.append(_blank(source))
    if not logs:
        findings.append(_none(blob))
    return Reading(NAME, blob.name, tuple(logs), tuple(findings), bulk.n)


def _dated(values: Sequence[Measured], blob: Blob) -> tuple[list[Measured], list[Finding]]:
    """The values with stamps that can be read: a day from the file's name where none stands there, and days with
    slashes in the order that one of them, or a clock of twelve hours, tells."""
    if values and all(_CLOCK.fullmatch(value.stamp.strip()) for value in values):
        return _with_day(values, blob)
    hits = [_SLASHED.match(value.stamp) for value in values]
    if not any(hits):
        return list(values), []
    parts = [(int(hit[1]), int(hit[2])) for hit in hits if hit]
    if any(first > 12 for first, _ in parts):
        month, day = 1, 0
    elif any(second > 12 for _, second in parts) or all(_HALF.search(hit[0]) for hit in hits if hit):
        month, day = 0, 1
    else:
        return list(values), list(
            wall_time.two_days([values[0].stamp], Locator(blob.digest, f"row {values[0].row}"))
        )
    turned = [
        value._replace(stamp=f"{hit[3]}-{int(hit[1 + month]):02}-{int(hit[1 + day]):02}{hit[4]}")
        if hit
        else value
        for value, hit in zip(values, hits, strict=True)
    ]
    if month == 0 and not any(second > 12 for _, second in parts):
        told = text(
            "Its days are read with the month first, as clocks of twelve hours have them: {day}.",
            day=values[0].stamp,
        )
        do = text("If they are not, export the times as 2026-01-31 09:30:00.")
        return turned, [Finding("time.month_first", told, do, Weight.NOTE, _place(blob, values))]
    return turned, []


def _with_day(values: Sequence[Measured], blob: Blob) -> tuple[list[Measured], list[Finding]]:
    """The day of the last line is that in the file's name; where the clock goes back, a day is over."""
    last = log_years.day_in(blob.name)
    if last is None:
        return list(values), []
    clocks = [_seconds(value.stamp) for value in values]
    turns = [n for n in range(1, len(clocks)) if clocks[n] < clocks[n - 1]]
    if len(turns) > len(values) // 2:  # the newest stands first
        found, said = _with_day(values[::-1], blob)
        return found[::-1], said
    dated = []
    for n, value in enumerate(values):
        day = last - timedelta(days=len(turns) - bisect_right(turns, n))
        dated.append(value._replace(stamp=f"{day:%Y-%m-%d} {value.stamp.strip()}"))
    told = text("Its times have no day; its file name says {day}.", day=last.isoformat())
    return dated, [Finding("log.year_stated", told, None, Weight.NOTE, _place(blob, values))]


def _place(blob: Blob, values: Sequence[Measured]) -> Locator:
    return Locator(blob.digest, f"row {values[0].row}")


def _seconds(stamp: str) -> int:
    hours, minutes, seconds = (int(part) for part in re.findall(r"\d+", stamp)[:3])
    return (hours * 60 + minutes) * 60 + seconds


def _logs(
    blob: Blob, placed: Sequence[tuple[Measured, Moment]], source: Locator
) -> tuple[list[ProbeLog], list[Finding]]:
    """A log for each target."""
    by_target: dict[str, list[Observation]] = {}
    for value, at in placed:
        failure = Failure.LOCAL if value.local else Failure.TIMEOUT if value.lost else None
        seen = Observation(at.at, value.row, failure, value.rtt if failure is None else 0.0, at.width)
        by_target.setdefault(value.target, []).append(seen)
    logs, findings = [], []
    for target, own in by_target.items():
        turned = is_newest_first(one.at for one in own)
        own.sort(key=lambda one: (one.at, -one.row if turned else one.row))
        if wall_time.is_stuck(own):
            findings.append(wall_time.clock_stands(source))
            continue
        named = _host(target, blob.name)
        logs.append(probes.log(named, probes.in_turn(own), blob.digest, uncertainty=1.0))
    return logs, findings


def _host(target: str, name: str) -> str:
    """The host; a name that is none, or the file's, stands for something outside."""
    host = probes.host_of(target) if target else probes.host_of(name)
    return host if target and ("." in host or ":" in host) else f"{host} (no. 1)"


def _blank(source: Locator) -> Finding:
    said = text(
        "Where the table has no value, the probe is taken as lost; a monitor that stood still writes the same."
    )
    do = text("Check that the monitor ran then, and add another log of that time.")
    return Finding("series.blank", said, do, Weight.WARNING, source)


def _no_day(values: Sequence[Measured], source: Locator) -> Finding:
    return Finding(
        "series.no_day",
        text(
            "The times have no day that can be told, as in {raw}; nothing is taken from them.",
            raw=values[0].stamp,
        ),
        text(
            "Add a copy that is named after the day of its last line, as ping-2026-01-31.txt; the original keeps "
            "its name."
        ),
        Weight.REFUSED,
        source,
    )


def _none(blob: Blob) -> Finding:
    said = text("The table holds no probe that can be read.")
    do = text("It needs a time with its day, and whether the probe was answered or how long that took.")
    return Finding("probes.nothing", said, do, Weight.REFUSED, Locator(blob.digest))
