"""Times in which a line carried badly: sustained loss or slow answers, and names that were not resolved.

They are shown and never counted as an outage: a lump sum asks for a complete one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from heller.model.outage import Cause, Degraded
from heller.model.sample import QUESTION, Outcome
from heller.model.span import Bounds, Span
from heller.model.text import Text, text
from heller.outage.columns import Track
from heller.outage.line import Line, heard
from heller.outage.micros import ONE, Edge, instant, meets, micros, outside
from heller.outage.probe_counts import count, times_of
from heller.outage.rule import BLOCK, BLOCKS, GAP_STEPS, LEAST_IN_BLOCK, LOSSES, POOR
from heller.outage.silence import Cut, find

if TYPE_CHECKING:
    from polars import DataFrame


def degradations(line: Line, cuts: Sequence[Cut]) -> tuple[Degraded, ...]:
    """All such times outside the outages, in order."""
    found = [*_poor(line, cuts), *_no_names(line, cuts), *_unresolved(line)]
    return tuple(sorted(found, key=lambda d: d.start.earliest))


def _poor(line: Line, cuts: Sequence[Cut]) -> Iterator[Degraded]:
    """Runs of blocks in which probes were lost or slow in enough networks."""
    targets = [t for t in line.outer if t.probed.witness]
    networks = {t.probed.network for t in targets}
    if len(networks) < 2:
        return
    rate = sum(1 / t.probed.step for t in targets)  # probes a second
    block = max(BLOCK // ONE, ceil(LEAST_IN_BLOCK / rate) * 1_000_000)
    bad = _bad(line, targets, cuts)
    for first, last in _runs(_poor_blocks(bad, targets, block), networks):
        edge = (first * block, (last + 1) * block)
        at = bad["at"].filter(bad["at"].is_between(*edge, closed="left"))
        if any(hole.overlaps(Span(instant(edge[0]), instant(edge[1]))) for hole in line.holes):
            edge = (max(edge[0], at[0]), min(edge[1], at[-1] + 1))
        said = _in_words(_counts(targets, edge))
        if said is not None:
            yield Degraded(
                Bounds(instant(edge[0]), instant(at[0])),
                Bounds(instant(at[-1]), instant(edge[1])),
                Cause.UNKNOWN,
                said,
                line.name,
            )


def _bad(line: Line, targets: Sequence[Track], cuts: Sequence[Cut]) -> DataFrame:
    """The lost and the slow probes outside the outages: at, network; sorted by time."""
    import polars as pl

    out = [(micros(c.start.earliest), micros(c.end.latest) + 1) for c in cuts]
    found = []
    for track in targets:
        at = pl.concat([track.lost["at"], track.slow])
        kept = pl.DataFrame({"at": at.filter(outside(at, out))})
        found.append(kept.with_columns(network=pl.lit(track.probed.network)))
    return pl.concat(found).sort("at")


def _poor_blocks(bad: DataFrame, targets: Sequence[Track], block: int) -> DataFrame:
    """For each block the number of networks in which too much was lost or slow, in order of time."""
    import polars as pl

    rates: dict[str, float] = {}
    for track in targets:
        name = track.probed.network
        rates[name] = rates.get(name, 0.0) + 1 / track.probed.step
    enough = pl.DataFrame(
        {"network": list(rates), "enough": [POOR * rate * block / 1_000_000 for rate in rates.values()]}
    )
    counts = bad.group_by(block=pl.col("at") // block, network="network").len()
    poor = counts.join(enough, on="network").filter(pl.col("len") >= pl.col("enough"))
    return poor.group_by("block").len("networks").sort("block")


def _runs(poor: DataFrame, networks: set[str]) -> Iterator[tuple[int, int]]:
    """First and last of the blocks that follow each other, where there are enough of them."""
    first = last = None
    for number, count_ in poor.iter_rows():
        if count_ < max(2, ceil(len(networks) / 2)):
            continue
        if last is not None and first is not None and number != last + 1:
            if last - first + 1 >= BLOCKS:
                yield first, last
            first = None
        first, last = number if first is None else first, number
    if first is not None and last is not None and last - first + 1 >= BLOCKS:
        yield first, last


class Counted(NamedTuple):
    """Probes sent in a stretch, those lost, and answers that came late."""

    sent: int
    lost: int
    slow: int


def _counts(targets: Sequence[Track], edge: Edge) -> Counted:
    counted = [count(track, (edge[0], edge[1] - 1)) for track in targets]
    sent, good = sum(c[0] for c in counted), sum(c[1] for c in counted)
    slow = sum(int(t.slow.is_between(*edge, closed="left").sum()) for t in targets)
    return Counted(sent, sent - good, min(slow, good))


def _in_words(found: Counted) -> Text | None:
    """What the numbers bear out; None where nothing was answered, for then nothing shows that the line carried."""
    sent, lost, slow = found
    if lost >= sent or not (lost or slow):
        return None
    if not slow:
        return text(
            "{lost} of {sent} probes were lost: the line was usable, but badly impaired.",
            lost=lost,
            sent=sent,
        )
    if not lost:
        return text(
            "{slow} of {sent} answers came late: the line was usable, but badly impaired.",
            slow=slow,
            sent=sent,
        )
    return text(
        "{lost} of {sent} probes were lost and {slow} answers came late: the line was usable, but badly impaired.",
        lost=lost,
        sent=sent,
        slow=slow,
    )


def _no_names(line: Line, cuts: Sequence[Cut]) -> Iterator[Degraded]:
    """Times in which all name servers were silent while targets answered by their address."""
    asked = [i for i, t in enumerate(line.outer) if t.probed.protocol == QUESTION]
    if not asked or len(asked) == len(line.outer):
        return
    names = line._replace(
        outer=tuple(line.outer[i] for i in asked), covered=tuple(line.covered[i] for i in asked)
    )
    addresses = [track for track in line.outer if track.probed.protocol != QUESTION]
    out = [(micros(c.start.earliest), micros(c.end.latest)) for c in cuts]
    for cut in find(names).cuts:
        edge = (micros(cut.start.earliest), micros(cut.end.latest))
        if meets(edge, out) or not any(count(t, edge)[1] for t in addresses):
            continue
        said = text(
            "{lost} questions to name servers stayed without an answer; addresses answered.", lost=cut.lost
        )
        yield Degraded(cut.start, cut.end, Cause.DNS, said, line.name)


def _unresolved(line: Line) -> Iterator[Degraded]:
    """Times in which a monitor could not send its checks, because no name was resolved. Whether the line was dead
    then, they do not show."""
    tracks = [track for track in line.outer if track.probed.protocol != QUESTION]
    every = sorted((at, track.probed.step) for track in tracks for at in times_of(track, Outcome.DNS_ERROR))
    run: list[int] = []
    for at, step in [*every, (2**62, 0.0)]:
        if run and (
            at - run[-1] > GAP_STEPS * step * 1_000_000 or heard(line, Span(instant(run[-1]), instant(at)))
        ):
            if len(run) >= LOSSES:
                yield _names_failed(run, line.name)
            run = []
        run.append(at)


def _names_failed(run: Sequence[int], name: str) -> Degraded:
    said = text(
        "{n} checks were not sent because the name was not resolved; whether the line was down they do not show.",
        n=len(run),
    )
    first, last = instant(run[0]), instant(run[-1])
    return Degraded(Bounds(first, first), Bounds(last, last), Cause.DNS, said, name)
