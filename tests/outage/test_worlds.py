"""Every kind of bad line is a small world of its own, with the verdict it must get."""

from datetime import timedelta

import pytest
from tests.outage.worlds import FAR, GATEWAY, NEAR, at, codes, probes, said, span

from heller.model.kinds.contact import ContactKind
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import Cause, Strength
from heller.model.span import Span
from heller.outage import detect

HOUR = 3600.0


def two(seconds: float, dead: list[tuple[float, float]], **more: object) -> list[ProbeLog]:
    """Two outside targets half a second apart."""
    return [
        probes(NEAR, seconds, dead=dead, **more),  # type: ignore[arg-type]
        probes(FAR, seconds, dead=dead, phase=0.5, **more),  # type: ignore[arg-type]
    ]


def test_a_quiet_line_has_no_outage() -> None:
    """An hour of answers is an hour up, from the first probe to the last."""
    found = detect(two(HOUR, []), [], [])
    assert found.outages == () and found.unobserved == ()
    assert [s.state for s in found.stretches] == ["up"]
    assert found.observed == span(0, HOUR - 1)


def test_an_outage_lies_between_its_bounds() -> None:
    """Worked by hand: cut at 100.2 s, the last answer was sent at 99.5, NEAR's probe of 100.0 came back
    at 100.02, so the first loss is FAR's of 100.5; back at 400.3, the last loss 400.0, the answer 400.52."""
    outage = detect(two(HOUR, [(100.2, 400.3)]), [], []).outages[0]
    assert (outage.widest.start, outage.start.latest) == (at(100.0), at(100.52))
    assert (outage.end.earliest, outage.widest.end) == (at(400.0), at(400.52))
    assert outage.strength is Strength.MEASURED
    assert outage.shortest == timedelta(seconds=299.48) and outage.proven_down == outage.shortest


def test_own_power_cut_is_no_outage() -> None:
    """Forty minutes without any probe are unobserved: neither up nor down."""
    found = detect(two(6 * HOUR, [], asleep=[(3 * HOUR, 3 * HOUR + 2400)]), [], [])
    assert found.outages == ()
    assert found.unobserved == (span(3 * HOUR - 0.5, 3 * HOUR + 2400),)
    assert [s.state for s in found.stretches] == ["up", "unobserved", "up"]


def test_flapping_is_kept_apart() -> None:
    """Three cuts with twenty seconds of answers between them are three outages."""
    cuts = [(100.0, 130.0), (150.0, 180.0), (200.0, 230.0)]
    found = detect(two(HOUR, cuts), [], [])
    assert len(found.outages) == 3
    assert [s.state for s in found.stretches] == ["up", "down"] * 3 + ["up"]


@pytest.mark.parametrize(("dead", "lost"), [([], {50, 51}), ([(100.0, 104.4)], set())])
def test_short_losses_are_no_outage(dead: list[tuple[float, float]], lost: set[int]) -> None:
    """Two in a row are too few, five in under five seconds too short."""
    found = detect(two(HOUR, dead, lost=lost), [], [])
    assert found.outages == ()


def test_slept_through_start_bounds_the_start_by_the_gap() -> None:
    """The line dies while nobody watches: the start lies in the gap and is not claimed from its middle.

    The first ten seconds after waking count for nothing: the watcher's own network may not be up yet.
    """
    outage = detect(two(HOUR, [(600, 1800)], asleep=[(300, 900)]), [], []).outages[0]
    assert outage.widest.start == at(299.5)
    assert at(900) <= outage.start.latest <= at(911)
    assert outage.unobserved == ()


def test_slept_through_end_bounds_the_end_by_the_gap() -> None:
    """The line comes back while nobody watches: the claim ends with the last probe lost before."""
    outage = detect(two(HOUR, [(100, 600)], asleep=[(300, 900)]), [], []).outages[0]
    assert at(297) <= outage.end.earliest <= at(300) and outage.widest.end == at(900.02)
    assert outage.widest.length - outage.shortest > timedelta(seconds=600)


def test_dead_before_and_after_a_gap_is_one_outage_with_the_gap_in_it() -> None:
    """Without a proof of life the outage goes on, but what nobody watched is not called measured."""
    found = detect(two(HOUR, [(100, 1500)], asleep=[(300, 900)]), [], [])
    (outage,) = found.outages
    (hole,) = outage.unobserved
    assert hole.start <= at(300) and hole.end >= at(900)
    assert outage.shortest - outage.proven_down == hole.length
    assert "outage.unobserved_inside" in codes(found)
    assert [s.state for s in found.stretches] == ["up", "down", "unobserved", "down", "up"]


def test_waking_up_is_no_outage() -> None:
    """A laptop that loses its first eight seconds after sleep loses them by itself."""
    logs = two(HOUR, [(900, 908)], asleep=[(300, 900)])
    found = detect(logs, [], [])
    assert found.outages == ()
    assert found.unobserved[0].end >= at(907)


def test_probes_that_could_not_leave_say_nothing_of_the_line() -> None:
    """Half an hour without an own network is unobserved, with a finding."""
    found = detect(two(HOUR, [], offline=[(600, 2400)]), [], [])
    assert found.outages == ()
    assert found.unobserved == (span(599.5, 2400),)
    assert "outage.local_errors" in codes(found)


def test_one_target_only_is_a_suspicion() -> None:
    """One silent target may itself be dead: the strength and a finding say so."""
    found = detect([probes(NEAR, HOUR, dead=[(100, 400)])], [], [])
    assert [o.strength for o in found.outages] == [Strength.SUSPECTED]
    assert "outage.one_target" in codes(found)


@pytest.mark.parametrize("step", [1.0, 60.0])
def test_a_target_that_is_silent_alone_is_no_outage(step: float) -> None:
    """Another target answers, even if it is asked once a minute only."""
    logs = [probes(NEAR, HOUR, dead=[(100, 2000)]), probes(FAR, HOUR, step=step, phase=0.5)]
    found = detect(logs, [], [])
    assert found.outages == ()
    assert not (step > 1 and "outage.target_alone" not in codes(found))


def test_two_targets_of_one_network_are_named() -> None:
    """A provider would say that this network failed."""
    logs = [probes(NEAR, HOUR), probes("203.0.113.99", HOUR, phase=0.5)]
    assert "outage.one_network" in codes(detect(logs, [], []))


def test_gateway_that_answers_puts_the_fault_behind_it() -> None:
    """All outside targets silent, the gateway answering throughout: the line or beyond."""
    gateway = probes(GATEWAY, HOUR, phase=0.25)
    found = detect([*two(HOUR, [(100, 400)]), gateway], [], [])
    assert found.outages[0].cause is Cause.LINE
    assert "outage.no_gateway" not in codes(found)
    assert len(found.outages[0].witnesses) == 3


def test_gateway_dead_is_not_charged_to_the_line() -> None:
    """A gateway that is silent all the time too: router or local network."""
    gateway = probes(GATEWAY, HOUR, phase=0.25, dead=[(100, 400)])
    assert detect([*two(HOUR, [(100, 400)]), gateway], [], []).outages[0].cause is Cause.ROUTER


def test_router_dead_while_a_server_beside_it_answers() -> None:
    """Two targets in the house tell the router from the network."""
    house = [probes(GATEWAY, HOUR, dead=[(100, 400)]), probes("192.168.178.9", HOUR)]
    assert detect([*two(HOUR, [(100, 400)]), *house], [], []).outages[0].cause is Cause.ROUTER


def test_nothing_probed_in_the_house_leaves_the_cause_open() -> None:
    """Without a gateway's answers the cause is unknown and a finding says so."""
    found = detect(two(HOUR, [(100, 400)]), [], [])
    assert found.outages[0].cause is Cause.UNKNOWN
    assert "outage.no_gateway" in codes(found)


def test_only_the_gateway_probed_shows_no_outage() -> None:
    """A dead gateway alone says nothing about the line."""
    found = detect([probes(GATEWAY, HOUR, dead=[(100, 400)])], [], [])
    assert found.outages == () and "outage.not_measured" in codes(found)


def test_a_log_that_begins_dead_reaches_back_to_the_report() -> None:
    """The report of the fault bounds the start below; the claim still begins with the first loss."""
    found = detect(two(HOUR, [(-9, 400)]), [], [said(-1800, ContactKind.FAULT_REPORT)])
    assert found.outages[0].widest.start == at(-1800)
    assert found.outages[0].start.latest == at(0.02)
    assert "outage.open_start" in codes(found)


def test_a_log_that_ends_dead_says_that_the_end_is_open() -> None:
    """Nobody may claim beyond the last probe."""
    found = detect(two(HOUR, [(3000, 9999)]), [], [])
    assert found.outages[0].widest.end == at(HOUR - 1)
    assert "outage.open_end" in codes(found)


def test_online_claim_that_does_not_hold() -> None:
    """'You can go online now' at 200 s: 400 losses later the line is still dead for 199.5 s."""
    found = detect(two(HOUR, [(100, 400.3)]), [], [said(200), said(500), said(50)])
    first, second = found.outages[0].ends
    assert (first.at, first.holds, first.why.args["lost"]) == (at(200), False, 401)
    assert first.why.args["rest"] == timedelta(seconds=200)
    assert (second.at, second.holds) == (at(500), True)


def test_noise_is_left_out_of_both_ends() -> None:
    """A loss by chance just before the cut and one just after prove nothing: the bounds allow for it."""
    log = probes(NEAR, HOUR, dead=[(100.5, 400.5)], lost={30, 100, 401})
    found = detect([log], [], [])
    (outage,) = found.outages
    assert outage.widest.start <= at(100.5) <= outage.start.latest
    assert outage.end.earliest <= at(400.5) <= outage.widest.end
    assert "outage.noise" in codes(found)


def test_nothing_at_all() -> None:
    """No logs, no words: no outage, and what to look for."""
    found = detect([], [], [])
    assert found.outages == () and found.observed is None
    assert codes(found) == {"outage.not_measured"}


def test_only_words_give_a_suspicion() -> None:
    """Reported at 0, released twice: the cautious end is the first release, the widest the last."""
    found = detect([], [], [said(0, ContactKind.FAULT_REPORT), said(5000), said(9000)])
    (outage,) = found.outages
    assert outage.strength is Strength.SUSPECTED
    assert (outage.end.earliest, outage.widest.end) == (at(5000), at(9000))
    assert [e.holds for e in outage.ends] == [False, True]
    assert outage.span == Span(at(0), at(5000))


def test_a_report_without_a_release_bounds_nothing() -> None:
    """Nobody said when it worked again: no outage, and the question."""
    found = detect([], [], [said(0, ContactKind.FAULT_REPORT)])
    assert found.outages == () and "outage.no_end" in codes(found)
