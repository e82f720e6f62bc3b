"""Reads what `fping -D -l` and `fping -D -J` wrote: each probe of each target with its instant.

The stamp is the time of printing: an answer was sent its round trip earlier; a loss is printed when its
time limit is over. A probe that the own host could not send has no line at all (fping 5.1, by trial).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors import fping_lines, probe_columns, probes
from heller.intake.monitors.fping_lines import FpingFile, FpingLines
from heller.intake.monitors.probe_columns import ProbeColumns
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.intake.written.log_lines import lines, unread
from heller.intake.written.wall_clock import is_ambiguous, to_utc
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

NAME = "fping"

HEAD = 64 * 1024  # bytes in which the kind of times is looked at
_COUNTS = re.compile(rb"(?m)^\[\d{1,8}\.\d+\] ")  # seconds since the computer was started, not since 1970
LIMIT = 0.5  # seconds until a probe is given up, unless told otherwise
_LINE = re.compile(
    r"(?:\[(?P<stamp>[^\]]{9,40})\] )?(?P<host>\S+?)\s+: (?:\[(?P<seq>\d{1,9})\], "
    r"(?:\d+ bytes, (?P<rtt>\d+(?:\.\d+)?) ms|(?P<lost>timed out))|(?P<more>duplicate for|xmt/rcv|[\d.\-: ]+$))"
)
_OTHER = re.compile(
    r"\s*$|\[\d\d:\d\d:\d\d\]$|ICMP .* (?:from|for) |\s+\d+ (?:targets|alive|unreachable|unknown|timeouts|"
    r"ICMP|other)|\s*[\d.]+ (?:ms|sec) \(|fping|.* (?:is alive|is unreachable|address not found|error while)"
)


class _Probe(NamedTuple):
    """One probe as printed: `at` in seconds since 1970; `rtt` in seconds, None where it was lost."""

    row: int
    host: str
    seq: int
    at: float | None
    rtt: float | None
    twice: bool = False


def identify(head: bytes, name: str) -> Confidence:
    """95 for its stamped lines, 85 for its other output, which is refused with a reason."""
    if re.search(rb"(?m)^\[[^\]\n]{9,40}\] \S+\s+: \[\d+\], (?:\d+ bytes|timed out)", head):
        return Confidence(95, text("It has lines of fping with time stamps."))
    if re.search(rb'(?m)^\{"(?:resp|timeout|vSum|intSum)": ?\{.*"host"', head):
        return Confidence(95, text("It has lines of fping as JSON."))
    plain = rb"(?m)^\S+\s+: (?:\[\d+\], (?:\d+ bytes|timed out)|xmt/rcv/%loss|(?:[\d.]+ |- ){2,}[\d.\-]+\s*$)"
    return Confidence(85, text("It has lines of fping.")) if re.search(plain, head) else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per target. Stamps as text without an offset are taken in `zone`."""
    probes.refuse_too_long(blob)
    if in_columns := fping_lines.read(blob, _LINE, _OTHER):
        return _of_columns(blob, in_columns)
    as_json = blob.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    found, rows, findings, rejected = _json(blob, zone) if as_json else _text(blob, zone)
    logs = []
    for host in dict.fromkeys(line.host for line in found if line.at is not None):
        own = [line for line in found if line.host == host and line.at is not None]
        log, missing = _log(blob, host, own)
        logs.append(log)
        findings += _doubts(log, missing, sum(line.twice for line in own))
    if not logs:
        findings.insert(0, _since_start(blob) if _COUNTS.search(blob.data[:HEAD]) else _no_times(blob))
    title = "fping " + ", ".join(log.target for log in logs[:4])
    return Reading(NAME, title.strip(), tuple(logs), tuple(findings), rows, rejected)


def _of_columns(blob: Blob, found: FpingFile) -> Reading:
    """The same of a long log."""
    findings, logs = list(unread(blob, found.rejected)), []
    for host, own in found.by_host.items():
        step = _step(own.seq[~own.lost], (own.at - own.rtt)[~own.lost])
        log = _placed(blob, host, own, _sent_in_turn(own, step), step)
        logs.append(log)
        findings += _doubts(log, int(own.seq[-1] - own.seq[0]) + 1 - len(own.seq), 0)
    title = "fping " + ", ".join(log.target for log in logs[:4])
    return Reading(NAME, title.strip(), tuple(logs), tuple(findings), found.rows, len(found.rejected))


def _text(blob: Blob, zone: ZoneInfo) -> tuple[list[_Probe], int, list[Finding], int]:
    raw = lines(blob)
    found: list[_Probe] = []
    rejected: list[tuple[int, str]] = []
    for row, line in enumerate(raw, 1):
        hit = _LINE.match(line)
        if hit and hit["seq"]:
            at, twice = _stamp(hit["stamp"], zone)
            rtt = float(hit["rtt"]) / 1000 if hit["rtt"] else None
            found.append(_Probe(row, hit["host"], int(hit["seq"]), at, rtt, twice))
        elif not hit and not _OTHER.match(line):
            rejected.append((row, line))
    return found, len(raw), list(unread(blob, rejected)), len(rejected)


def _json(blob: Blob, zone: ZoneInfo) -> tuple[list[_Probe], int, list[Finding], int]:
    documents = json_documents.documents(blob)
    found = []
    for row, value in documents.found:
        outer = json_documents.mapping(value)
        for kind in ("resp", "timeout"):
            one = json_documents.mapping(outer.get(kind))
            seq, rtt = json_documents.number(one.get("seq")), json_documents.number(one.get("rtt"))
            if one.get("host") and seq is not None and (kind == "timeout" or rtt is not None):
                at, twice = _stamp(one.get("timestamp"), zone)
                took = rtt / 1000 if kind == "resp" and rtt is not None else None
                found.append(_Probe(row, str(one["host"]), int(seq), at, took, twice))
    rows = len(documents.found) + len(documents.broken)
    return found, rows, list(documents.rejected(blob)), len(documents.broken)


def _stamp(raw: Any, zone: ZoneInfo) -> tuple[float | None, bool]:
    """Seconds since 1970 from a stamp (epoch, ISO 8601, RFC 3339, ctime), and whether it lies in an hour that
    came twice."""
    seconds = json_documents.number(raw)
    if seconds is not None:
        return (seconds if wall_time.EARLIEST <= seconds < wall_time.LATEST else None), False
    said = str(raw or "").strip()
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        try:
            found = datetime.strptime(said, "%a %b %d %H:%M:%S %Y")
        except ValueError:
            return None, False
    try:
        twice = found.tzinfo is None and is_ambiguous(found, zone)
        at = (to_utc(found, zone) if found.tzinfo is None else found.astimezone(UTC)).timestamp()
    except (OverflowError, ValueError):
        return None, False
    return (at if wall_time.instant(at) else None), twice


def _log(blob: Blob, host: str, own: list[_Probe]) -> tuple[ProbeLog, int]:
    """The probes of one target; how many numbers are missing between them."""
    import numpy as np

    answers = [line for line in own if line.rtt is not None]
    step = _step(
        np.array([line.seq for line in answers], np.int64),
        np.array([(line.at or 0.0) - (line.rtt or 0.0) for line in answers]),
    )
    runs = _runs(own)
    missing = sum(max(run) - min(run) + 1 - len(run) for run in runs)
    lines = sorted((line for run in runs for line in run.values()), key=lambda line: line.row)
    found = FpingLines(
        np.array([line.row for line in lines], np.uint32),
        np.array([line.seq for line in lines], np.int64),
        np.array([line.at or 0.0 for line in lines]),
        np.array([line.rtt is None for line in lines], bool),
        np.array([line.rtt or 0.0 for line in lines]),
    )
    width = np.array([3_600_000_000 if line.twice else 0 for line in lines], np.int64)
    return _placed(blob, host, found, _sent_in_turn(found, step), step, width), missing


def _step(seq: NDArray[int64], at: NDArray[float64]) -> float:
    """The usual distance of probes that were answered, in seconds."""
    import numpy as np

    numbers, apart = np.diff(seq), np.diff(at)
    forwards = numbers > 0
    return round(float(np.median(apart[forwards] / numbers[forwards])), 3) if forwards.any() else 1.0


def _placed(
    blob: Blob,
    host: str,
    own: FpingLines,
    sent: NDArray[float64],
    step: float,
    width: NDArray[int64] | None = None,
) -> ProbeLog:
    """The log of one target, without times that no clock shows."""
    known = (sent >= wall_time.EARLIEST) & (sent < wall_time.LATEST)
    found = ProbeColumns(probe_columns.micros(sent), own.lost, own.rtt, own.row).part(known)
    wide = None if width is None else width[known]
    return probe_columns.log(host, found, blob.digest, step=max(step, 0.001), uncertainty=0.05, width=wide)


def _sent_in_turn(own: FpingLines, step: float) -> NDArray[float64]:
    """When each was sent, in seconds since 1970: an answer its round trip before it was printed; a loss in turn, for
    the probes go out in step, else when its time limit began."""
    import numpy as np

    sent = own.at - np.where(own.lost, LIMIT, own.rtt)
    for n in np.flatnonzero(own.lost).tolist():
        ahead = int(own.seq[n] - own.seq[n - 1]) if n else 0
        guess = sent[n - 1] + ahead * step
        if ahead > 0 and own.at[n] - 10 <= guess <= own.at[n]:
            sent[n] = guess
    return sent


def _runs(own: list[_Probe]) -> list[dict[int, _Probe]]:
    """The probes of each run of fping by their numbers. An answer that comes after its probe was given up takes the
    place of the loss; any other number that comes again begins a new run."""
    runs: list[dict[int, _Probe]] = [{}]
    for line in own:
        before = runs[-1].get(line.seq)
        if before is not None and (before.rtt is not None or line.rtt is None):
            runs.append({})
        runs[-1][line.seq] = line
    return runs


def _doubts(log: ProbeLog, missing: int, twice: int) -> Iterator[Finding]:
    if missing:
        said = text(
            "{n} probes to {target} have no line: the watching computer could not send them, or lines are lost.",
            n=missing,
            target=log.target,
        )
        yield Finding("fping.missing", said, None, Weight.NOTE, log.source)
    if twice:
        said = text("{n} times lie in the hour that the clock showed twice; they are an hour wide.", n=twice)
        yield Finding("time.twice", said, None, Weight.NOTE, log.source)


def _since_start(blob: Blob) -> Finding:
    return Finding(
        "fping.since_start",
        text(
            "The times of this log count from the start of the computer, not from a day; nothing places them."
        ),
        text("Run fping -l TARGET | ts '[%.s]', or an fping whose -D writes the seconds since 1970."),
        Weight.REFUSED,
        Locator(blob.digest, "row 1"),
    )


def _no_times(blob: Blob) -> Finding:
    return Finding(
        "fping.no_times",
        text("This output of fping has no times; it cannot show when an outage began or ended."),
        text("Run it as: fping -D -l TARGET (without -q, -Q, -c), so that each line carries its time."),
        Weight.REFUSED,
        Locator(blob.digest, "row 1"),
    )
