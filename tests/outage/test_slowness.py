"""Slow answers: minutes against the line's own level, beside the outages and never among them."""

from __future__ import annotations

from datetime import timedelta

from tests.outage.anyworld import FOUR, LOST, ROUTER, Told, ok, told
from tests.outage.linelab import us

from heller.model.sample import Target

LINE = (ROUTER, *FOUR)


def test_a_line_filled_for_42_seconds_leaves_its_trace() -> None:
    """Answers take 0.3 to 0.6 s instead of 20 ms: two slow minutes with their figures, no outage, no bad line."""

    def say(who: Target, t: float) -> Told:
        return ok(0.3 + 0.05 * (int(t) % 7)) if who is not ROUTER and 150 <= t < 192 else ok(0.02)

    found = told(600, LINE, say)
    assert not found.outages and not found.degraded
    (slow,) = found.slow
    assert slow.late == 42 * len(FOUR) and slow.answered == 60 * len(FOUR) * len(slow.minutes)
    assert 0.019 < slow.usual < 0.021 and 0.3 < slow.worst.p95 < 0.61 and slow.worst.jitter > 0.01
    assert slow.span.start.timestamp() * 1e6 <= us(150) and us(192) <= slow.span.end.timestamp() * 1e6
    assert slow.span.length == timedelta(minutes=len(slow.minutes))
    assert "slow" in {stretch.state for stretch in found.stretches}


def test_a_slow_target_is_no_slow_line() -> None:
    """One of four networks answers late."""
    found = told(600, LINE, lambda who, t: ok(0.5 if who is FOUR[0] and 150 <= t < 300 else 0.02))
    assert not found.slow


def test_a_line_that_is_always_slow_is_as_usual() -> None:
    """A satellite's 600 ms are its own level."""
    assert not told(600, LINE, lambda who, t: ok(0.6)).slow


def test_lost_probes_are_no_late_answers() -> None:
    """An outage is none of the slow minutes, and the picture keeps the two apart."""

    def say(who: Target, t: float) -> Told:
        if who is ROUTER:
            return ok()
        return LOST if 200 <= t < 260 else ok(0.4) if 300 <= t < 420 else ok(0.02)

    found = told(600, LINE, say)
    assert len(found.outages) == 1 and found.slow
    assert not any(slow.span.overlaps(found.outages[0].span) for slow in found.slow)
    assert all(minute.late <= minute.answered for slow in found.slow for minute in slow.minutes)
