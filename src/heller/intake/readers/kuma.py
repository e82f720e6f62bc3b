"""Reads the database of Uptime Kuma, versions 1 and 2: each monitor is a log of probes.

Version 1 keeps every beat; `duration` is the time since the beat before, so a gap stands there as one long
'up': it is a gap all the same. Version 2 deletes after a day what is no change of state; what is left of the
time before are counts by minute, hour and day.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors import kuma_doubts, probes, sqlite
from heller.intake.monitors.kuma_beats import (
    DOWN,
    MAINTENANCE,
    UP,
    Beat,
    Bucket,
    before_downs,
    of_beats,
    of_buckets,
    state_changes,
)
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "uptime-kuma"

UNCERTAINTY = 1.0  # seconds: the beat's time is taken just before its probe goes out
_USUAL = 60.0  # seconds between two beats where the monitor does not say it
_BUCKETS = (("stat_minutely", 60.0), ("stat_hourly", 3600.0), ("stat_daily", 86_400.0))
_NOT_PROBES = ("group", "manual", "push")  # they probe nothing themselves
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)\d*(Z|[+-]\d\d:?\d\d)?")


class _Monitor(NamedTuple):
    """What is known of a monitor; `target` is the host that it asks."""

    target: str
    interval: float
    kind: str
    retries: int = 0


def identify(head: bytes, name: str) -> Confidence:
    """By the tables that stand in the database's first pages."""
    if not sqlite.is_database(head):
        return NOT_MINE
    if b"heartbeat" in head and b"monitor" in head:
        return Confidence(95, text("It is a database with the tables of Uptime Kuma."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per monitor that asks a host; all times in it are UTC, `zone` is not needed."""
    if not sqlite.is_database(blob.data):
        return nothing(blob, kuma_doubts.foreign(blob), NAME)
    with sqlite.open_database(blob) as found:
        return of_tables(blob, found.ask, found.findings)


def of_tables(blob: Blob, ask: sqlite3.Connection, doubts_before: Sequence[Finding] = ()) -> Reading:
    """What the tables of Kuma say, wherever they came from."""
    monitors = dict(_monitors(ask))
    beats, rows, rejected = _beats(ask)
    buckets = dict(_buckets(ask))
    logs: list[ProbeLog] = []
    kept: list[DeviceLog] = []
    findings = [*doubts_before]
    for number in sorted(beats.keys() | buckets.keys()):
        monitor = monitors.get(number, _Monitor(f"monitor no. {number}", _USUAL, ""))
        if monitor.kind in _NOT_PROBES:
            findings.append(kuma_doubts.no_probe(blob, monitor.target, monitor.kind))
            continue
        if number not in buckets and state_changes(beats[number]):
            kept.append(_states(blob, monitor, beats[number]))
            findings.append(kuma_doubts.states_only(kept[-1]))
            continue
        log, doubts = _log(blob, monitor, beats.get(number, []), buckets.get(number, []))
        findings += doubts
        logs += [log] if log.observations else []
    if rejected:
        told = text("{n} beats have no time that can be read; they are left out.", n=rejected)
        findings.append(Finding("kuma.no_time", told, source=Locator(blob.digest)))
    if not logs and not kept:
        findings.append(kuma_doubts.empty(blob))
    asked = sorted({log.target for log in logs} | {log.device for log in kept})
    title = "Uptime Kuma" + (f": {', '.join(asked[:4])}" if asked else "")
    return Reading(NAME, title, (*logs, *kept), tuple(findings), rows, rejected)


def _monitors(ask: sqlite3.Connection) -> Iterator[tuple[int, _Monitor]]:
    wanted = ("id", "name", "url", "hostname", "interval", "type", "maxretries")
    for number, name, url, hostname, interval, kind, retries in sqlite.rows(ask, "monitor", wanted, "id"):
        place = hostname or ("" if str(url or "") in ("https://", "http://") else url) or ""
        target = probes.host_of(str(place)) or str(name or f"monitor no. {number}")
        yield (
            _whole(number),
            _Monitor(target, _positive(interval) or _USUAL, str(kind or ""), _whole(retries)),
        )


def _beats(ask: sqlite3.Connection) -> tuple[dict[int, list[Beat]], int, int]:
    """The beats of each monitor in order of time, how many rows there were, how many without a time."""
    wanted = ("id", "monitor_id", "status", "msg", "time", "ping", "duration", "important")
    found: list[tuple[int, Beat]] = []
    rows = rejected = 0
    for number, monitor, status, said, time, ping, duration, important in sqlite.rows(
        ask, "heartbeat", wanted, "id"
    ):
        rows += 1
        at = moment(time)
        if at is None or status not in (0, 1, 2, 3):
            rejected += 1
            continue
        beat = Beat(
            _whole(number), at, status, str(said or ""), _positive(ping), _whole(duration), bool(important)
        )
        found.append((_whole(monitor), beat))
    found.sort(key=lambda pair: (pair[0], pair[1].at, pair[1].row))
    return {n: [b for _, b in own] for n, own in groupby(found, key=lambda pair: pair[0])}, rows, rejected


def _buckets(ask: sqlite3.Connection) -> Iterator[tuple[int, list[Bucket]]]:
    """The buckets of each monitor, the finer ones where there are two for the same time."""
    found: dict[int, list[Bucket]] = {}
    wanted = ("id", "monitor_id", "timestamp", "up", "down", "extras")
    for table, width in _BUCKETS:
        for number, monitor, at, up, down, extras in sqlite.rows(ask, table, wanted, "timestamp"):
            start = wall_time.instant(float(at)) if isinstance(at, int | float) else None
            if start is not None:
                bucket = Bucket(_whole(number), start, width, _whole(up), _whole(down), _maintenance(extras))
                found.setdefault(_whole(monitor), []).append(bucket)
    for monitor, own in found.items():
        yield monitor, _finest(own)


def _finest(buckets: Sequence[Bucket]) -> list[Bucket]:
    """Buckets without overlap: an hour of which minutes are known is left out, and so is a day."""
    kept: list[Bucket] = []
    for width in sorted({bucket.width for bucket in buckets}):
        first = min((bucket.at for bucket in kept), default=None)
        own = [bucket for bucket in buckets if bucket.width == width]
        kept += [bucket for bucket in own if first is None or bucket.end <= first]
    return sorted(kept, key=lambda bucket: bucket.at)


def _log(
    blob: Blob, monitor: _Monitor, beats: list[Beat], buckets: list[Bucket]
) -> tuple[ProbeLog, list[Finding]]:
    """The log of one monitor: its beats, and its buckets where the beats are gone."""
    told = of_beats(beats)
    gone = of_buckets(buckets, beats, monitor.interval)
    observations = [*told.probes, *before_downs(beats), *gone.probes]
    log = probes.log(
        monitor.target,
        observations,
        blob.digest,
        step=probes.step_of(probes.in_order(told.probes), monitor.interval)
        if not gone.probes
        else monitor.interval,
        uncertainty=UNCERTAINTY,
    )
    names = sum(
        probes.name_failure(beat.said) for beat in beats if beat.status != 1 and beat.status != MAINTENANCE
    )
    return log, list(kuma_doubts.of_log(log, told, gone, names))


def _states(blob: Blob, monitor: _Monitor, beats: Sequence[Beat]) -> DeviceLog:
    """The changes of state that were kept, as a log of outages: a check may have failed up to all retries
    before the change. Maintenance ends what is known to be down."""
    signs = {DOWN: DeviceSign.LINE_DOWN, UP: DeviceSign.LINE_UP, MAINTENANCE: DeviceSign.LINE_UP}
    events = tuple(
        DeviceEvent(beat.at, signs[beat.status], beat.said or monitor.target, beat.row)
        for beat in beats
        if beat.status in signs
    )
    unsure = max(monitor.interval, _USUAL) * (1 + monitor.retries)
    return DeviceLog(
        f"Uptime Kuma ({monitor.target})",
        events,
        Locator(blob.digest, f"row {beats[0].row}"),
        unsure,
        stated=True,
    )


def moment(raw: Any) -> datetime | None:
    """A time of Kuma's: UTC text without a zone, milliseconds or seconds since 1970 in a few versions."""
    if isinstance(raw, int | float):
        return wall_time.instant(raw / 1000 if raw > 1e11 else float(raw))
    hit = _TIME.fullmatch(str(raw or "").strip())
    if not hit:
        return None
    try:
        found = datetime.fromisoformat(f"{hit[1]} {hit[2]}{hit[3] or '+00:00'}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return wall_time.instant(found.timestamp()) and found


def _whole(raw: Any) -> int:
    return int(raw) if isinstance(raw, int | float) and abs(raw) < 1e15 else 0


def _positive(raw: Any) -> float | None:
    return float(raw) if isinstance(raw, int | float) and 0 < raw < 1e9 else None


def _maintenance(raw: Any) -> int:
    """The checks of a bucket that fell into maintenance."""
    try:
        found = json.loads(raw) if raw else {}
    except (ValueError, TypeError, RecursionError):
        return 0
    return _whole(found.get("maintenance")) if isinstance(found, dict) else 0
