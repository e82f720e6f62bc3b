"""Reads what `ping -D` wrote: when each probe was sent and whether it was answered.

The stamp in brackets is the time of printing, not of sending (iputils `ping`, -D): an answer was sent
one round trip earlier. With -O the line 'no answer yet for icmp_seq=n' is printed when the next probe
goes out, so it tells the time at which probe n+1 was sent. It gives no verdict about the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.monitors.probes import refuse_too_long
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.written.encoding import first_text
from heller.intake.written.log_lines import unread
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from heller.intake.monitors.ping_lines import PingRun

NAME = "ping"
_NUMBERED = re.compile(r"icmp_(?:seq|req)=\d+|\bseq=\d+")


_WINDOWS = re.compile(
    rb"(?m)^(?:Pinging |Ping wird ausgef|Antwort von |Reply from |Zeit.{1,3}berschreitung der Anf|Request timed out)"
)
# Windows' ping in other languages: its first words, or an answer with its TTL.
_ELSEWHERE = re.compile(
    rb"(?m)^(?:Envoi d'une requ|Haciendo ping a |Esecuzione di Ping|Pingen naar |Badanie |Disparando |.{0,40} ping at)"
    rb"|^\S[^\n]{0,60} (?:\d{1,3}\.){3}\d{1,3}\W[^\n]{0,60}=32 [^\n]{1,30}[=<]\d+ ?ms TTL=\d+"
)
_BEHIND_STAMPS = re.compile(
    rb"(?m)^(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*|\d{9,10}\.\d+)"
    rb"[:,]? +(?:\d+ (?:bytes from|Bytes von) .*icmp_(?:seq|req)=|(?:no answer yet|noch keine Antwort))"
)


def identify(head: bytes, name: str) -> Confidence:
    """95 for stamped lines of ping, 80 for any other output of ping, which is refused with a reason."""
    head = first_text(head)
    stamped = rb"^\[\d{9,10}\.\d+\] (\d+ (bytes from|Bytes von)|no answer yet|noch keine|From |Von )"
    if re.search(stamped, head, re.MULTILINE):
        return Confidence(95, text("It has lines of ping with time stamps."))
    if _BEHIND_STAMPS.search(head):
        return Confidence(95, text("It has lines of ping with time stamps."))
    known = re.search(
        rb"^(PING6? |Pinging |Ping wird ausgef|\d{1,9} (bytes from|Bytes von) \S{1,255}.{0,255} (icmp_)?seq="
        rb"|(\[\d{9,10}\.\d{1,9}\] )?\d{1,9} \S{1,99} \S{1,99} \S{1,99}.{0,255} icmp_(seq|req)=\d)",
        head,
        re.MULTILINE,
    )
    if known or _ELSEWHERE.search(head):
        return Confidence(80, text("It has lines of ping."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per target. The stamps are seconds since 1970 in UTC, or those of another program, taken in `zone`.

    A log without stamps says nothing about when: it is refused with a finding.
    """
    refuse_too_long(blob)
    from heller.intake.monitors.ping_lines import read_lines
    from heller.intake.monitors.ping_stamped import RESOLUTION, with_epochs
    from heller.intake.monitors.ping_together import apart

    stamped = with_epochs(blob, zone) if _BEHIND_STAMPS.search(first_text(blob.data[:65536])) else None
    found = read_lines(stamped.blob if stamped else blob)
    runs = apart(found.runs, blob)
    targets = tuple(dict.fromkeys(run.target for run in runs))
    title = "ping " + ", ".join(targets)
    findings = [*(stamped.findings if stamped else ()), *unread(blob, found.rejected)]
    bad = len(found.rejected)
    foreign = [(row, raw) for row, raw in found.rejected if _NUMBERED.search(raw)]
    if not runs and _ELSEWHERE.search(blob.data[:65536]):
        return Reading(NAME, title, (), (_foreign(blob, 1, ""),), found.rows, bad)
    if foreign and len(foreign) > sum(len(run.lines.row) for run in runs):
        return Reading(NAME, title, (), (_foreign(blob, *foreign[0]),), found.rows, bad)
    if not any(run.has_times() for run in runs):
        why = () if stamped and stamped.findings else (_no_times(blob),)
        return Reading(NAME, title, (), (*why, *findings), found.rows, bad)
    logs = []
    for target in targets:
        log, doubts = _log(blob, target, [run for run in runs if run.target == target], found.senders)
        findings += doubts
        if log.observations:
            coarse = RESOLUTION if stamped else 0.0
            logs.append(replace(log, uncertainty=log.uncertainty + coarse) if coarse else log)
    return Reading(NAME, title, tuple(logs), tuple(findings), found.rows, bad)


def _log(
    blob: Blob, target: str, runs: list[PingRun], senders: list[str]
) -> tuple[ProbeLog, Iterator[Finding]]:
    """All runs towards one target as one log; between two runs nobody watched."""
    import numpy as np

    from heller.intake.monitors import ping_times

    distances = np.concatenate([ping_times.steps(run.lines) for run in runs])
    step = round(float(np.median(distances)), 3) if len(distances) else 1.0
    timings = [ping_times.place(run.lines, run.sent, max(step, 0.001)) for run in runs]
    owns = {run.own for run in runs if run.own} | {"127.0.0.1", "::1"}
    probes = ping_times.in_order([timing.probes for timing in timings])
    back = max(timing.set_back for timing in timings)
    source = Locator(blob.digest, f"row {probes.row[0]}" if len(probes.row) else "row 1")
    log = ProbeLog(
        target=target,
        observations=ping_times.observations(probes, [n for n, by in enumerate(senders) if by in owns]),
        step=step,
        source=source,
        uncertainty=round(_jitter(np.abs(distances - step), step) + back, 3),
    )
    strangers = {senders[n] for n in ping_times.senders(probes)} - owns
    return log, _doubts(target, source, back, sum(timing.unplaced for timing in timings), strangers)


def _jitter(strays: NDArray[float64], step: float) -> float:
    """How far the distance of two probes strays from the step in 99 of 100 cases: what a time of
    sending that was worked out from the step may be off. At most half a step."""
    if not len(strays):
        return step / 2
    nearly_all = int(len(strays) * 0.99)
    strays.partition(nearly_all)
    return min(float(strays[nearly_all]), step / 2)


_POWERSHELL = text(
    "Windows' ping tells no times. In PowerShell: ping -t TARGET |"
    ' ForEach-Object { "$(Get-Date -Format o) $_" } | Tee-Object ping.txt'
)


def _foreign(blob: Blob, row: int, raw: str) -> Finding:
    return Finding(
        "ping.language",
        text("This output of ping is in a language that is not read; German and English are."),
        _POWERSHELL
        if _ELSEWHERE.search(blob.data[:65536])
        else text("Run it as: LC_ALL=C ping -D -O TARGET"),
        Weight.REFUSED,
        Locator(blob.digest, f"row {row}", raw[:200]),
    )


def _no_times(blob: Blob) -> Finding:
    do = text("Run ping with -D -O, so that each line carries its time and each loss its line.")
    if _WINDOWS.search(first_text(blob.data[:65536])):
        do = _POWERSHELL
    return Finding(
        "ping.no_times",
        text("This output of ping has no times; it cannot show when an outage began or ended."),
        do,
        Weight.REFUSED,
        Locator(blob.digest, "row 1"),
    )


def _doubts(target: str, source: Locator, back: float, lost: int, senders: set[str]) -> Iterator[Finding]:
    """What is uncertain about one target's log."""
    if back:
        said = text("The clock of the watching computer was set back by {s} seconds.", s=round(back))
        do = text("All times of this log are taken as uncertain by that much.")
        yield Finding("ping.clock_set_back", said, do, source=source)
    if lost:
        said = text(
            "{n} probes to {target} have no line and no certain time; they are left out.",
            "One probe to {target} has no line and no certain time; it is left out.",
            n=lost,
            target=target,
        )
        yield Finding(
            "ping.unplaced", said, text("Run ping with -O, so that each loss has a line."), source=source
        )
    if senders:
        said = text(
            "'Unreachable' came from {who}, counted as lost on the way.", who=", ".join(sorted(senders))
        )
        do = text("If one of these is the watching computer itself, these losses say nothing about the line.")
        yield Finding("ping.unreachable_from", said, do, Weight.NOTE, source)
