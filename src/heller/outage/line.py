"""What the watch of one uplink saw: its targets by depth, and when nobody watched.

It gives no verdict. A probe that the own host could not send is no observation of the line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from heller.model.finding import Locator
from heller.model.sample import Carrier, Depth, SampleHeader, Upset, UpsetKind, run_lengths
from heller.model.span import Span
from heller.outage.columns import Block, Frame, Probed, Track, tracks
from heller.outage.micros import Edge, beside, join, meets, micros, near, outside, span
from heller.outage.probe_counts import count
from heller.outage.rule import AFTER_GAP, BEFORE_GAP, GAP_STEPS, LATE_ANSWER

if TYPE_CHECKING:
    from polars import Series

# Private use, link-local, loopback, unique local (RFC 1918, 3927, 4193, 4291). Documentation addresses
# (RFC 5737) and shared address space of providers (RFC 6598) lie outside the house.
_INSIDE = [
    ip_network(net)
    for net in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
]

ONE_SECOND = 1_000_000
BEFORE = BEFORE_GAP // timedelta(microseconds=1)
AFTER = AFTER_GAP // timedelta(microseconds=1)
# Upsets in which the watcher itself was not there, or had no network of its own.
BLIND = (UpsetKind.SUSPEND, UpsetKind.FREEZE, UpsetKind.REBOOT, UpsetKind.LINK_DOWN, UpsetKind.LINK_UP)


class Line(NamedTuple):
    """One uplink. `outer` are the targets that decide, `inner` those in the house, `hops` the provider's
    first hops; `covered` holds the watched time of each outer target, `holes` is when nobody watched,
    `late` how long a loss of each outer target may have been on its way."""

    name: str
    outer: tuple[Track, ...]
    inner: tuple[Track, ...]
    hops: tuple[Track, ...]
    span: Span
    covered: tuple[tuple[Edge, ...], ...]
    holes: tuple[Span, ...]
    late: tuple[timedelta, ...]
    local: int
    offline: tuple[Span, ...] = ()  # the own host had no link
    carriers: tuple[Carrier, ...] = ()  # who carried, look by look
    addresses: tuple[str, ...] = ()  # public ones that the line has, where they were said

    @property
    def unsure(self) -> timedelta:
        """What the watcher's clock may be off."""
        return timedelta(seconds=max(track.probed.unsure for track in self.outer))

    @property
    def source(self) -> Locator:
        """Where the first outer target's samples stand."""
        return self.outer[0].probed.source

    @property
    def steps(self) -> list[float]:
        """Seconds between two probes of each outer target."""
        return [track.probed.step for track in self.outer]

    def lost(self, start: datetime, end: datetime) -> int:
        """How many probes of outer targets sent within [start, end) were lost."""
        first, last = micros(start), micros(end)
        found = 0
        for track in self.outer:
            at = track.lost["at"]
            found += bisect_left(at, last) - bisect_left(at, first)
        return found


def address(target: str) -> IPv4Address | IPv6Address | None:
    """The address of a target that is one, or that has one in brackets."""
    inner = re.search(r"\(([^)]+)\)", target)
    try:
        return ip_address((inner[1] if inner else target).split("%")[0])
    except ValueError:
        return None


def is_inside(target: str) -> bool:
    """Whether a target stands in the own house: a gateway, a server; it tells of the cause only."""
    found = address(target)
    if found is None:
        return "." not in target or target.endswith((".box", ".local", ".lan", ".home.arpa"))
    return any(found in net for net in _INSIDE)


def network_of(target: str) -> str:
    """The /16 (IPv4) or /32 (IPv6) of a target, the usual size of one owner's block; else its name."""
    found = address(target)
    if found is None:
        return target
    return str(ip_network((found, 16 if found.version == 4 else 32), strict=False))


def of_head(head: SampleHeader, frame: Frame, uplink: str) -> Block:
    """The targets of one uplink in a table of samples, with the upsets of the watch."""
    source = Locator("", head.session)
    clock = max(head.clock, 0) / 1_000_000
    targets = {
        t.number: Probed(
            uplink,
            t.depth,
            t.name,
            t.network or network_of(t.address),
            head.step / 1_000_000,
            clock,
            source,
            t.address,
            t.protocol,
        )
        for t in head.targets
        if t.uplink == uplink
    }
    mine = [u for u in head.upsets if u.uplink in ("", uplink)]
    down = offline(mine, head.watched[-1][1] if head.watched else 0)
    holes = [(u.start, u.end) for u in mine if u.kind in BLIND] + down
    if head.watched:
        whole = (head.watched[0][0], head.watched[-1][1])
        holes += beside(whole, head.watched)
    edge = (head.watched[0][0], head.watched[-1][1]) if head.watched else (0, 2**62)
    carriers = tuple(look for look in head.carriers if look.uplink == uplink)
    return Block(frame, targets, tuple(holes), tuple(down), edge, carriers, head.addresses.get(uplink, ""))


def offline(upsets: Iterable[Upset], end: int) -> list[Edge]:
    """When the own host had no link: from the last look that found it there to the first that found it back,
    or to the `end` of the watch. Nothing in between was observed, whatever single probes say."""
    found: list[Edge] = []
    since: int | None = None
    for upset in sorted(upsets, key=lambda u: u.start):
        if upset.kind is UpsetKind.LINK_DOWN and since is None:
            since = upset.start
        elif upset.kind is UpsetKind.LINK_UP and since is not None:
            found.append((since, upset.end))
            since = None
    return found if since is None else [*found, (since, max(since, end))]


def line(name: str, blocks: Sequence[Block]) -> Line | None:
    """The line as its tables show it; None where no outer target was probed."""
    upset = [hole for block in blocks for hole in block.holes]
    offline = join(edge for block in blocks for edge in block.offline)
    found = of_tracks(name, tracks(blocks), upset, offline)
    if found is None:
        return None
    said = dict.fromkeys(block.address for block in blocks if block.address)
    looks = run_lengths(look for block in blocks for look in block.carriers)
    return found._replace(carriers=looks, addresses=tuple(said))


def of_tracks(
    name: str, every: Sequence[Track], upset: Sequence[Edge], offline: Sequence[Edge] = ()
) -> Line | None:
    """The same from tracks; `upset` are the times in which the watch was disturbed."""
    found = [track for track in every if len(track.runs) or track.local]
    outer = [t for t in found if t.probed.depth is Depth.OUTSIDE]
    ends = [edge for t in outer for edge in (t.pieces[:1] + t.pieces[-1:])]
    if not ends:
        return None
    whole = (min(start for start, _ in ends), max(end for _, end in ends))
    outer = [_quarantined(track, upset, whole[1]) for track in outer]
    covered = tuple(_covered(track, upset) for track in outer)
    holes = _gaps(beside(whole, (edge for edges in covered for edge in edges)), outer, upset)
    return Line(
        name,
        tuple(outer),
        tuple(t for t in found if t.probed.depth is Depth.GATEWAY),
        tuple(t for t in found if t.probed.depth is Depth.HOP),
        span(whole),
        covered,
        tuple(span(hole) for hole in holes),
        late(outer),
        sum(t.local for t in outer),
        tuple(span(edge) for edge in offline),
    )


def _gaps(holes: Sequence[Edge], outer: Sequence[Track], upset: Sequence[Edge]) -> list[Edge]:
    """The holes that are more than a few steps of the most frequent target, as between two files; an upset always
    is one."""
    least = GAP_STEPS * min(track.probed.step for track in outer) * 1_000_000
    every = join(upset)
    return [hole for hole in holes if hole[1] - hole[0] > least or meets(hole, every)]


def late(outer: Sequence[Track]) -> tuple[timedelta, ...]:
    """The round trip within which nearly all answers of each target came; a page takes longer than an echo."""
    import polars as pl

    every = [track.rtts.cast(pl.Float64).sort() for track in outer]
    whole = pl.concat(every).sort() if not all(map(len, every)) else every[0]
    return tuple(_nearly_all(own if len(own) else whole) for own in every)


def _nearly_all(rtts: Series) -> timedelta:
    return timedelta(seconds=rtts[int(len(rtts) * LATE_ANSWER)] if len(rtts) else 0.0)


def _quarantined(track: Track, upset: Sequence[Edge], end: int) -> Track:
    """Without the losses beside a gap or an upset: a computer that falls asleep or wakes up loses probes by
    itself. They count neither as up nor as down."""
    pieces = track.pieces
    if pieces and end - pieces[-1][1] > GAP_STEPS * track.probed.step * 1_000_000:
        pieces = (*pieces, (end, end))  # it was not asked any more
    gaps = [(one[1], other[0]) for one, other in pairwise(pieces)]
    windows = [(start - BEFORE + 1, end + AFTER) for start, end in (*gaps, *upset)]
    if not windows or not len(track.lost):
        return track
    return track._replace(lost=track.lost.filter(outside(track.lost["at"], windows)))


def _covered(track: Track, upset: Sequence[Edge]) -> tuple[Edge, ...]:
    """The time in which a target was watched: from probe to probe, without upsets and quarantine."""
    alive = track.runs.filter(~track.runs["lost"])
    first, last, lost = alive["first"], alive["last"], track.lost["at"]
    out = []
    every = join(upset)
    for piece in track.pieces:
        for start, end in beside(piece, near(piece, every)):
            i, j = bisect_left(last, start), bisect_left(lost, start)
            begins = [max(first[i], start)] if i < len(first) else []
            begins += [lost[j]] if j < len(lost) else []
            i, j = bisect_right(first, end) - 1, bisect_right(lost, end) - 1
            finish = [min(last[i], end)] if i >= 0 else []
            finish += [lost[j]] if j >= 0 else []
            if begins and finish and min(begins) < max(finish):
                out.append((min(begins), max(finish)))
    return tuple(out)


def heard(line: Line, span_: Span) -> list[Span]:
    """When the outer targets were answered within a span: from answer to answer of a run."""
    import polars as pl

    edge = (micros(span_.start), micros(span_.end))
    found: list[Edge] = []
    for track in line.outer:
        runs = track.runs.filter(
            ~track.runs["lost"] & (pl.col("last") >= edge[0]) & (pl.col("first") <= edge[1])
        )
        for first, last in runs.select("first", "last").iter_rows():
            if first >= edge[0] or last <= edge[1] or count(track, edge)[1]:
                found.append((max(first, edge[0]), max(min(last, edge[1]), max(first, edge[0]) + ONE_SECOND)))
    return [span(one) for one in join(found)]


def answer_counts(found: Iterable[Track], certain: Span) -> list[tuple[Track, int, int]]:
    """Of each target: how many of its probes were sent in a span, and how many of them were answered."""
    edge = (micros(certain.start), micros(certain.end))
    counted = [(track, *count(track, edge)) for track in found]
    return [(track, sent, good) for track, sent, good in counted if sent]
