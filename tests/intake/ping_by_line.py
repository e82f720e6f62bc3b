"""The same log of ping told line by line, as plainly as it can be: what the columns are compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from statistics import median
from typing import NamedTuple

from heller.intake.monitors.ping_lines import ANSWER, HEAD, LOCAL, NO_FAULT, OTHER, SUMMARY
from heller.intake.monitors.ping_times import whole_number
from heller.intake.written.log_lines import lines
from heller.model.observation import Failure, Observation
from heller.model.record import Blob

WRAP = 65536  # a sequence number has 16 bits (RFC 792)
SET_BACK = 0.5  # seconds that a stamp may lie before the one above it, for answers that overtake


class PingEnd(Enum):
    """What a line says of a probe."""

    ANSWER = "answer"
    NO_ANSWER_YET = "no answer yet"
    REFUSED = "refused"  # an ICMP error came back
    LOCAL = "local"  # the own host could not send
    MISSING = "missing"  # no line at all: only its number is missing


class PingLine(NamedTuple):
    """One line: `at` is the time of printing in seconds since 1970, `seq` as printed, `rtt` in seconds."""

    said: PingEnd
    seq: int | None
    at: float | None
    row: int
    rtt: float = 0.0
    by: str = ""


class Sent(NamedTuple):
    """One probe: `at` is the time of sending in seconds since 1970."""

    at: float
    row: int
    said: PingEnd
    rtt: float = 0.0
    by: str = ""


class Timing(NamedTuple):
    """The probes of one run. `unplaced` were sent, nobody knows when; `set_back` is in seconds."""

    probes: list[Sent]
    unplaced: int
    set_back: float


def steps(lines: Sequence[PingLine]) -> list[float]:
    """Seconds between the stamps of probes that follow each other."""
    out, before = [], None
    for line in lines:
        if line.at is None or line.seq is None or line.said is PingEnd.REFUSED:
            continue
        sent = line.at - line.rtt
        if before and (line.seq - before[0]) % WRAP == 1 and line.said is before[2] and sent > before[1]:
            out.append(sent - before[1])
        before = (line.seq, sent, line.said)
    return out


def place(lines: Sequence[PingLine], summary: Sequence[tuple[int, float | None]], step: float) -> Timing:
    """The probes of one run in order of their number, each with its time of sending.

    `summary` holds probes sent and seconds taken, where the run was ended properly; `step` in seconds.
    """
    known, set_back = _numbered(lines, step)
    known = {n: line for n, line in known.items() if line.at is not None}
    timed: list[tuple[int, Sent]] = []
    for n in sorted(known):
        timed.append((n, Sent(_sent(n, known, step), known[n].row, *_rest(known[n]))))
    locals_without_line = sum(line.said is PingEnd.LOCAL and line.seq is None for line in lines)
    locals_placed = sum(line.said is PingEnd.LOCAL for line in known.values())
    probes, unplaced = _fill(timed, step, locals_without_line - locals_placed)
    if timed and summary:
        tail, left = _tail(timed, summary[-1], step)
        probes, unplaced = probes + tail, unplaced + left
    return Timing(probes, unplaced, set_back)


def _rest(line: PingLine) -> tuple[PingEnd, float, str]:
    return line.said, line.rtt if line.said is PingEnd.ANSWER else 0.0, line.by


def _numbered(lines: Sequence[PingLine], step: float) -> tuple[dict[int, PingLine], float]:
    """The line that counts for each probe, by its number without wraps; and how far the clock went back.

    An answer beats 'no answer yet' (it came late and proves that the line was up); the first answer
    beats its duplicates.
    """
    known: dict[int, PingLine] = {}
    last, last_at, set_back, refused = 0, None, 0.0, False
    for line in lines:
        if line.seq is None:  # 'sendmsg: Network is unreachable' has no number: it is the next probe's
            refused = True
            continue
        at = line.at if line.at is not None else last_at
        elapsed = 0.0 if last_at is None or at is None else at - last_at
        if elapsed < -SET_BACK:
            set_back = max(set_back, -elapsed)
        n = whole_number(line.seq, last, elapsed / step) if known else line.seq
        if line.said is PingEnd.NO_ANSWER_YET and refused:
            line, refused = line._replace(said=PingEnd.LOCAL), False
        if n not in known or (line.said is PingEnd.ANSWER and known[n].said is not PingEnd.ANSWER):
            known[n] = line
        elif line.said is PingEnd.REFUSED or known[n].said is PingEnd.REFUSED:
            known[n] = _both(known[n], line)
        last, last_at = max(last, n), at
    return known, set_back


def _both(one: PingLine, other: PingLine) -> PingLine:
    """An ICMP error and 'no answer yet' for the same probe: the error says why, the other says when."""
    error, plain = (one, other) if one.said is PingEnd.REFUSED else (other, one)
    return plain if plain.said is not PingEnd.NO_ANSWER_YET else error._replace(at=plain.at, row=plain.row)


def _sent(n: int, known: dict[int, PingLine], step: float) -> float:
    """When probe n was sent: exactly where it was answered or the one before it was given up."""
    line = known[n]
    at = line.at or 0.0
    if line.said is PingEnd.ANSWER:
        return at - line.rtt
    before = known.get(n - 1)
    if before is not None and before.at is not None and before.said in (PingEnd.NO_ANSWER_YET, PingEnd.LOCAL):
        return before.at  # its 'no answer yet' was printed when this one went out
    sent = at - step if line.said is not PingEnd.REFUSED else at
    floor = before.at - before.rtt if before is not None and before.at is not None else None
    return sent if floor is None else max(sent, floor)


def _fill(timed: list[tuple[int, Sent]], step: float, local: int) -> tuple[list[Sent], int]:
    """Put the numbers that have no line between their neighbours, where the time fits to the numbers."""
    out, unplaced = [], 0
    for i, (n, probe) in enumerate(timed):
        if i:
            m, before = timed[i - 1]
            missing, each = n - m - 1, (probe.at - before.at) / (n - m)
            if missing and 0.5 * step <= each <= 1.5 * step:
                for k in range(1, missing + 1):
                    said, local = (PingEnd.LOCAL, local - 1) if local > 0 else (PingEnd.MISSING, local)
                    out.append(Sent(before.at + k * each, probe.row, said))
            else:
                unplaced += missing
        out.append(probe)
    return out, unplaced


def _tail(
    timed: list[tuple[int, Sent]], summary: tuple[int, float | None], step: float
) -> tuple[list[Sent], int]:
    """The last probes never get a line; the summary counts them. They are placed if its time agrees."""
    sent, took = summary
    last, probe = timed[-1]
    first = timed[0][1]
    missing = sent - last
    if missing <= 0:
        return [], 0
    if took is not None and timed[0][0] <= 1:
        each = (first.at + took - probe.at) / missing
        if not 0.5 * step <= each <= 1.5 * step:
            return [], missing
    elif missing > 1:
        return [], missing
    return [Sent(probe.at + k * step, probe.row, PingEnd.MISSING) for k in range(1, missing + 1)], 0


class _Session(NamedTuple):
    """One run of ping: its target, its own address where it says so, and its lines."""

    target: str
    own: str
    lines: list[PingLine]
    sent: list[tuple[int, float | None]]  # the summary: probes sent, seconds it took


def _sessions(rows: list[str]) -> tuple[list[_Session], list[tuple[int, str]]]:
    """The runs of ping in a file, one after the other, and the lines that nobody knows."""
    found, rejected = [_Session("", "", [], [])], []
    for row, raw in enumerate(rows, 1):
        if hit := ANSWER.match(raw):
            line = _line(hit, row)
            if not found[-1].target:  # the log was cut: the target stands in the answers only
                found[-1] = found[-1]._replace(target=hit["ip"] or hit["who"] or "?")
            if line:
                found[-1].lines.append(line)
        elif hit := HEAD.match(raw):
            found.append(_Session(_target(hit), hit["own"] or "", [], []))
        elif LOCAL.match(raw):
            found[-1].lines.append(PingLine(PingEnd.LOCAL, None, None, row))
        elif hit := SUMMARY.match(raw):
            found[-1].sent.append((int(hit["sent"]), int(hit["ms"]) / 1000 if hit["ms"] else None))
        elif not OTHER.match(raw):
            rejected.append((row, raw))
    return [s for s in found if s.target], rejected


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
    if hit["why"].startswith(NO_FAULT):
        return None
    return PingLine(PingEnd.REFUSED, int(hit["refused"]), at, row, by=hit["by_ip"] or hit["by"])


def observations(blob: Blob) -> list[tuple[str, float, int, list[Observation]]]:
    """Of each target: its name, its step, how many probes have no place, its probes in order of time."""
    sessions, _ = _sessions(lines(blob))
    out = []
    for target in dict.fromkeys(s.target for s in sessions):
        mine = [s for s in sessions if s.target == target]
        distances = [d for s in mine for d in steps(s.lines)]
        step = round(median(distances), 3) if distances else 1.0
        timings = [place(s.lines, s.sent, max(step, 0.001)) for s in mine]
        owns = {s.own for s in mine if s.own} | {"127.0.0.1", "::1"}
        probes = sorted((p for t in timings for p in t.probes), key=lambda p: p.at)
        unplaced = sum(t.unplaced for t in timings)
        out.append((target, step, unplaced, [_observation(p, owns) for p in probes]))
    return out


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
