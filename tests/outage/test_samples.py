"""Samples of the own watch: every fault of the lab by its fingerprint, grades, upsets, two uplinks."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from tests.outage.linelab import RTT, fault, head, table, us
from tests.outage.worlds import codes

from heller.model.finding import Locator
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation, Observations
from heller.model.outage import Cause, Detection, Strength
from heller.model.sample import Outcome, Upset, UpsetKind
from heller.outage import detect
from heller.outage.micros import instant

LONG = 600.0
CUT = (200.3, 320.6)
BOTH = tuple(range(11))


def seen(frame: pl.DataFrame, *upsets: Upset, seconds: float = LONG, **more: object) -> Detection:
    """The verdict on one table."""
    return detect([], [], [], [(head(seconds, upsets, **more), frame)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "cause"),
    [("line", Cause.LINE), ("silent", Cause.LINE), ("beyond", Cause.BEYOND), ("router", Cause.ROUTER)],
)
def test_each_fault_has_its_cause_and_bounds(name: str, cause: Cause) -> None:
    """Worked by hand: cut at 200.3; the probe of slot 2 was answered, that of slot 3 lost; back at 320.6."""
    (outage,) = seen(table(LONG, fault(name, *CUT))).outages
    assert outage.cause is cause
    assert outage.widest.start == instant(us(200 + 1 / 7))
    assert outage.start.latest == instant(us(200 + 2 / 7) + round(RTT * 1e6))
    assert outage.end.earliest == instant(us(320 + 4 / 7)) and outage.widest.end == instant(
        us(320 + 5 / 7 + RTT)
    )
    assert outage.line == "main"


def test_the_gateway_decides_whether_it_is_measured() -> None:
    """The provider is never charged with a silence in which the gateway was silent too."""
    graded = {n: seen(table(LONG, fault(n, *CUT))).outages[0].strength for n in ("line", "router")}
    assert graded == {"line": Strength.MEASURED, "router": Strength.SUSPECTED}


def test_names_that_are_not_resolved_are_degraded_and_no_outage() -> None:
    """The name server is silent, addresses answer: state degraded, cause DNS."""
    found = seen(table(LONG, fault("dns", *CUT)))
    assert found.outages == ()
    (poor,) = found.degraded
    assert poor.cause is Cause.DNS and poor.line == "main"
    assert [s.state for s in found.stretches] == ["up", "degraded", "up"]


def test_one_target_that_fails_is_its_own_matter() -> None:
    """Five of six targets answer: neither outage nor degraded, but said."""
    found = seen(table(LONG, fault("target", *CUT)))
    assert found.outages == () and found.degraded == ()
    assert "outage.target_alone" in codes(found)


@pytest.mark.parametrize("how", [{"loss": 0.3}, {"late": 0.3}])
def test_loss_and_slowness_are_degraded(how: dict[str, float]) -> None:
    """Five minutes of 30 % loss, or ten of late answers, in all networks: degraded, never down."""
    lossy = [(180.0, 480.0)] if "loss" in how else None
    found = seen(table(LONG, {}, lossy=lossy, **how))  # type: ignore[arg-type]
    assert found.outages == ()
    (poor,) = found.degraded
    assert poor.span.length >= timedelta(minutes=4)
    assert {s.state for s in found.stretches} <= {"up", "degraded", "slow"}


def test_an_outage_in_a_lossy_hour_is_not_counted_twice() -> None:
    """Ten per cent loss all along and a cut: the bounds hold the truth, the cut is down and the rest is not."""
    found = seen(table(LONG, fault("line", *CUT), loss=0.1))
    (outage,) = found.outages
    assert outage.widest.start <= instant(us(CUT[0])) <= outage.start.latest
    assert outage.end.earliest <= instant(us(CUT[1])) <= outage.widest.end
    assert [s.state for s in found.stretches if s.state == "down"] == ["down"]


def test_the_other_uplink_proves_the_outage() -> None:
    """The same targets answered over the mobile line while the main one was silent."""
    (outage,) = seen(table(LONG, fault("line", *CUT), numbers=BOTH)).outages
    assert outage.strength is Strength.PROVEN
    assert any(w.state == "up" and "target 1" in str(w.name.args) for w in outage.witnesses)


def test_an_outage_of_the_emergency_line_is_not_one_of_the_line() -> None:
    """The mobile uplink fails alone: its own verdict, under its own name."""
    found = seen(table(LONG, {9: [CUT], 10: [CUT]}, numbers=BOTH))
    assert found.outages == () and found.line == "main"
    (other,) = found.others
    assert other.line == "mobile" and [o.line for o in other.outages] == ["mobile"]
    assert [s.state for s in found.stretches] == ["up"]


def test_a_late_answer_splits_an_outage() -> None:
    """One answer after its deadline in the middle proves that the line was up: two outages."""
    frame = table(LONG, fault("line", *CUT), extra={5: {260: Outcome.LATE}})
    assert len(seen(frame).outages) == 2


def test_own_link_down_is_not_the_line() -> None:
    """The computer's own cable: unobserved, said, nothing charged, the first ten seconds after it neither."""
    down = Upset(UpsetKind.LINK_DOWN, us(CUT[0]), us(CUT[1]))
    back = Upset(UpsetKind.LINK_UP, us(CUT[1] - 1), us(CUT[1]))
    lost = {n: [(CUT[0], CUT[1] + 8)] for n in range(9)}
    found = seen(table(LONG, lost), down, back)
    assert found.outages == () and "outage.own_link" in codes(found)
    assert [s.state for s in found.stretches] == ["up", "unobserved", "up"]
    assert found.unobserved[0].end >= instant(us(CUT[1] + 7))


@pytest.mark.parametrize("kind", [UpsetKind.SUSPEND, UpsetKind.FREEZE, UpsetKind.REBOOT])
def test_a_run_of_losses_does_not_continue_over_a_suspend(kind: UpsetKind) -> None:
    """Four seconds lost before and twelve after a nap of two minutes: no outage, the nap is unobserved."""
    nap = (200.0, 320.0)
    upset = Upset(kind, us(nap[0]), us(nap[1]))
    frame = table(LONG, {n: [(196.0, 200.0), (320.0, 333.0)] for n in range(1, 9)}, asleep=[nap])
    found = seen(frame, upset)
    assert found.outages == ()
    assert found.unobserved[0].start <= instant(us(200)) and found.unobserved[0].end >= instant(us(320))


def test_a_step_of_the_clock_moves_nothing() -> None:
    """The wall clock set by an hour: samples stand on the boot clock, so there is neither gap nor outage."""
    found = seen(table(LONG, {}), Upset(UpsetKind.STEP, us(300), us(300), "", 3_600_000_000))
    assert found.outages == () and found.unobserved == ()


def test_time_outside_the_watch_is_unobserved() -> None:
    """The head says that the watch did not run, even where rows of the time around it close up."""
    nap = (250.0, 252.5)
    found = seen(table(LONG, {}, asleep=[nap]), asleep=[nap])
    (hole,) = found.unobserved
    assert hole.start <= instant(us(250)) and hole.end >= instant(us(252.5))


def test_another_monitor_is_a_second_witness_and_may_contradict() -> None:
    """A beat a minute that failed proves the outage; one that was answered in its midst takes it back."""
    beats = [Observation(instant(us(20 * n)), n, None, 0.02, 20.0) for n in range(30)]
    down = [
        Observation(o.at, o.row, Failure.TIMEOUT if 200 <= 20 * o.row < 320 else None, 0.0, 20.0)
        for o in beats
    ]
    frame = table(LONG, fault("line", *CUT))
    for observations, strength in ((down, Strength.PROVEN), (beats, Strength.SUSPECTED)):
        log = ProbeLog("www.example.org", Observations.of(observations), 20.0, Locator("kuma", "row 1"))
        found = detect([log], [], [], [(head(LONG), frame)])
        assert found.outages[0].strength is strength
        assert ("outage.contradiction" in codes(found)) == (strength is Strength.SUSPECTED)


def test_hours_in_files_are_one_line(tmp_path: Path) -> None:
    """The same samples in memory, in three tables and lazily from a file give the same verdict."""
    frame = table(LONG, fault("line", *CUT), loss=0.02)
    whole = seen(frame)
    edges = [0, 190, 260, 600]
    hours = [
        (head(LONG), frame.filter(pl.col("at").is_between(us(a), us(b), closed="left")))
        for a, b in pairwise(edges)
    ]
    path = tmp_path / "samples.parquet"
    frame.write_parquet(path)
    assert detect([], [], [], hours) == whole
    assert detect([], [], [], [(head(LONG), pl.scan_parquet(path))]) == whole
    assert whole.outages
