"""Reads ping results of RIPE Atlas: each result is a few probes of one Atlas probe to one target.

`lts` is how many seconds ago the probe's clock was last in step, -1 where it does not know (RIPE Atlas,
'Data structure'). A quartz strays by up to 50 in a million, which bounds its clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors import probes
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "ripe-atlas"

DRIFT = 50e-6  # seconds per second that a clock without a server strays
RESOLUTION = 1.0  # seconds: `timestamp` is whole seconds
UNKNOWN = 60.0  # seconds that a clock may be off of which nothing is known


class _Result(NamedTuple):
    """One result: the Atlas probe, the target, its probes, seconds since its clock was in step."""

    who: str
    target: str
    found: list[Observation]
    step: float | None
    lts: float


def identify(head: bytes, name: str) -> Confidence:
    """By the numbers of measurement and probe that every result carries."""
    if re.search(rb'"(?:prb_id|msm_id)"\s*:\s*\d+', head[:16384]) and b'"timestamp"' in head[:16384]:
        return Confidence(92, text("It has results of RIPE Atlas."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per Atlas probe and target; `zone` is not needed."""
    probes.refuse_too_long(blob)
    documents = json_documents.documents(blob)
    values = [
        (row, one)
        for row, value in documents.found
        for one in (value if isinstance(value, list) else [value])
    ]
    results = [found for row, one in values if (found := _result(row, json_documents.mapping(one)))]
    findings = list(documents.rejected(blob))
    logs = []
    for who, target in dict.fromkeys((r.who, r.target) for r in results):
        own = [r for r in results if (r.who, r.target) == (who, target)]
        log = _log(blob, own)
        if log.observations:
            logs.append(log)
            findings += _doubts(log, own)
    findings += _whole(blob, logs, len(values) - len(results), {r.who for r in results})
    title = "RIPE Atlas" + (f": {', '.join(sorted({log.target for log in logs})[:4])}" if logs else "")
    return Reading(NAME, title, tuple(logs), tuple(findings), len(values), len(values) - len(results))


def _result(row: int, raw: dict[str, Any]) -> _Result | None:
    """One ping result; None for another kind of measurement or one without a time."""
    at = wall_time.instant(json_documents.number(raw.get("timestamp")) or 0.0)
    target = raw.get("dst_addr") or raw.get("dst_name")
    if at is None or raw.get("type", "ping") != "ping" or not target:
        return None
    answers = [json_documents.mapping(one) for one in json_documents.as_list(raw.get("result"))]
    sent = int(json_documents.number(raw.get("sent")) or len(answers))
    rtts = [r for one in answers if (r := json_documents.number(one.get("rtt"))) is not None and r >= 0]
    got = int(json_documents.number(raw.get("rcvd")) or 0) or len(rtts)
    if got > 0:
        fastest = min(rtts, default=max(json_documents.number(raw.get("min")) or 0.0, 0.0))
        found = [Observation(at, row, None, fastest / 1000)]
    elif any("error" in one for one in answers):
        found = [Observation(at, row, Failure.LOCAL)]
    else:  # the probes of a result go out a second apart
        found = probes.losses(at, row, max(sent - 1.0, 0.0), min(max(sent, 0), 100))
    who, lts = str(raw.get("prb_id", "?")), json_documents.number(raw.get("lts"))
    return _Result(
        who, str(target), found, json_documents.number(raw.get("step")), -1.0 if lts is None else lts
    )


def _log(blob: Blob, own: list[_Result]) -> ProbeLog:
    known = [result.lts for result in own if result.lts >= 0]
    unsure = RESOLUTION + max(known, default=0.0) * DRIFT + (0.0 if len(known) == len(own) else UNKNOWN)
    step = next((r.step for r in own if r.step), None)
    starts = probes.in_order(Observation(r.found[0].at, 1) for r in own if r.found)
    return probes.log(
        own[0].target,
        (o for result in own for o in result.found),
        blob.digest,
        step=step or probes.step_of(starts, 240.0),
        uncertainty=round(unsure, 3),
    )


def _doubts(log: ProbeLog, own: list[_Result]) -> Iterator[Finding]:
    unknown = sum(result.lts < 0 for result in own)
    if unknown:
        said = text(
            "{target}: in {n} results the Atlas probe does not know how well its clock is set; a minute is allowed.",
            target=log.target,
            n=unknown,
        )
        yield Finding("atlas.clock_unknown", said, None, Weight.WARNING, log.source)


def _whole(blob: Blob, logs: list[ProbeLog], other: int, who: set[str]) -> Iterator[Finding]:
    source = Locator(blob.digest)
    if other:
        said = text("{n} results are no pings or have no time; they are left out.", n=other)
        yield Finding("atlas.other", said, None, Weight.NOTE, source)
    if len(who) > 1:
        said = text("The results come from {n} Atlas probes; each stands at another line.", n=len(who))
        do = text("Add the results of the probe at this line only: download them with probe_ids=NUMBER.")
        yield Finding("atlas.several_probes", said, do, Weight.WARNING, source)
    if not logs:
        said = text("There is no ping result of RIPE Atlas in it.")
        yield Finding("atlas.nothing", said, None, Weight.REFUSED, source)
