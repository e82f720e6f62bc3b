"""Outages without a monitor: the silence of the office in a server's log, judged by its own rate.

The model, in full. Hits within ten minutes of the last one that counted are one burst. The rate of bursts of
each hour of the week is that of the log itself, the silence left out and one hour without a burst added. The
bursts of an interval follow a negative binomial law: with g expected, none come with probability
(1 + g/k)^-k. k is estimated from days and blocks of two hours, at most `K_PEOPLE` for people, `K_MACHINE` for
a client that comes day and night. Only the office's core hours count, only on days on which it was seen, and
only quarters of an hour in which others were served. A silence over night says nothing of the days in it: they
may be a holiday. It is judged by the rest of the day on which it began and the part of the day on which it
ended, each with `EDGE` at least, because people go home early and come late, and by the share of other days
that had as long a silence where that is a habit; whole days between count with the share of days on which the
office did not come at all. It is an outage where the product is at most `MOST` and each edge at most `EACH`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from heller.outage.evidence.bursts import BIN, THIN, Floats, Grid, thin
from heller.outage.evidence.office import DAY, Ints, Server

MOST = 1e-6  # a silence more probable than that is no statement
SURE = 1e-3  # by then a burst would have come: the bound that a claim uses
LEAST_DAYS = 42  # of log beside the silence: six of each hour of the week
K_PEOPLE, K_MACHINE = 8.0, 40.0
ROUND_THE_CLOCK = 0.9  # share of the days on which a client came that have a burst every two hours
EDGE = 1e-4
EACH = 0.03  # each edge of a silence must be so improbable by itself: one alone proves nothing
HABIT = 0.01  # share of days from which an early end, a late begin or a long pause is a habit
SEEN = 0.5  # share of the bursts expected outside the silence that a day must show to count as open
SEEN_LEAST = 3.0  # and so many at least: somebody who looks in on a day off is no open office
WORTH = 5.0  # bursts expected, from which a silence is looked at


class Silence(NamedTuple):
    """A silence of the office between two of its hits (numbers of hits of the server). `expected` bursts in
    the core hours that count, `p` its probability under the model; `by` the instants by which a burst would
    have come, forwards and backwards, but for `SURE`; `others` hits of others meanwhile; `why` is a code for
    what forbids a statement, '' where nothing does."""

    server: Server
    before: int
    after: int
    expected: float
    p: float
    by: tuple[int, int]
    others: int
    k: float
    days: int
    why: str = ""

    @property
    def start(self) -> datetime:
        """The last hit before it."""
        return _moment(int(self.server.times[self.before]))

    @property
    def end(self) -> datetime:
        """The first hit after it."""
        return _moment(int(self.server.times[self.after]))


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def silences(server: Server) -> Iterator[Silence]:
    """All silences of the office that are worth a look, each with its probability or what forbids one."""
    if server.office.sum() < 2:
        return
    grid = Grid(server)
    rate, core = grid.rates(slice(0, 0))
    weight = rate[grid.slot] * core[grid.slot] * grid.served
    total = np.concatenate([[0.0], np.cumsum(weight)])
    mine = server.times[grid.hits]
    for n in np.flatnonzero(mine[1:] - mine[:-1] >= 2 * THIN):
        begin, end = int(mine[n]), int(mine[n + 1])
        if _mass(total, grid, begin, end) >= WORTH:
            yield _judged(server, grid, int(grid.hits[n]), int(grid.hits[n + 1]))


def _mass(total: Floats, grid: Grid, begin: int, end: int) -> float:
    """Expected bursts between two instants, bins taken in part at both ends."""
    edges = np.array([begin, end]) / BIN - grid.first
    low, high = np.interp(edges, np.arange(len(total)), total)
    return float(high - low)


def _judged(server: Server, grid: Grid, before: int, after: int) -> Silence:
    begin, end = int(server.times[before]), int(server.times[after])
    hole = slice(begin // BIN - grid.first, end // BIN - grid.first + 1)
    rate, core = grid.rates(hole)
    weight = rate[grid.slot] * core[grid.slot] * grid.served
    total = np.concatenate([[0.0], np.cumsum(weight)])
    k = _dispersion(grid, rate, core, hole)
    start_day, end_day = int(grid.day[hole.start]), int(grid.day[hole.stop - 1])
    days = _days(grid, total, core, hole)
    parts = _parts(grid, total, begin, end, start_day, end_day)
    p, weakest = 1.0, 0.0
    for kind, mass, open_ in parts:
        wide = k if kind == "inner" else min(k, K_PEOPLE)  # people switch machines off too
        law = float((1 + mass / wide) ** -wide) if open_ else 1.0
        seen = days[kind]
        like = int((seen >= mass).sum())
        habit = like / len(seen) if like >= max(2, HABIT * len(seen)) else 0.0 if len(seen) else 1.0
        one = max(law, habit, EDGE if kind != "inner" else 0.0)
        p, weakest = p * one, max(weakest, one)
    if grid.day[hole.stop - 1] - grid.day[hole.start] > 1:
        p *= _closed(grid, core, hole)
    p = p if weakest <= EACH else max(p, weakest)
    by = (_sure(total, grid, begin, end, k, 1), _sure(total, grid, begin, end, k, -1))
    inside = ~server.office[before:after]
    found = Silence(
        *(server, before, after, sum(mass for _, mass, _ in parts), min(p, 1.0), by, int(inside.sum()), k),
        grid.days - (hole.stop - hole.start) * BIN // DAY,
    )
    return found._replace(why=_forbidden(found, grid, hole))


def _parts(
    grid: Grid, total: Floats, begin: int, end: int, start_day: int, end_day: int
) -> list[tuple[str, float, bool]]:
    """What of a silence counts: within one day the whole, else the two edges; each with its expected bursts
    and whether the rest of its day shows that the office was open. A silence from before the first core hour
    or until after the last is an edge too."""
    low, high = _edge_of(grid, start_day, end=False), _edge_of(grid, end_day, end=True)
    if start_day == end_day:
        before, after = _mass(total, grid, low, begin), _mass(total, grid, end, high)
        kind = "early" if before < 1 else "late" if after < 1 else "inner"
        return [(kind, _mass(total, grid, begin, end), _open(grid, total, start_day, begin, end))]
    last, first = _edge_of(grid, start_day, end=True), _edge_of(grid, end_day, end=False)
    return [
        ("late", _mass(total, grid, begin, last), _open(grid, total, start_day, begin, last)),
        ("early", _mass(total, grid, first, end), _open(grid, total, end_day, first, end)),
    ]


def _edge_of(grid: Grid, day: int, *, end: bool) -> int:
    """The instant at which a local day begins or ends."""
    at = int(np.searchsorted(grid.day, day, side="right" if end else "left"))
    return (at + grid.first) * BIN


def _open(grid: Grid, total: Floats, day: int, begin: int, end: int) -> bool:
    """Whether the office was seen on a day outside a stretch of it, as often as `SEEN` asks."""
    low, high = _edge_of(grid, day, end=False), _edge_of(grid, day, end=True)
    expected = _mass(total, grid, low, begin) + _mass(total, grid, end, high)
    bursts = grid.bursts[(grid.bursts >= low) & (grid.bursts < high)]
    seen = int(((bursts <= begin) | (bursts >= end)).sum())
    return seen >= max(SEEN_LEAST, SEEN * expected)


def _dispersion(grid: Grid, rate: Floats, core: NDArray[np.bool_], hole: slice) -> float:
    """k of the negative binomial law: the smaller of what days and blocks of two hours show, cautiously."""
    use = core[grid.slot] & (grid.exposed > 0)
    use[hole] = False
    expected = (rate[grid.slot] * grid.exposed)[use]
    k = K_MACHINE if _is_machine(grid, hole) else K_PEOPLE
    opened = np.isin(grid.day, grid.day[use & (grid.count > 0)])[use]
    for block in (grid.day[use], _blocks(grid)[use]):
        if opened.any():
            excess = _excess(block[opened], expected[opened], grid.count[use][opened])
            k = min(k, 1 / max(excess, 1 / K_MACHINE))
    return k


def _excess(block: Ints, expected: Floats, count: Floats) -> float:
    """How much more the counts of blocks vary than chance alone: 1/k, with two standard errors added."""
    number = np.unique(block, return_inverse=True)[1]
    mean, seen = np.bincount(number, expected), np.bincount(number, count)
    if len(seen) < 10 or not mean.sum():
        return 1.0
    mean = mean * seen.sum() / mean.sum()
    excess, scale = (seen - mean) ** 2 - seen, (mean**2).mean()
    return float((excess.mean() + 2 * excess.std() / np.sqrt(len(seen))) / scale)


def _blocks(grid: Grid) -> Ints:
    """The number of each bin's block of two hours of the wall clock."""
    blocks: Ints = grid.day * 12 + grid.slot % 24 // 2
    return blocks


def _is_machine(grid: Grid, hole: slice) -> bool:
    """Whether the client comes day and night: on nearly all days on which it came at all."""
    use = grid.exposed > 0
    use[hole] = False
    blocks, number = np.unique(_blocks(grid)[use], return_inverse=True)
    came = np.bincount(number, grid.count[use]) > 0
    _, of = np.unique(blocks // 12, return_inverse=True)
    share = np.bincount(of, came) / np.bincount(of)
    whole = share[(share > 0) & (np.bincount(of) == 12)]
    return bool(len(whole) and (whole == 1).mean() >= ROUND_THE_CLOCK)


def _days(grid: Grid, total: Floats, core: NDArray[np.bool_], hole: slice) -> dict[str, Floats]:
    """On each other open day: expected bursts before its first hit, after its last, in its longest gap."""
    at = np.clip(grid.bursts // BIN - grid.first, 0, grid.size - 1)
    kept = core[grid.slot[at]] & ((at < hole.start) | (at >= hole.stop))
    at, bursts = at[kept], grid.bursts[kept]
    if not len(at):
        return {kind: np.ones(0) for kind in ("late", "early", "inner")}
    day = grid.day[at]
    masses = np.interp(bursts / BIN - grid.first, np.arange(len(total)), total)
    begins = np.concatenate([[0], np.flatnonzero(np.diff(day)) + 1])
    ends = np.append(begins[1:], len(at)) - 1
    low = total[np.searchsorted(grid.day, day[begins], side="left")]
    high = total[np.searchsorted(grid.day, day[begins], side="right")]
    gaps = np.diff(masses, prepend=masses[0])
    gaps[begins] = 0.0
    found = {
        "early": masses[begins] - low,
        "late": high - masses[ends],
        "inner": np.maximum.reduceat(gaps, begins),
    }
    seen = ends - begins + 1
    return {kind: gap[seen >= np.maximum(1, SEEN * (high - low - gap))] for kind, gap in found.items()}


def _closed(grid: Grid, core: NDArray[np.bool_], hole: slice) -> float:
    """The share of the days with core hours on which the office did not come at all, one such day added;
    1 where none of the days that a silence covers has core hours."""
    use = core[grid.slot] & (grid.served | (grid.count > 0))
    inner = use.copy()
    inner[: hole.start] = inner[hole.stop :] = False
    inner &= (grid.day != grid.day[hole.start]) & (grid.day != grid.day[hole.stop - 1])
    if not inner.any():
        return 1.0
    use[hole] = False
    days = np.unique(grid.day[use])
    came = np.unique(grid.day[use & (grid.count > 0)])
    return float((len(days) - len(came) + 1) / (len(days) + 1))


def _sure(total: Floats, grid: Grid, begin: int, end: int, k: float, way: int) -> int:
    """The instant by which, from one end of the silence, a burst would have come, but for `SURE`."""
    wanted = k * (SURE ** (-1 / k) - 1)
    edges = np.array([begin, end]) / BIN - grid.first
    low, high = np.interp(edges, np.arange(len(total)), total)
    target = low + wanted if way > 0 else high - wanted
    if not low < target < high:
        return end if way > 0 else begin
    # Where the sum stands still, over night, the bound is the moment at which it is reached.
    at = np.searchsorted(total, target, side="left" if way > 0 else "right")
    step = total[at] - total[at - 1]
    part = (target - total[at - 1]) / step if step > 0 else 0.0
    return int((at - 1 + part + grid.first) * BIN)


def _forbidden(found: Silence, grid: Grid, hole: slice) -> str:
    """What forbids a statement, whatever the probability; '' where nothing does."""
    if found.days < LEAST_DAYS:
        return "short"
    if found.p > MOST:
        unserved = ~grid.served[hole]
        return "server" if unserved.mean() > 0.5 else "probable"
    return "moved" if _address_moved(found) else ""


def _address_moved(found: Silence) -> bool:
    """Whether what the office alone called itself came from another address during the silence."""
    server, before, after = found.server, found.before, found.after
    outside = np.ones(len(server.times), bool)
    outside[before + 1 : after] = False
    named = server.agents != 0
    own = np.unique(server.agents[outside & named & server.office], return_counts=True)
    rest = np.unique(server.agents[outside & named & ~server.office], return_counts=True)
    others = dict(zip(rest[0].tolist(), rest[1].tolist(), strict=True))
    alone = [a for a, n in zip(own[0].tolist(), own[1].tolist(), strict=True) if n >= 10 * others.get(a, 0)]
    inside = server.agents[before + 1 : after]
    came = np.isin(inside, np.array(alone, np.int64)) & ~server.office[before + 1 : after]
    return len(thin(server.times[before + 1 : after][came])) >= 2
