"""Raw samples as `ping -D -O` would have printed them, one file per target: what a provider asks for.

Only echo requests are written so; questions of DNS and pages were no pings. A pause of the watch begins a new
run with numbers from 1, so that nobody takes it for losses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from heller.model.sample import ALIVE, LOST, Outcome, Target

SECOND = 1_000_000
_ALIVE, _LOST = frozenset(map(int, ALIVE)), frozenset(map(int, LOST))
_SENT = _ALIVE | _LOST | {int(Outcome.LOCAL)}

Sent = tuple[int, int, float]  # when, Outcome, seconds until the answer (nan: not kept, or none)


def file_name(target: Target) -> str:
    """A name that every file system takes."""
    address = target.address.replace(":", "-").replace("%", "-")
    uplink = "".join(c if c.isalnum() or c in "-_" else "-" for c in target.uplink)
    who = "target" if target.outside else target.depth.name.lower()
    return f"{uplink}_{who}_{address}.txt"


def lines(address: str, sent: Sequence[Sent], watched: Sequence[tuple[int, int]], step: int) -> Iterator[str]:
    """The lines of one target: `sent` in order of time, `watched` spans and `step` in microseconds."""
    ends = [end + SECOND for _, end in watched]  # the last probe goes out after the last tick
    runs: list[list[Sent]] = []
    last = None
    for one in sent:
        if one[1] not in _SENT:
            continue
        place = bisect_left(ends, one[0])
        if place != last:
            runs.append([])
        runs[-1].append(one)
        last = place
    for run in runs:
        yield f"PING {address} ({address}) 56(84) bytes of data."
        yield from (line for _, line in sorted(_run(address, run, step), key=lambda told: told[0]))


def _run(address: str, run: Sequence[Sent], step: int) -> Iterator[tuple[int, str]]:
    """Each line with its stamp: an answer when it came, a loss when the next probe went out."""
    for seq, (at, outcome, rtt) in enumerate(run, 1):
        number = seq % 65536  # 16 bits (RFC 792)
        following = run[seq][0] if seq < len(run) else at + step
        if outcome in _ALIVE:
            kept = rtt == rtt  # nan is unlike itself
            came = at + round(rtt * SECOND) if kept else at
            took = f" time={rtt * 1000:.3f} ms" if kept else ""
            yield came, f"[{_stamp(came)}] 64 bytes from {address}: icmp_seq={number}{took}"
            continue
        if outcome == Outcome.UNREACHABLE:
            yield at, f"[{_stamp(at)}] From unknown icmp_seq={number} Destination Host Unreachable"
            continue
        if outcome == Outcome.LOCAL:
            yield at, f"[{_stamp(at)}] ping: sendmsg: Network is unreachable"
        yield following, f"[{_stamp(following)}] no answer yet for icmp_seq={number}"


def _stamp(at: int) -> str:
    return f"{at // SECOND}.{at % SECOND:06}"
