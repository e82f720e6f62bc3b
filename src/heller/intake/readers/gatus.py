"""Reads the SQLite database of Gatus: each endpoint is a log of probes.

A result is stamped when its check ended and says how long it took (Gatus, `EvaluateHealthWithContext`). It
keeps 100 results per endpoint unless told otherwise; of the time before it keeps counts by the hour and
changes of state.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors import probes, sqlite
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Observation
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "gatus"

UNCERTAINTY = 1.0  # seconds
TIMEOUT = 10.0  # seconds after which a check fails unless told otherwise
HOUR = 3600.0
WATCHED = 0.95  # share of an hour's checks that must be there for it to count as watched
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,6})?\d*\s?(Z|[+-]\d\d:?\d\d)?(?: [A-Z]{1,5}| [+-]\d{2,4})?"
    r"(?: m=\S+)?"
)


class _Endpoint(NamedTuple):
    """The results of one endpoint and the hours before them."""

    target: str
    results: list[Observation]
    hours: list[tuple[int, datetime, int, int]]  # row, start, checks, good ones


def identify(head: bytes, name: str) -> Confidence:
    """By the tables that stand in the database's first pages."""
    known = sqlite.is_database(head) and b"endpoint_results" in head
    return Confidence(95, text("It is a database with the tables of Gatus.")) if known else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per endpoint; `zone` is not needed, the times carry their offset or are UTC."""
    if not sqlite.is_database(blob.data):
        said = text("{name} is no SQLite database.", name=blob.name)
        return nothing(blob, Finding("gatus.foreign", said, None, Weight.REFUSED, Locator(blob.digest)), NAME)
    with sqlite.open_database(blob) as found:
        endpoints, rows, rejected = _endpoints(found.ask)
    findings = [*found.findings]
    logs = []
    for endpoint in endpoints.values():
        log, thin = _log(blob, endpoint)
        if log.observations:
            logs.append(log)
            findings += _doubts(log, thin, bool(endpoint.hours) and log.observations[0].width > 0)
    if not logs:
        said = text("The database of Gatus holds no results.")
        do = text("Gatus must keep its results in a file: storage.type sqlite, storage.path.")
        findings.append(Finding("gatus.empty", said, do, Weight.REFUSED, Locator(blob.digest)))
    if rejected:
        told = text("{n} results have no time that can be read; they are left out.", n=rejected)
        findings.append(Finding("gatus.no_time", told, source=Locator(blob.digest)))
    title = "Gatus" + (f": {', '.join(sorted(log.target for log in logs)[:4])}" if logs else "")
    return Reading(NAME, title, tuple(logs), tuple(findings), rows, rejected)


def _endpoints(ask: sqlite3.Connection) -> tuple[dict[int, _Endpoint], int, int]:
    """The endpoints by number, how many results there were, how many without a time."""
    named = sqlite.rows(ask, "endpoints", ("endpoint_id", "endpoint_name", "endpoint_group"), "endpoint_id")
    found = {int(n): _Endpoint(_name(name, group), [], []) for n, name, group in named if isinstance(n, int)}
    rows = rejected = 0
    hosts: dict[int, str] = {}
    before: dict[int, datetime] = {}
    wanted = (
        *("endpoint_result_id", "endpoint_id", "success", "errors", "connected"),
        *("hostname", "ip", "duration", "timestamp"),
    )
    for row, number, success, errors, connected, host, ip, took, stamp in sqlite.rows(
        ask, "endpoint_results", wanted, "timestamp"
    ):
        rows += 1
        at = moment(stamp)
        if at is None or not isinstance(number, int) or not isinstance(row, int):
            rejected += 1
            continue
        own = found.setdefault(number, _Endpoint(f"endpoint no. {number}", [], []))
        good = bool(success) or bool(connected)
        own.results.append(_probe(row, at, good, str(errors or ""), took, before.get(number)))
        before[number] = at
        hosts[number] = str(host or ip or hosts.get(number, ""))
    for row, number, hour, checks, good in sqlite.rows(
        ask,
        "endpoint_uptimes",
        (
            "endpoint_uptime_id",
            "endpoint_id",
            "hour_unix_timestamp",
            "total_executions",
            "successful_executions",
        ),
        "hour_unix_timestamp",
    ):
        start = wall_time.instant(float(hour)) if isinstance(hour, int | float) else None
        if start and number in found and all(isinstance(v, int) for v in (row, checks, good)):
            found[number].hours.append((row, start, checks, good))
    return {n: e._replace(target=hosts.get(n) or e.target) for n, e in found.items()}, rows, rejected


def _name(name: Any, group: Any) -> str:
    return "/".join(str(part) for part in (group, name) if part) or "?"


def _probe(
    row: int, at: datetime, good: bool, errors: str, took: Any, before: datetime | None
) -> Observation:
    """The probe of one result. A check that failed without saying how long it took was sent within the
    usual limit before its stamp, and after the result before it."""
    length = took / 1e9 if isinstance(took, int | float) and 0 < took < 1e12 else 0.0
    sent = at - timedelta(seconds=length)
    if good:
        return Observation(sent, row, None, length)
    failure = probes.failure_of(errors)
    if length or failure is None:
        return Observation(sent, row, failure)
    sent = max(at - timedelta(seconds=TIMEOUT), before or at - timedelta(seconds=TIMEOUT))
    return Observation(sent, row, failure, width=max((at - sent).total_seconds(), 0.0))


def _log(blob: Blob, endpoint: _Endpoint) -> tuple[ProbeLog, int]:
    """The results, and the whole hours before the first of them; how many hours held too few checks."""
    results = probes.in_order(endpoint.results)
    step = probes.step_of([o for o in results if not o.width] if len(results) > 2 else results, 60.0)
    first = results[0].at if results else None
    old: list[Observation] = []
    thin = 0
    usual = max((checks for _, _, checks, _ in endpoint.hours), default=0)
    for row, start, checks, good in endpoint.hours:
        if first is not None and start + timedelta(seconds=HOUR) > first:
            continue
        if checks < WATCHED * usual:
            thin += 1
        elif good in (0, checks):
            end, apart = start + timedelta(seconds=HOUR), 2 * max(step, HOUR / max(usual, 1))
            old += probes.spread(start, end, row, min(apart, 3 * step), up=good > 0)
        else:
            old.append(Observation(start, row, width=HOUR))
    return probes.log(
        endpoint.target, [*old, *results], blob.digest, step=step, uncertainty=UNCERTAINTY
    ), thin


def _doubts(log: ProbeLog, thin: int, hours: bool) -> Iterator[Finding]:
    """What is uncertain about one endpoint, said with its target."""
    if hours:
        said = text(
            "{target}: of older hours Gatus kept counts only; bounds there are an hour wide.",
            target=log.target,
        )
        do = text("Set maximum-number-of-results higher: 100 results are kept unless told otherwise.")
        yield Finding("gatus.hours", said, do, Weight.NOTE, log.source)
    if thin:
        said = text(
            "{target}: in {n} hours too few checks were counted; that time counts as not watched.",
            target=log.target,
            n=thin,
        )
        yield Finding("gatus.thin_hours", said, None, Weight.NOTE, log.source)


def moment(raw: Any) -> datetime | None:
    """A time as Go writes it: '2026-03-01 10:00:00.123456789 +0000 UTC', RFC 3339, or seconds since 1970."""
    if isinstance(raw, int | float):
        return wall_time.instant(float(raw))
    hit = _TIME.fullmatch(str(raw or "").strip())
    if not hit:
        return None
    try:
        found = datetime.fromisoformat(f"{hit[1]} {hit[2]}{hit[3] or ''}{hit[4] or '+00:00'}").astimezone(UTC)
        return found if wall_time.instant(found.timestamp()) else None
    except (ValueError, OverflowError):
        return None
