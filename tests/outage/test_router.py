"""The router's log as second witness, and as the only one."""

from datetime import timedelta

from tests.outage.worlds import FAR, GATEWAY, NEAR, at, codes, probes, router, said

from heller.model.kinds.contact import ContactKind
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import Cause, Detection, OpenEnd, Strength
from heller.model.span import Span
from heller.outage import detect

DOWN, UP = DeviceSign.LINE_DOWN, DeviceSign.LINE_UP
HOUR = 3600.0
CUT = (1000.3, 2000.6)


def logs(step: float = 1.0, *, gateway_dead: bool = False) -> list[ProbeLog]:
    """Two outside targets and the gateway around one cut."""
    return [
        probes(NEAR, HOUR, step=step, dead=[CUT]),
        probes(FAR, HOUR, step=step, phase=step / 2, dead=[CUT]),
        probes(GATEWAY, HOUR, step=step, dead=[CUT] if gateway_dead else []),
    ]


def found(device: DeviceLog, step: float = 1.0) -> Detection:
    """The verdict with this router's log."""
    return detect(logs(step), [device], [])


def test_a_router_that_agrees_proves_the_outage() -> None:
    """Down and up within seconds of the probes: proven, the line, and the clocks agree."""
    seen = found(router((1003, DOWN), (1999, UP)))
    (outage,) = seen.outages
    assert (outage.strength, outage.cause) == (Strength.PROVEN, Cause.LINE)
    assert "outage.clocks_agree" in codes(seen) and "outage.clock_unproven" not in codes(seen)


def test_router_narrows_wide_bounds_on_the_safe_side_only() -> None:
    """With a probe a minute the router's 'down' at 1003 and 'up' at 1999 (±1 s) narrow start and end;
    the last answer and the first answer stay as the outer bounds."""
    alone, both = (
        detect(logs(60.0), [], []).outages[0],
        found(router((1003, DOWN), (1999, UP)), 60.0).outages[0],
    )
    assert both.start.latest == at(1004) < alone.start.latest
    assert both.end.earliest == at(1998) > alone.end.earliest
    assert (both.widest.start, both.widest.end) == (alone.widest.start, alone.widest.end)
    assert both.widest.start <= at(CUT[0]) <= both.start.latest
    assert both.end.earliest <= at(CUT[1]) <= both.widest.end


def test_router_with_an_unsure_clock_narrows_nothing() -> None:
    """A clock that may be an hour off is a witness of the event, not of the second."""
    alone = detect(logs(60.0), [], []).outages[0]
    both = found(router((1003, DOWN), (1999, UP), uncertainty=3600.0), 60.0).outages[0]
    assert (both.start, both.end) == (alone.start, alone.end)


def test_router_that_contradicts_an_answer_narrows_nothing() -> None:
    """'Up' twenty seconds after the first answer: its clock is not good enough to say when."""
    alone = detect(logs(), [], []).outages[0]
    both = found(router((980, DOWN), (2020, UP))).outages[0]
    assert (both.start, both.end) == (alone.start, alone.end)
    assert both.strength is Strength.PROVEN


def test_clock_offset_is_found_before_events_are_matched() -> None:
    """A router in summer time an hour ahead: both edges agree on the hour, so it proves the outage."""
    seen = found(router((1002 + HOUR, DOWN), (1999 + HOUR, UP)))
    assert seen.outages[0].strength is Strength.PROVEN
    apart = [f for f in seen.findings if f.code == "outage.clocks_apart"]
    difference = apart[0].text.args["apart"]
    assert isinstance(difference, timedelta)
    assert abs(difference - timedelta(hours=1)) < timedelta(seconds=3)


def test_a_single_event_an_hour_away_proves_nothing() -> None:
    """One edge that fits somewhere is chance: no offset, no proof, and the contradiction is said."""
    seen = found(router((100, DOWN), (400, UP)))
    assert seen.outages[0].strength is Strength.MEASURED
    assert "outage.contradiction" in codes(seen)


def test_a_desk_that_is_switched_off_is_not_the_line() -> None:
    """A port that was down for long before and stays so is not counted as witness."""
    seen = found(router((10, DOWN), (3500, UP), port="FastEthernet3"))
    assert seen.outages[0].strength is Strength.MEASURED


def test_router_rebooted() -> None:
    """Gateway and outside silent, the router's log says restart: the router, not the line."""
    device = router((1000, DeviceSign.RESTART))
    seen = detect(logs(gateway_dead=True), [device], [])
    assert seen.outages[0].cause is Cause.ROUTER
    assert "outage.own_act" in codes(seen)


def test_restart_alone_names_the_router() -> None:
    """A restart at the beginning and no 'line down': the router, even if nothing else was probed."""
    seen = detect(logs()[:2], [router((1005, DeviceSign.RESTART))], [])
    assert seen.outages[0].cause is Cause.ROUTER


def test_own_act_is_named() -> None:
    """A port switched off by hand when the outage began is the own side's act."""
    seen = found(router((1000, DeviceSign.OWN_ACT), (2000, UP), port="ATM0"))
    assert seen.outages[0].cause is Cause.ROUTER
    assert "outage.own_act" in codes(seen)


def test_link_that_stayed_up_puts_the_fault_beyond() -> None:
    """A log that goes on before and after and saw nothing: the fault lies beyond the line."""
    seen = found(router((10, DOWN), (20, UP), (3000, DOWN), (3010, UP)))
    assert seen.outages[0].cause is Cause.BEYOND


def test_link_up_without_service_is_a_competing_end() -> None:
    """The link came up at 1300 and stayed, the session did not: 701 probes more of each target were lost."""
    session = DeviceSign.SESSION_DOWN, DeviceSign.SESSION_UP
    device = router((1002, DOWN), (1003, session[0]), (1300, UP), (2000, session[1]))
    (end,) = found(device).outages[0].ends
    assert (end.at, end.holds, end.said_by) == (at(1300), False, "gw1")
    assert end.why.args["lost"] == 1402


def test_router_alone_is_measured_at_most() -> None:
    """Without probes the router's log gives the outage, with bounds as wide as it is slow to notice."""
    device = router((1003, DOWN), (1999, UP), (2500, DOWN), (2520, UP), port="ATM0")
    seen = detect([], [device], [said(1500), said(900, ContactKind.FAULT_REPORT)])
    (outage,) = seen.outages
    assert outage.strength is Strength.MEASURED
    assert (outage.widest.start, outage.start.latest) == (at(1003 - 121), at(1004))
    assert (outage.end.earliest, outage.widest.end) == (at(1998), at(1999 + 121))
    assert [(e.at, e.holds) for e in outage.ends] == [(at(1500), False)]
    assert [s.state for s in seen.stretches] == ["down", "up"] or seen.stretches[0].state == "up"
    assert "outage.router_alone" in codes(seen)


def test_router_alone_prefers_ports_that_lead_outward() -> None:
    """Where there is a dialer, a desk's port is not the line; where there is none, a finding asks."""
    desk = router((100, DOWN), (900, UP), port="FastEthernet3").events
    line = router((1003, DOWN), (1999, UP), port="Dialer0")
    both = DeviceLog("gw1", (*desk, *line.events), line.source)
    assert [o.start.latest for o in detect([], [both], []).outages] == [at(1004)]
    only_desk = DeviceLog("gw1", desk, line.source)
    assert "outage.which_port" in codes(detect([], [only_desk], []))


def test_router_alone_with_an_open_end() -> None:
    """A log that ends with the line down says so."""
    seen = detect([], [router((1003, DOWN), (2400, DeviceSign.SESSION_DOWN))], [])
    assert "outage.open_end" in codes(seen)
    assert seen.outages[0].end == OpenEnd(at(2399)) and seen.outages[0].longest is None


def test_a_protocol_that_fails_again_does_not_hide_the_link() -> None:
    """Link up at 1300 for good, protocol up with it for half a minute: the link is what will be claimed."""
    low, high = DeviceSign.SESSION_DOWN, DeviceSign.SESSION_UP
    device = router((1002, DOWN), (1003, low), (1300, UP), (1301, high), (1331, low), (1999, high))
    assert [e.at for e in found(device).outages[0].ends] == [at(1300)]


def test_a_gap_that_the_router_spans_is_said_and_still_not_measured() -> None:
    """Nobody watched from 1200 to 1800, the router saw the line down: the measured length leaves it out."""
    asleep = [
        probes(t, HOUR, phase=p, dead=[CUT], asleep=[(1200, 1800)]) for t, p in ((NEAR, 0.0), (FAR, 0.5))
    ]
    seen = detect(asleep, [router((1003, DOWN), (1999, UP))], [])
    (outage,) = seen.outages
    assert outage.shortest - outage.proven_down >= timedelta(seconds=600)
    (gap,) = (f for f in seen.findings if f.code == "outage.unobserved_inside")
    assert gap.do is not None and "all through it" in gap.do.id


def test_a_down_that_comes_again_proves_that_an_up_was_lost() -> None:
    """One 'up' of three is missing, and no session runs over the line: three outages, the second of which is proven
    for no longer than its own word, may have lasted until the third, and is asked."""
    day = 86_400
    device = router(
        (0, DOWN), (2 * HOUR, UP), (day, DOWN), (3 * day, DOWN), (3 * day + HOUR, UP), uncertainty=1.0
    )
    seen = detect([], [device], [])
    first, second, third = seen.outages
    assert [round(o.shortest / timedelta(hours=1)) for o in (first, second, third)] == [2, 0, 1]
    assert second.start.latest <= at(day + 1) and second.longest is not None
    assert at(3 * day - 300) <= second.widest.end < third.widest.start
    (asked,) = [f for f in seen.findings if f.code == "outage.up_lost"]
    assert {s.state for s in seen.stretches if s.span.overlaps(Span(at(day + 200), at(2 * day)))} == {
        "unobserved"
    }
    assert asked.text.args["first"] == at(day) and asked.text.args["again"] == at(3 * day)


def test_with_the_session_over_it_a_lost_up_of_both_is_the_same() -> None:
    """Line and session go down within seconds, twice, and nothing says that either came back between them."""
    session = DeviceSign.SESSION_DOWN, DeviceSign.SESSION_UP
    device = router(
        (0, DOWN), (2, session[0]), (9 * HOUR, DOWN), (9 * HOUR + 2, session[0]), (10 * HOUR, session[1])
    )
    first, second = detect([], [device], []).outages
    assert first.shortest < timedelta(seconds=5) and first.widest.end < second.widest.start
    assert timedelta(minutes=59) < second.shortest <= timedelta(hours=1)


def test_a_device_that_tries_again_or_starts_again_was_not_up_meanwhile() -> None:
    """A box that says every half hour that the line is dead, and once more after somebody restarted it hours later:
    one outage as long as all of it."""
    tries = [(n * HOUR / 2, DOWN) for n in range(8)]
    device = router(*tries, (9 * HOUR, DeviceSign.RESTART), (9 * HOUR + 120, DOWN), (10 * HOUR, UP))
    seen = detect([], [device], [])
    (outage,) = seen.outages
    assert outage.shortest > timedelta(hours=9, minutes=59) and "outage.up_lost" not in codes(seen)


def test_beside_probes_that_were_not_looking_a_lost_up_makes_no_outage_of_days() -> None:
    """The probes end before it: what they add takes nothing from the bounds, and joins nothing to it."""
    day = 86_400
    device = router((day, DOWN), (3 * day, DOWN), (3 * day + HOUR, UP))
    seen = detect(logs(), [device], [])
    assert sum((o.proven_down for o in seen.outages), timedelta()) < timedelta(hours=1, minutes=18)
    assert len(seen.outages) == 3
