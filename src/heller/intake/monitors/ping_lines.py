"""The lines of ping as columns: which probe each tells of, how it ended, when it was printed.

The lines that nearly all of a long log consists of are told apart in bulk; every other one by itself.
It places no probe in time.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from heller.intake.written.log_lines import pieces
from heller.model.record import Blob

Numbers: TypeAlias = "NDArray[np.integer[Any]]"
Seconds: TypeAlias = "NDArray[np.float64]"

HEAD = re.compile(
    r"PING (?P<name>\S+?) ?\((?P<ip>[^)]+)\)(?: from (?P<own>\S+?)(?: \S+)?:)?|PING6?\b|Ping(?:ing| wird)"
)
ANSWER = re.compile(
    r"(?:\[(?P<at>\d{9,10}\.\d+)\] )?(?:"
    r"\d+ (?:bytes from|Bytes von) (?P<who>[^ ]+)(?: \((?P<ip>[^)]+)\))?: (?:icmp_)?seq=(?P<seq>\d{1,6})"
    r"(?: (?:ttl|hlim)=\d+)?(?: (?:time|Zeit)[=<](?P<rtt>\d{1,8}(?:[.,]\d{1,6})?) ?ms)?(?P<mark>.*)"
    r"|(?:no answer yet for|noch keine Antwort für) icmp_seq=(?P<lost>\d{1,6})"
    r"|(?:From|Von) (?P<by>[^ ]+)(?: \((?P<by_ip>[^)]+)\))?:? icmp_seq=(?P<refused>\d{1,6}) (?P<why>.*))$"
)
LOCAL = re.compile(r"(?:\[[\d.]+\] )?(?:ping6?: (?:sendmsg|sendto|connect)|connect: )")
SUMMARY = re.compile(
    r"(?P<sent>\d{1,9}) (?:packets transmitted, \d+ (?:packets )?received|Pakete übertragen, \d+ empfangen)"
    r".*?(?:(?:time|Zeit) (?P<ms>\d{1,9})ms)?$"
)
OTHER = re.compile(
    r"$|--- .* ---$|rtt |round-trip |pipe \d|WARNING: |WARNUNG: |PING|Request timeout|Vr HL|( *[0-9a-f]+){8,}"
    r"|\d+ bytes |ping6?: |\^C|Warning: |Antwort von|Reply from|Zeit|Request timed|Ping"
    r"|.*(Mini|Gesendet|Sent = |%)"
)
NO_FAULT = ("Redirect", "Source Quench", "Netzwerk umleiten", "Host umleiten")
BULK = (  # stamped answers and losses: a part of what `ANSWER` knows, in the words of polars, which takes no part of it
    r"^\[[0-9]{9,10}\.[0-9]+\] (?:[0-9]+ (?:bytes from|Bytes von) [^ =]+(?: \([^)=]+\))?: (?:icmp_)?seq=[0-9]{1,6}"
    r"(?: (?:ttl|hlim)=[0-9]+)? (?:time|Zeit)[=<][0-9]{1,8}(?:[.,][0-9]{1,6})? ?ms.*"
    r"|(?:no answer yet for|noch keine Antwort für) icmp_seq=[0-9]{1,6})$"
)
BEHIND_NUMBER = (
    " tlhim=eZ"  # signs that may stand within six of the first digit of a number and are none of it
)
RTT = 18  # signs of the longest round trip with its unit


class PingEnd(IntEnum):
    """What a line says of a probe."""

    ANSWER = 0
    NO_ANSWER_YET = 1
    REFUSED = 2  # an ICMP error came back
    LOCAL = 3  # the own host could not send
    MISSING = 4  # no line at all: only its number is missing


class PingLines(NamedTuple):
    """Lines in the order of the file: `at` is the time of printing in seconds since 1970 (NaN without one),
    `seq` as printed (-1 without one), `rtt` in seconds, `by` a number of who sent an ICMP error (0: nobody)."""

    said: Numbers
    seq: Numbers
    at: Seconds
    row: Numbers
    rtt: Seconds
    by: Numbers

    def part(self, which: NDArray[Any] | slice) -> PingLines:
        """Some of them, or all in another order."""
        if isinstance(which, np.ndarray) and which.dtype == np.bool_ and which.all():
            return self
        return PingLines._make(column[which] for column in self)


KINDS = (np.uint8, np.int32, np.float64, np.int32, np.float64, np.int32)  # of the columns


class PingRun(NamedTuple):
    """One run of ping: its target, its own address where it says so, its lines, and what its summary counts:
    probes sent, seconds it took."""

    target: str
    own: str
    lines: PingLines
    sent: list[tuple[int, float | None]]

    def has_times(self) -> bool:
        """Whether some line says when it was printed."""
        return not bool(np.isnan(self.lines.at).all())


class PingFile(NamedTuple):
    """The runs of ping in a file, who sent ICMP errors, how many rows it has, the rows that nobody knows."""

    runs: list[PingRun]
    senders: list[str]
    rows: int
    rejected: list[tuple[int, str]]


class _Begun(NamedTuple):
    """The head of a run: the row from which it counts, its target ('' where it has no head), its own address."""

    row: int
    target: str
    own: str
    sent: list[tuple[int, float | None]]


class _Singles:
    """What the lines say that are told by themselves."""

    def __init__(self) -> None:
        self.begun = [_Begun(0, "", "", [])]
        self.lines: list[tuple[int, int, float, int, float, int]] = []
        self.senders: dict[str, int] = {"": 0}
        self.rejected: list[tuple[int, str]] = []

    def add(self, row: int, raw: str) -> None:
        """One line."""
        if hit := ANSWER.match(raw):
            self._name(hit)
            self._line(hit, row)
        elif hit := HEAD.match(raw):
            self.begun.append(_Begun(row, _target(hit), hit["own"] or "", []))
        elif LOCAL.match(raw):
            self.lines.append((PingEnd.LOCAL, -1, np.nan, row, 0.0, 0))
        elif hit := SUMMARY.match(raw):
            took = int(hit["ms"]) / 1000 if hit["ms"] else None
            self.begun[-1].sent.append((int(hit["sent"]), took))
        elif not OTHER.match(raw):
            self.rejected.append((row, raw))

    def needs_name(self) -> bool:
        """Whether the log was cut before its head: then the target stands in the answers only."""
        return not self.begun[-1].target

    def _name(self, hit: re.Match[str]) -> None:
        if self.needs_name():
            self.begun[-1] = self.begun[-1]._replace(target=hit["ip"] or hit["who"] or "?")

    def _line(self, hit: re.Match[str], row: int) -> None:
        """What one line says; one that says nothing about a probe is left out."""
        at = float(hit["at"]) if hit["at"] else np.nan
        if hit["seq"]:
            rtt = float(hit["rtt"].replace(",", ".")) / 1000 if hit["rtt"] else 0.0
            self.lines.append((PingEnd.ANSWER, int(hit["seq"]), at, row, rtt, 0))
        elif hit["lost"]:
            self.lines.append((PingEnd.NO_ANSWER_YET, int(hit["lost"]), at, row, 0.0, 0))
        elif not hit["why"].startswith(NO_FAULT):
            by = self.senders.setdefault(hit["by_ip"] or hit["by"], len(self.senders))
            self.lines.append((PingEnd.REFUSED, int(hit["refused"]), at, row, 0.0, by))


def read_lines(blob: Blob) -> PingFile:
    """All lines of a file."""
    singles, bulk, rows = _Singles(), [], 0
    for piece in pieces(blob):
        lines = pl.Series([piece]).str.split("\n").explode().str.strip_chars_end("\r")
        known = lines.str.contains(BULK)
        if singles.needs_name() and known.any():
            first = int(known.arg_max() or 0)
            for at in range(first + 1):  # in their order, for the first of them names the target
                singles.add(rows + at + 1, lines[at])
            known = known & (pl.int_range(len(lines), eager=True) > first)
            rest = (~known).arg_true().filter((~known).arg_true() > first)
        else:
            rest = (~known).arg_true()
        for at in rest:
            singles.add(rows + at + 1, lines[at])
        bulk.append(_columns(lines.filter(known), known.arg_true().to_numpy() + rows + 1))
        rows += len(lines)
    whole = _whole(bulk, singles)
    return PingFile(_runs(whole, singles.begun), list(singles.senders), rows, singles.rejected)


def _columns(known: pl.Series, rows: NDArray[np.uint32]) -> PingLines:
    """Lines that `BULK` knows, cut where their signs stand: a pattern that gives its parts takes five times as long."""
    at = known.str.slice(1, known.str.find("]", literal=True) - 1).cast(pl.Float64).to_numpy()
    tail = known.str.splitn("seq=", 2).struct.field("field_1")
    seq = tail.str.slice(0, 6).str.strip_chars_end(BEHIND_NUMBER).cast(pl.Int32).to_numpy()
    took = tail.str.find("time", literal=True).fill_null(tail.str.find("Zeit", literal=True))
    lost = took.is_null()
    rtt = tail.str.slice(took + 5, RTT)
    rtt = rtt.str.slice(0, rtt.str.find("ms", literal=True)).str.strip_chars_end(" ")
    seconds = rtt.str.replace(",", ".", literal=True).cast(pl.Float64).fill_null(0.0).to_numpy() / 1000
    said = np.where(lost.to_numpy(), np.uint8(PingEnd.NO_ANSWER_YET), np.uint8(PingEnd.ANSWER))
    return PingLines(said, seq, at, rows.astype(np.int32), seconds, np.zeros(len(said), np.int32))


def _whole(bulk: list[PingLines], singles: _Singles) -> PingLines:
    """All lines in their order; what was told in bulk is used up column by column."""
    single = zip(*singles.lines, strict=True) if singles.lines else ([] for _ in PingLines._fields)
    columns = [
        [*parts, np.array(list(more), kind)] for *parts, more, kind in zip(*bulk, single, KINDS, strict=True)
    ]
    bulk.clear()
    joined = PingLines._make(np.concatenate(columns.pop(0)) for _ in PingLines._fields)
    return joined.part(np.argsort(joined.row, kind="stable")) if singles.lines else joined


def _runs(lines: PingLines, begun: list[_Begun]) -> list[PingRun]:
    edges = np.searchsorted(lines.row, [run.row for run in begun] + [2**62])
    return [
        PingRun(run.target, run.own, lines.part(slice(edges[n], edges[n + 1])), run.sent)
        for n, run in enumerate(begun)
        if run.target
    ]


def _target(head: re.Match[str]) -> str:
    """`1.2.3.4`, or `name (1.2.3.4)` where a name was asked for."""
    if not head["ip"]:
        return "?"
    return str(head["ip"]) if head["name"] == head["ip"] else f"{head['name']} ({head['ip']})"
