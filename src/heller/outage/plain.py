"""A detection as plain values for other programs: times in UTC as RFC 3339, durations in seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from msgspec.structs import replace

from heller.model.finding import Finding, Locator
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import (
    Cause,
    Degraded,
    Detection,
    FamilyOutage,
    OpenEnd,
    OpenStart,
    Outage,
    Strength,
    Witness,
)
from heller.model.sample import Outcome
from heller.model.span import Bounds, Span, utc
from heller.model.text import Text

Plain: TypeAlias = "dict[str, object]"

LINE = "internet"  # all files of one call are about one line
_ROW = re.compile(r"row (\d+)", re.ASCII)


def as_json(
    detection: Detection,
    probes: Sequence[ProbeLog],
    names: Mapping[str, str],
    doubts: Iterable[Finding],
    say: Callable[[Text], str],
) -> Plain:
    """The outages with their sources, the time nobody watched, and all doubts.

    `probes` are the logs that were read: a source's row is that of the first probe of the outage in it.
    `names` are the files by digest; `doubts` those about the files, before those about the line.
    """
    return {
        "outages": [
            *(_outage(outage, probes, names) for outage in detection.outages),
            *(_half(half) for half in detection.halves),
            *(_degraded(stretch) for stretch in detection.degraded),
            *(_outage(outage, probes, names) for other in detection.others for outage in other.outages),
            *(_degraded(stretch) for other in detection.others for stretch in other.degraded),
        ],
        "unobserved": [_span(span) for span in detection.unobserved],
        "findings": [
            {"code": finding.code, "text": say(finding.text), "file": _file(finding.source, names)}
            for finding in (*doubts, *detection.findings)
        ],
    }


def _outage(outage: Outage, probes: Sequence[ProbeLog], names: Mapping[str, str]) -> Plain:
    return {
        "line": outage.line or LINE,
        "state": "down",
        "cause": outage.cause.value,
        "grade": outage.strength.value,
        "start": _edge(outage.start),
        "end": _edge(outage.end),
        "duration_s": {
            "min": _seconds(outage.shortest),
            "max": None if outage.longest is None else _seconds(outage.longest),
        },
        "detours": [{"start": _bounds(d.start), "end": _bounds(d.end), "way": d.way} for d in outage.detours],
        "source": [_source(_first_row(witness, outage, probes), names) for witness in outage.witnesses],
    }


def _half(found: FamilyOutage) -> Plain:
    """A time in which one family was dead: in the same shape, and never down."""
    return {
        "line": found.line or LINE,
        "state": "half",
        "family": found.family.value,
        "cause": Cause.UNKNOWN.value,
        "grade": found.strength.value,
        "start": _bounds(found.start),
        "end": _bounds(found.end),
        "duration_s": {
            "min": _seconds(found.span.length),
            "max": _seconds(found.end.latest - found.start.earliest),
        },
        "detours": [],
        "source": [],
    }


def _degraded(found: Degraded) -> Plain:
    """A stretch in which the line carried badly: in the same shape, and never down."""
    shortest = max(found.end.earliest - found.start.latest, timedelta())
    return {
        "line": found.line or LINE,
        "state": "degraded",
        "cause": found.cause.value,
        "grade": Strength.MEASURED.value,
        "start": _bounds(found.start),
        "end": _bounds(found.end),
        "duration_s": {
            "min": _seconds(shortest),
            "max": _seconds(found.end.latest - found.start.earliest),
        },
        "detours": [],
        "source": [],
    }


def _edge(edge: Bounds | OpenStart | OpenEnd) -> Plain:
    """An edge that nobody saw has no value on its far side, and is `open`."""
    match edge:
        case Bounds():
            return _bounds(edge)
        case OpenStart():
            return {"earliest": None, "latest": instant(edge.latest), "open": True}
        case OpenEnd():
            return {"earliest": instant(edge.earliest), "latest": None, "open": True}


def _bounds(bounds: Bounds) -> Plain:
    return {"earliest": instant(bounds.earliest), "latest": instant(bounds.latest)}


def _span(span: Span) -> Plain:
    return {"start": instant(span.start), "end": instant(span.end)}


def instant(moment: datetime) -> str:
    """An instant in UTC as RFC 3339, with a fraction of a second only where there is one."""
    return utc(moment).isoformat().replace("+00:00", "Z")


def _seconds(length: timedelta) -> int | float:
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else round(seconds, 6)


def _first_row(witness: Witness, outage: Outage, probes: Sequence[ProbeLog]) -> Locator:
    """Where the witness begins to tell of the outage: its first probe that was lost, or answered inside."""
    log = next((log for log in probes if log.source == witness.source), None)
    if log is None:
        return witness.source
    seen = log.observations
    row = next(
        (
            seen.row[n]
            for n in range(seen.before(outage.widest.start), len(seen))
            if witness.state == "up" or seen.outcome[n] != Outcome.OK
        ),
        None,
    )
    return witness.source if row is None else replace(witness.source, place=f"row {row}")


def _source(source: Locator, names: Mapping[str, str]) -> Plain:
    """The file with its digest and the row in it, where the witness stands in one."""
    row = _ROW.fullmatch(source.place)
    return {
        "file": _file(source, names),
        "sha256": source.object or None,
        "row": int(row[1]) if row else None,
    }


def _file(source: Locator | None, names: Mapping[str, str]) -> str | None:
    """The file that a locator names, with the member inside it; None where it names none of them."""
    if source is None or source.object not in names:
        return None
    return "!/".join(filter(None, (names[source.object], source.member)))
