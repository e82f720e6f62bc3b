"""The rules on columns and on a stream of single observations: equal intervals on the same data."""

from random import Random
from typing import NamedTuple

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outage.linelab import BEGIN, RTT

from heller.model.finding import Locator
from heller.model.sample import COLUMNS, Depth, Outcome
from heller.outage.columns import Block, Probed
from heller.outage.line import line
from heller.outage.silence import find
from heller.outage.stream import State, StateChange, Stream, TrackObservation

LONG = 240.0
SPANS = st.lists(
    st.tuples(st.floats(5, LONG - 5), st.floats(0.5, 60)).map(lambda t: (t[0], t[0] + t[1])), max_size=3
)


class World(NamedTuple):
    """What happens in a few minutes of three targets, one of them asked slowly."""

    dead: list[tuple[float, float]]
    alone: list[tuple[float, float]]
    asleep: list[tuple[float, float]]
    upset: list[tuple[float, float]]
    loss: float
    seed: int


WORLDS = st.builds(
    World,
    SPANS,
    SPANS,
    SPANS,
    st.lists(st.tuples(st.floats(5, LONG), st.floats(0, 5)).map(lambda t: (t[0], t[0] + t[1])), max_size=1),
    st.sampled_from([0.0, 0.02, 0.3]),
    st.integers(0, 9999),
)
TARGETS = tuple(
    Probed("", Depth.OUTSIDE, f"t{i}", f"net {i}", step, 0.0, Locator("x"))
    for i, step in enumerate((1.0, 1.0, 7.0))
)


def observations(world: World) -> list[TrackObservation]:
    """All probes of a world in the order of sending."""
    chance, out = Random(world.seed), []
    for track, probed in enumerate(TARGETS):
        t = track * 0.3
        while t < LONG:
            lost = _in(t, world.dead) or (track == 0 and _in(t, world.alone)) or chance.random() < world.loss
            outcome = Outcome.TIMEOUT if lost else Outcome.LATE if chance.random() < 0.05 else Outcome.OK
            if chance.random() < 0.01:
                outcome = Outcome.LOCAL
            if not _in(t, world.asleep):
                out.append(
                    TrackObservation(BEGIN + round(t * 1e6), track, outcome, float("nan") if lost else RTT)
                )
            t += probed.step
    return sorted(out)


def _in(t: float, spans: list[tuple[float, float]]) -> bool:
    return any(start <= t < end for start, end in spans)


def table(seen: list[TrackObservation]) -> pl.DataFrame:
    """The same probes as columns."""
    rows = sorted((s.track, s.at, int(s.outcome), s.rtt, s.width, i) for i, s in enumerate(seen))
    return pl.DataFrame(
        rows, schema={name: getattr(pl, kind) for name, kind in COLUMNS.items()}, orient="row"
    )


@settings(max_examples=120, deadline=None)
@given(world=WORLDS)
def test_stream_and_columns_find_the_same(world: World) -> None:
    """Losses, gaps, late answers, suspends, answers in the order of their coming: each outage has the same
    bounds, targets, blind spans and belief."""
    seen = observations(world)
    upsets = [(BEGIN + round(a * 1e6), BEGIN + round(b * 1e6)) for a, b in world.upset]
    whole = line("", [Block(table(seen), dict(enumerate(TARGETS)), tuple(upsets))])
    if whole is None:
        return
    found = find(whole)
    stream = Stream(TARGETS, found.learnt)
    changes: list[StateChange] = []
    waits = sorted(seen, key=lambda s: s.at + (1_000_000 if s.outcome is Outcome.TIMEOUT else 20_000))
    for one in waits:
        while upsets and upsets[0][1] < one.at:
            stream.upset(*upsets.pop(0))
        changes += stream.take(one)
    for left in upsets:
        stream.upset(*left)
    changes += stream.finish()
    assert [change.cut for change in changes if change.cut] == list(found.cuts)


def test_a_dead_line_is_suspected_then_down_then_up() -> None:
    """Two seconds, five seconds, the first answer; the outage follows with its bounds."""
    world = World([(60.0, 90.0)], [], [], [], 0.0, 1)
    seen = [s for s in observations(world) if s.outcome is not Outcome.LOCAL]
    whole = line("", [Block(table(seen), dict(enumerate(TARGETS)))])
    assert whole is not None
    stream = Stream(TARGETS, find(whole).learnt)
    changes = [(one.at, change) for one in seen for change in stream.take(one)]
    told = [(round((at - BEGIN) / 1e6), change.state) for at, change in changes if not change.cut]
    assert [state for _, state in told] == [State.UP, State.SUSPECTED, State.DOWN, State.UP]
    assert told[1][0] <= 66 and told[2][0] <= 75
    (cut,) = (change.cut for _, change in changes if change.cut)
    assert cut == find(whole).cuts[0]
