"""Reads series of Prometheus as its API gives them: `up`, `probe_success` of the blackbox exporter, and the share of
probes that was lost, as Telegraf's ping and others give it in per cent.

The times are those of the evaluation: a value was scraped up to one step before. A value may be five
minutes old (the look-back), which hides shorter gaps where the step is not the scrape interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
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

NAME = "prometheus"

UNCERTAINTY = 1.0  # seconds
LOOK_BACK = 300.0  # seconds for which a value stands without a new one
_SAYS_UP = ("up", "probe_success", "")  # a series without a name was worked out from another one
_LOSES = re.compile(r"(?:.*_)?(?:percent_)?packet_loss(?:_percent)?|(?:.*_)?loss_(?:percent|ratio)")
_FAILS = re.compile(r"(?:.*_)?result_code")  # of Telegraf: 0 is a success
_TAKES = ("probe_duration_seconds", "probe_icmp_duration_seconds")


class _Series(NamedTuple):
    """One series: its name, its labels, its samples as seconds since 1970 and value, gaps left out."""

    row: int
    name: str
    labels: dict[str, str]
    samples: list[tuple[float, float]]
    without: int  # samples that are no number


def identify(head: bytes, name: str) -> Confidence:
    """By a list of series, each with its metric and values, alone or inside `data.result`."""
    begins = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins[:1] not in (b"[", b"{") or b'"metric"' not in begins:
        return NOT_MINE
    if re.search(rb'"metric"\s*:\s*\{.*?"values?"\s*:\s*\[', head[:16384], re.DOTALL):
        return Confidence(92, text("It has series with metric and values, as Prometheus gives them."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per series that says up or down; `zone` is not needed."""
    probes.refuse_too_long(blob)
    documents = json_documents.documents(blob)
    series = [one for row, value in documents.found for one in _series(row, value)]
    findings = list(documents.rejected(blob))
    took = {(_key(s), t): v for s in series if s.name in _TAKES for t, v in s.samples}
    logs: list[ProbeLog] = []
    for one in series:
        if one.name not in _SAYS_UP or any(not 0 <= v <= 1 for _, v in one.samples):
            if one.name not in _TAKES:
                findings.append(_foreign(blob, one))
        elif len(one.samples) > 1:
            logs.append(_log(blob, one, took))
            findings += _doubts(logs[-1], one)
    if not logs:
        findings.append(_nothing(blob))
    title = "Prometheus" + (f": {', '.join(sorted({log.target for log in logs})[:4])}" if logs else "")
    rows = sum(len(one.samples) + one.without for one in series)
    return Reading(NAME, title, tuple(logs), tuple(findings), rows, sum(one.without for one in series))


def _series(row: int, value: Any) -> Iterator[_Series]:
    """The series of one answer: a list, or wrapped in data.result."""
    outer = json_documents.mapping(value)
    inner = json_documents.mapping(outer.get("data")).get(
        "result", outer.get("result", outer.get("data", value))
    )
    for one in json_documents.as_list(inner) or ([inner] if isinstance(inner, dict) else []):
        labels = {
            str(k): str(v)
            for k, v in json_documents.mapping(json_documents.mapping(one).get("metric")).items()
        }
        given = json_documents.as_list(json_documents.mapping(one).get("values"))
        single = json_documents.mapping(one).get("value")
        pairs = [p for p in (given or [single]) if isinstance(p, list) and len(p) == 2]
        if not pairs:
            continue
        read = [(json_documents.number(t), json_documents.number(v)) for t, v in pairs]
        samples = sorted((t, v) for t, v in read if t is not None and v is not None and v == v)
        samples = [(t, v) for t, v in samples if wall_time.instant(t)]
        if _LOSES.fullmatch(labels.get("__name__", "")):
            whole = 1.0 if labels["__name__"].endswith("ratio") else 100.0
            samples = [(t, 1.0 - v / whole) for t, v in samples]
            labels = {**labels, "__name__": ""}
        elif _FAILS.fullmatch(labels.get("__name__", "")):
            samples = [(t, float(v == 0)) for t, v in samples]
            labels = {**labels, "__name__": ""}
        yield _Series(row, labels.get("__name__", ""), labels, samples, len(pairs) - len(samples))


def _key(one: _Series) -> tuple[str, str]:
    return one.labels.get("instance", ""), one.labels.get("job", "")


def _log(blob: Blob, one: _Series, took: dict[tuple[tuple[str, str], float], float]) -> ProbeLog:
    """Each value as a probe that was sent within the step before it. A share between 0 and 1 was worked out
    over several probes of which one was answered."""
    steps = sorted(round(b[0] - a[0], 3) for a, b in zip(one.samples, one.samples[1:], strict=False))
    step = max(steps[len(steps) // 2], 0.001)
    found = []
    for t, v in one.samples:
        at = wall_time.instant(t - step)
        if at is not None:
            rtt = max(took.get((_key(one), t), 0.0), 0.0) if v else 0.0
            found.append(Observation(at, one.row, None if v else Failure.TIMEOUT, min(rtt, step), step))
    return probes.log(_target(one), found, blob.digest, step=step, uncertainty=UNCERTAINTY)


def _target(one: _Series) -> str:
    """The host that was asked: of the blackbox exporter `instance` or `target`, else the job."""
    place = (
        one.labels.get("target")
        or one.labels.get("url")
        or one.labels.get("instance")
        or one.labels.get("job")
        or ""
    )
    return probes.host_of(place) or "series no. 1"


def _doubts(log: ProbeLog, one: _Series) -> Iterator[Finding]:
    said = text(
        "{target}: the values stand on a grid of {step} and may be up to five minutes old; shorter gaps of the "
        "monitor do not show.",
        target=log.target,
        step=timedelta(seconds=round(log.step)),
    )
    do = text("Ask with the scrape interval as step, or for the raw samples: probe_success[1d].")
    yield Finding("prometheus.grid", said, do, Weight.NOTE, log.source)
    if one.without:
        said = text(
            "{target}: {n} values are no number; that time counts as not watched.",
            target=log.target,
            n=one.without,
        )
        yield Finding("prometheus.no_number", said, None, Weight.NOTE, log.source)


def _foreign(blob: Blob, one: _Series) -> Finding:
    said = text("The series {metric} does not say up or down; it is left out.", metric=one.name or "?")
    return Finding("prometheus.other_series", said, None, Weight.NOTE, Locator(blob.digest, f"row {one.row}"))


def _nothing(blob: Blob) -> Finding:
    said = text("No series in it says over time whether a target was up.")
    do = text("Export probe_success or up with the API query_range, start, end and step given.")
    return Finding("prometheus.nothing", said, do, Weight.REFUSED, Locator(blob.digest))
