"""Degraded and slow: every sentence is checked against its numbers, and slowness has a measure of its own."""

from datetime import timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.outage.linelab import RTT, head, table, us

from heller.model.sample import Upset, UpsetKind
from heller.outage import degradation, detect

LONG = 900.0


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_no_sentence_says_more_than_its_numbers(sent: int, lost: int, slow: int) -> None:
    """'The line carried' needs an answer; a lost and a late probe were both sent; no number stands for nothing."""
    lost, slow = min(lost, sent), min(slow, max(sent - lost, 0))
    said = degradation._in_words(degradation.Counted(sent, lost, slow))
    if said is None:
        assert lost == sent or not (lost or slow)
        return
    assert lost < sent and "usable" in said.id
    assert ("lost" in said.args) == bool(lost) and ("slow" in said.args) == bool(slow)
    assert all(number > 0 for number in said.args.values() if isinstance(number, int))


@pytest.mark.parametrize("lost", [1, 115])
def test_all_lost_is_never_a_line_that_carried(lost: int) -> None:
    """115 of 115 lost is no degraded line, whatever else it is."""
    assert degradation._in_words(degradation.Counted(lost, lost, 0)) is None


def test_a_watch_that_stops_inside_a_cut_calls_nothing_degraded() -> None:
    """Cut from 200 to 500, the process stood still from 300 to 320: dead before and after, never 'carried badly'."""
    frame = table(LONG, {slot: [(200.3, 500.6)] for slot in range(1, 11)})
    frame = frame.filter(~pl.col("at").is_between(us(300), us(320)))
    found = detect([], [], [], [(head(LONG, (Upset(UpsetKind.FREEZE, us(300), us(320)),)), frame)])
    assert len(found.outages) == 1 and found.degraded == ()


def test_a_filled_line_leaves_minutes_that_were_slow() -> None:
    """For 42 seconds each answer took 0.8 s instead of 20 ms: two minutes with their measure, no outage."""
    frame = table(LONG, {})
    busy = pl.col("at").is_between(us(330), us(372)) & (pl.col("target") > 0)
    slow = frame.with_columns(rtt=pl.when(busy).then(0.8).otherwise(pl.col("rtt")).cast(frame["rtt"].dtype))
    found = detect([], [], [], [(head(LONG), slow)])
    assert found.outages == ()
    (one,) = found.slow
    assert one.span.length == timedelta(minutes=2) and one.usual == pytest.approx(RTT, rel=0.5)
    assert one.late > 150 and one.worst.p95 == pytest.approx(0.8)
    assert [s.state for s in found.stretches if s.state != "up"] == ["slow"]
    assert detect([], [], [], [(head(LONG), frame)]).slow == ()
