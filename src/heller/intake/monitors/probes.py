"""What the readers of monitors share: probes in order, their step, the host that a target names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from urllib.parse import urlsplit

from msgspec.structs import replace

from heller.model.errors import InputRefused
from heller.model.finding import Locator
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation, Observations
from heller.model.record import Blob
from heller.model.text import text

DAY = 86_400.0
MOST_BYTES = 128 << 20  # of one text; in memory its probes take about ten times as much
MOST_LOST = 20  # probes lost within one step that are told one by one

# What a tool writes where another answered in the target's name: a portal, a redirection.
_OTHER = re.compile(
    r"altnames|certificate is valid for|not valid for (?:the )?(?:name|host)|hostname.{0,20}mismatch|"
    r"self.signed|unable to (?:get|verify) (?:local )?issuer|unknown authority|keyword is not in|"
    r"status code 511|^511 - |captive|login page",
    re.IGNORECASE,
)
# And where something outside did answer, though not as it was wished: the line carried it.
_ANSWERED = re.compile(
    r"status code [1-5]\d\d|^[1-5]\d\d - |ECONNREFUSED|connection refused|ECONNRESET|certificate|"
    r"keyword|not found in|response body|unexpected (?:status|response)|parse error",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EPERM|network is (?:un|down)|operation not permitted", re.I
)
_REMOTE = re.compile(r"EHOSTUNREACH|no route to host|host (?:is )?unreachable|net unreachable", re.I)
_NAME = re.compile(r"ENOTFOUND|EAI_AGAIN|no such host|name resolution|getaddrinfo", re.I)


def failure_of(said: str) -> Failure | None:
    """How a probe failed by the words of its tool; None where something outside answered."""
    if _OTHER.search(said):
        return Failure.OTHER
    if _ANSWERED.search(said):
        return None
    if name_failure(said):
        return Failure.NAME
    if _LOCAL.search(said):
        return Failure.LOCAL
    return Failure.UNREACHABLE if _REMOTE.search(said) else Failure.TIMEOUT


def name_failure(said: str) -> bool:
    """Whether a probe failed before it was sent, because the name was not resolved."""
    return bool(_NAME.search(said))


def host_of(place: str) -> str:
    """The host in an address of the web, in host:port, or the word itself.

    >>> host_of("https://www.example.com:8443/x"), host_of("203.0.113.7:9100"), host_of("[2001:db8::1]:80")
    ('www.example.com', '203.0.113.7', '2001:db8::1')
    """
    raw = place.strip()
    try:
        found = urlsplit(raw if "//" in raw else f"//{raw}").hostname
    except ValueError:
        return raw
    if raw.count(":") > 1 and not raw.startswith("[") and "//" not in raw:
        return raw  # an IPv6 address by itself
    return found or raw


def in_order(probes: Iterable[Observation]) -> tuple[Observation, ...]:
    """Probes in order of time, then of row."""
    return tuple(sorted(probes, key=lambda probe: (probe.at, probe.row)))


def step_of(probes: Sequence[Observation], usual: float = 0.0) -> float:
    """The usual distance of probes in order, in seconds; `usual` where it cannot be told from them."""
    apart = [(b.at - a.at).total_seconds() for a, b in pairwise(probes) if not a.width]
    apart = [gap for gap in apart if gap > 0]
    return round(median(apart), 3) if apart else usual or max((p.width for p in probes), default=1.0) or 1.0


def log(
    target: str,
    probes: Iterable[Observation],
    digest: str,
    *,
    step: float | None = None,
    usual: float = 0.0,
    uncertainty: float = 0.0,
) -> ProbeLog:
    """One log of one target. Without `step` it is the usual distance of the probes."""
    found = in_order(probes)
    row = min((probe.row for probe in found), default=1)
    return ProbeLog(
        target=target,
        observations=Observations.of(found),
        step=step or step_of(found, usual),
        source=Locator(digest, f"row {row}"),
        uncertainty=uncertainty,
    )


def in_turn(found: Sequence[Observation]) -> tuple[Observation, ...]:
    """Probes of one coarse stamp keep the order of their rows: the n-th of a minute was sent within that minute and
    after the ones before it."""
    turned: list[Observation] = []
    at, turn = None, 0
    for probe in found:
        turn = turn + 1 if probe.width and probe.at == at else 0
        at = probe.at
        late = timedelta(microseconds=turn)
        turned.append(replace(probe, at=at + late, width=probe.width - turn / 1e6) if turn else probe)
    return tuple(turned)


def losses(at: datetime, row: int, width: float, count: int) -> list[Observation]:
    """So many probes that were sent within a step and lost, at most `MOST_LOST` of them told."""
    return [Observation(at, row, Failure.TIMEOUT, width=width)] * min(count, MOST_LOST)


def spread(start: datetime, end: datetime, row: int, apart: float, *, up: bool) -> Iterator[Observation]:
    """Probes that went out in step over [start, end), all answered or all lost: one within each stretch of
    `apart` seconds."""
    at, width = start, timedelta(seconds=max(apart, 1.0))
    while at < end:
        length = min(width, end - at).total_seconds()
        yield Observation(at, row, None if up else Failure.TIMEOUT, width=length)
        at += width


def refuse_too_long(blob: Blob) -> None:
    """Raises InputRefused for a text whose probes would not fit into the memory of an ordinary computer."""
    if len(blob.data) > MOST_BYTES:
        raise InputRefused(
            text("{name} is a text of more than {most} MB.", name=blob.name, most=MOST_BYTES >> 20),
            text("Each of its lines is a probe that is kept in memory."),
            text(
                "Cut a copy into parts of whole lines with: split -C 100M FILE part- and add those that matter; "
                "keep the whole."
            ),
        )
