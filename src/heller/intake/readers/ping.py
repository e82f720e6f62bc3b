"""Reads what `ping -D` wrote: when each probe was sent and whether it was answered.

The stamp in brackets is the time of printing, not of sending (iputils `ping`, -D): an answer was sent
one round trip earlier. With -O the line 'no answer yet for icmp_seq=n' is printed when the next probe
goes out, so it tells the time at which probe n+1 was sent. It gives no verdict about the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors.ping_times import PingEnd, PingLine, Sent, Timing, place, steps
from heller.intake.monitors.probes import refuse_too_long
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.written.log_lines import lines, unread
from heller.intake.written.numbers import first_text
from heller.model.finding import Finding, Locator, Weight
from heller.model.observation import Observations
from heller.model.record import Blob, Failure, Observation, ProbeLog, Reading
from heller.model.text import text

NAME = "ping"

_HEAD = re.compile(
    r"PING (?P<name>\S+?) ?\((?P<ip>[^)]+)\)(?: from (?P<own>\S+?)(?: \S+)?:)?|PING6?\b|Ping(?:ing| wird)"
)
_ANSWER = re.compile(
    r"(?:\[(?P<at>\d{9,10}\.\d+)\] )?(?:"
    r"\d+ (?:bytes from|Bytes von) (?P<who>[^ ]+)(?: \((?P<ip>[^)]+)\))?: (?:icmp_)?seq=(?P<seq>\d{1,6})"
    r"(?: (?:ttl|hlim)=\d+)?(?: (?:time|Zeit)[=<](?P<rtt>\d{1,8}(?:[.,]\d{1,6})?) ?ms)?(?P<mark>.*)"
    r"|(?:no answer yet for|noch keine Antwort für) icmp_seq=(?P<lost>\d{1,6})"
    r"|(?:From|Von) (?P<by>[^ ]+)(?: \((?P<by_ip>[^)]+)\))?:? icmp_seq=(?P<refused>\d{1,6}) (?P<why>.*))$"
)
_LOCAL = re.compile(r"(?:\[[\d.]+\] )?(?:ping6?: (?:sendmsg|sendto|connect)|connect: )")
_SUMMARY = re.compile(
    r"(?P<sent>\d{1,9}) (?:packets transmitted, \d+ (?:packets )?received|Pakete übertragen, \d+ empfangen)"
    r".*?(?:(?:time|Zeit) (?P<ms>\d{1,9})ms)?$"
)
_OTHER = re.compile(
    r"$|--- .* ---$|rtt |round-trip |pipe \d|WARNING: |WARNUNG: |PING|Request timeout|Vr HL|( *[0-9a-f]+){8,}"
    r"|\d+ bytes |ping6?: |\^C|Warning: |Antwort von|Reply from|Zeit|Request timed|Ping"
    r"|.*(Mini|Gesendet|Sent = |%)"
)
_NUMBERED = re.compile(r"icmp_(?:seq|req)=\d+|\bseq=\d+")
RECENT = 8  # lines of a run in which an answer is looked for
_NO_FAULT = ("Redirect", "Source Quench", "Netzwerk umleiten", "Host umleiten")


class _Session(NamedTuple):
    """One run of ping: its target, its own address where it says so, and its lines."""

    target: str
    own: str
    lines: list[PingLine]
    sent: list[tuple[int, float | None]]  # the summary: probes sent, seconds it took


def identify(head: bytes, name: str) -> Confidence:
    """95 for stamped lines of ping, 80 for any other output of ping, which is refused with a reason."""
    head = first_text(head)
    stamped = rb"^\[\d{9,10}\.\d+\] (\d+ (bytes from|Bytes von)|no answer yet|noch keine|From |Von )"
    if re.search(stamped, head, re.MULTILINE):
        return Confidence(95, text("It has lines of ping with time stamps."))
    known = re.search(
        rb"^(PING6? |Pinging |Ping wird ausgef|\d+ (bytes from|Bytes von) \S+.* (icmp_)?seq=)",
        head,
        re.MULTILINE,
    )
    return Confidence(80, text("It has lines of ping.")) if known else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per target; `zone` is not needed, the stamps are seconds since 1970 in UTC.

    A log without stamps says nothing about when: it is refused with a finding.
    """
    refuse_too_long(blob)
    rows = lines(blob)
    sessions, rejected = _sessions(rows)
    targets = tuple(dict.fromkeys(s.target for s in sessions))
    title = "ping " + ", ".join(targets)
    findings = list(unread(blob, rejected))
    foreign = [(row, raw) for row, raw in rejected if _NUMBERED.search(raw)]
    if foreign and len(foreign) > sum(len(s.lines) for s in sessions):
        return Reading(NAME, title, (), (_foreign(blob, *foreign[0]),), len(rows), len(rejected))
    if not any(line.at is not None for s in sessions for line in s.lines):
        return Reading(NAME, title, (), (_no_times(blob), *findings), len(rows), len(rejected))
    logs = []
    for target in targets:
        log, doubts = _log(blob, target, [s for s in sessions if s.target == target])
        findings += doubts
        if log.observations:
            logs.append(log)
    return Reading(NAME, title, tuple(logs), tuple(findings), len(rows), len(rejected))


def _sessions(rows: list[str]) -> tuple[list[_Session], list[tuple[int, str]]]:
    """The runs of ping in a file, one after the other, and the lines that nobody knows."""
    found, rejected = [_Session("", "", [], [])], []
    running: list[_Session] = []  # runs that write into the same file at the same time
    for row, raw in enumerate(rows, 1):
        if hit := _ANSWER.match(raw):
            line = _line(hit, row)
            if not found[-1].target:  # the log was cut: the target stands in the answers only
                found[-1] = found[-1]._replace(target=hit["ip"] or hit["who"] or "?")
            session = _owner(found, running, hit, line)
            if line:
                session.lines.append(line)
        elif hit := _HEAD.match(raw):
            found.append(_Session(_target(hit), hit["own"] or "", [], []))
            running = []
        elif _LOCAL.match(raw):
            found[-1].lines.append(PingLine(PingEnd.LOCAL, None, None, row))
        elif hit := _SUMMARY.match(raw):
            found[-1].sent.append((int(hit["sent"]), int(hit["ms"]) / 1000 if hit["ms"] else None))
        elif not _OTHER.match(raw):
            rejected.append((row, raw))
    return [s for s in found if s.target], rejected


def _owner(
    found: list[_Session], running: list[_Session], hit: re.Match[str], line: PingLine | None
) -> _Session:
    """The run that wrote a line: the last one begun, unless the host that answered is another's. A loss names no host:
    it is of the run whose next number it is, and whose turn it was."""
    last, host = found[-1], hit["ip"] or hit["who"]
    if host and not _asks(last, host):
        other = next((s for s in reversed(found[:-1]) if s.target and _asks(s, host)), None)
        if other is not None and other not in running:
            running.append(other)
        return other or last
    if not running or line is None or line.said is not PingEnd.NO_ANSWER_YET:
        return last
    near = [s for s in (last, *running) if s.lines and not _has_answer(s, line.seq)]
    return min(near, key=lambda s: _turn(s, line), default=last)


def _asks(session: _Session, host: str) -> bool:
    return session.target == host or f"({host})" in session.target or session.target.startswith(f"{host} ")


def _has_answer(session: _Session, seq: int | None) -> bool:
    return any(one.seq == seq and one.said is PingEnd.ANSWER for one in session.lines[-RECENT:])


def _turn(session: _Session, line: PingLine) -> tuple[int, float]:
    """How far a number is from the next one of a run, and a time from the rhythm of its probes."""
    before = session.lines[-1]
    expected = (before.seq or 0) + 1
    sent = (before.at or 0.0) - before.rtt
    off = ((line.at or 0.0) - sent) % 1.0
    return abs((line.seq or 0) - expected), min(off, 1.0 - off)


def _target(head: re.Match[str]) -> str:
    """`1.2.3.4`, or `name (1.2.3.4)` where a name was asked for."""
    if not head["ip"]:
        return "?"
    return head["ip"] if head["name"] == head["ip"] else f"{head['name']} ({head['ip']})"


def _line(hit: re.Match[str], row: int) -> PingLine | None:
    """What one line says; None for one that says nothing about a probe."""
    at = float(hit["at"]) if hit["at"] else None
    if hit["seq"]:
        rtt = float(hit["rtt"].replace(",", ".")) / 1000 if hit["rtt"] else 0.0
        return PingLine(PingEnd.ANSWER, int(hit["seq"]), at, row, rtt)
    if hit["lost"]:
        return PingLine(PingEnd.NO_ANSWER_YET, int(hit["lost"]), at, row)
    if hit["why"].startswith(_NO_FAULT):
        return None
    return PingLine(PingEnd.REFUSED, int(hit["refused"]), at, row, by=hit["by_ip"] or hit["by"])


def _log(blob: Blob, target: str, sessions: list[_Session]) -> tuple[ProbeLog, Iterator[Finding]]:
    """All runs towards one target as one log; between two runs nobody watched."""
    distances = [d for s in sessions for d in steps(s.lines)]
    step = round(median(distances), 3) if distances else 1.0
    placed = [place(s.lines, s.sent, step) for s in sessions]
    owns = {s.own for s in sessions if s.own} | {"127.0.0.1", "::1"}
    probes = sorted((p for t in placed for p in t.probes), key=lambda p: p.at)
    log = ProbeLog(
        target=target,
        observations=Observations.of(_observation(p, owns) for p in probes),
        step=step,
        source=Locator(blob.digest, f"row {probes[0].row}" if probes else "row 1"),
        uncertainty=round(_jitter(distances, step) + max(t.set_back for t in placed), 3),
    )
    return log, _doubts(blob, target, placed, probes, owns)


def _observation(probe: Sent, owns: set[str]) -> Observation:
    """A failure that the own host reported is local: it never left the house."""
    at = datetime.fromtimestamp(probe.at, UTC)
    if probe.said is PingEnd.ANSWER:
        return Observation(at, probe.row, None, probe.rtt)
    if probe.said is PingEnd.LOCAL or (probe.said is PingEnd.REFUSED and probe.by in owns):
        return Observation(at, probe.row, Failure.LOCAL)
    return Observation(
        at, probe.row, Failure.UNREACHABLE if probe.said is PingEnd.REFUSED else Failure.TIMEOUT
    )


def _jitter(distances: list[float], step: float) -> float:
    """How far the distance of two probes strays from the step in 99 of 100 cases: what a time of
    sending that was worked out from the step may be off. At most half a step."""
    strays = sorted(abs(d - step) for d in distances)
    return min(strays[int(len(strays) * 0.99)], step / 2) if strays else step / 2


def _foreign(blob: Blob, row: int, raw: str) -> Finding:
    return Finding(
        "ping.language",
        text("This output of ping is in a language that is not read; German and English are."),
        text("Run it as: LC_ALL=C ping -D -O TARGET"),
        Weight.REFUSED,
        Locator(blob.digest, f"row {row}", raw[:200]),
    )


def _no_times(blob: Blob) -> Finding:
    return Finding(
        "ping.no_times",
        text("This output of ping has no times; it cannot show when an outage began or ended."),
        text("Run ping with -D -O, so that each line carries its time and each loss its line."),
        Weight.REFUSED,
        Locator(blob.digest, "row 1"),
    )


def _doubts(
    blob: Blob, target: str, placed: Iterable[Timing], probes: list[Sent], owns: set[str]
) -> Iterator[Finding]:
    """What is uncertain about one target's log."""
    source = Locator(blob.digest, f"row {probes[0].row}" if probes else "row 1")
    back, lost = max(t.set_back for t in placed), sum(t.unplaced for t in placed)
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
    senders = sorted({p.by for p in probes if p.said is PingEnd.REFUSED} - owns)
    if senders:
        said = text("'Unreachable' came from {who}, counted as lost on the way.", who=", ".join(senders))
        do = text("If one of these is the watching computer itself, these losses say nothing about the line.")
        yield Finding("ping.unreachable_from", said, do, Weight.NOTE, source)
