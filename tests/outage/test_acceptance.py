"""The acceptance test: rejected within ten seconds of silence, accepted only after fifteen good minutes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heller.model.kinds.acceptance import Acceptance, Check, Verdict
from heller.model.sample import ECHO, PAGE, QUESTION, Depth, Outcome, Target, Upset, UpsetKind
from heller.outage.acceptance.decide import Trial
from heller.outage.acceptance.points import SECOND, Agreed, Rules, at_most

BEGIN = int(datetime(2015, 2, 12, 9, tzinfo=UTC).timestamp()) * SECOND
ROUTER = Target(1, "main", Depth.GATEWAY, "router", "192.168.178.1")
OUTSIDE = tuple(
    Target(n, "main", Depth.OUTSIDE, f"t{n}", f"203.0.113.{n}", f"net{n % 2}") for n in range(10, 16)
)
NAMES = Target(20, "main", Depth.OUTSIDE, "dns", "203.0.113.53", "net1", QUESTION)
PAGES = Target(30, "main", Depth.OUTSIDE, "page", "203.0.113.10", "net0", PAGE)
ALL = (ROUTER, *OUTSIDE, NAMES, PAGES)
STEP = {ECHO: 1, QUESTION: 3, PAGE: 45}
RTT = 0.02

Answers = Callable[
    [float, Target], bool
]  # seconds since the beginning: whether a probe sent then is answered


def run(answers: Answers, seconds: float = 901, targets: tuple[Target, ...] = ALL) -> tuple[Trial, float]:
    """Every probe in the order in which its end is known, until the test is settled; also when that was."""
    sent = []
    outside = [target for target in targets if target.witness]
    for target in targets:  # spread over the second by themselves, so that no slot is left empty
        at = 0.01 + (outside.index(target) / len(outside) if target in outside else 0.3)
        while at < seconds:
            sent.append((at + (RTT if answers(at, target) else 1.0), at, target))
            at += STEP[target.protocol]
    trial = Trial(targets, deadline=SECOND)
    for known, at, target in sorted(sent, key=lambda probe: probe[0]):
        good = answers(at, target)
        outcome = Outcome.OK if good else Outcome.TIMEOUT
        trial.row(target.number, BEGIN + int(at * SECOND), outcome, RTT if good else nan)
        if trial.settled:
            return trial, known
    return trial, seconds


def lossy(share: float, seed: int) -> Answers:
    """A line that loses this share of the probes, each by itself; the router loses none."""
    chance = random.Random(seed)
    lost: dict[tuple[float, int], bool] = {}
    return lambda at, target: (
        target is ROUTER or not lost.setdefault((at, target.number), chance.random() < share)
    )


def silent_from(start: float, *, router: bool = True) -> Answers:
    """Nothing outside answers from then on; the router does or does not."""
    return lambda at, target: at < start or (router and target is ROUTER)


def opened(made: Acceptance) -> set[Check]:
    """The points that do not hold."""
    return {point.check for point in made.open}


def test_a_good_line_is_accepted_after_fifteen_minutes() -> None:
    """Nothing is open, and the note can say how sure that is."""
    trial, known = run(lambda at, target: True)
    made = trial.conclude(Agreed())
    assert (made.verdict, opened(made), known) == (Verdict.ACCEPTED, set(), 901)
    assert made.probes == 6 * 901 and float(made.chance) < 1e-4
    assert {p.check: (p.good, p.of) for p in made.points}[Check.DNS] == (100, 100)


def test_a_good_line_is_not_accepted_before_its_time() -> None:
    """Five good minutes are no acceptance, and no rejection either."""
    made = run(lambda at, target: True, seconds=300)[0].conclude(Agreed())
    assert made.verdict is Verdict.OPEN
    assert opened(made) == {Check.LONG_ENOUGH, Check.DNS, Check.HTTPS}


def test_a_dead_line_is_rejected_within_ten_seconds() -> None:
    """The technician says that it works, and nothing ever answers: the note comes before he has gone."""
    trial, known = run(silent_from(0))
    made = trial.conclude(Agreed())
    assert made.verdict is Verdict.REJECTED and known <= 10.2
    assert made.silence is not None and made.lost >= 50
    assert made.silence.earliest.timestamp() * SECOND <= BEGIN + SECOND
    assert (made.ended - made.silence.latest).total_seconds() >= 9


@settings(max_examples=30)
@given(st.floats(0.5, 40))
def test_the_bounds_of_a_silence_hold_its_true_beginning(start: float) -> None:
    """Wherever the cut falls between two probes: within 10.2 s, and between two bounds a fifth of a second apart."""
    trial, known = run(silent_from(start), seconds=60)
    made = trial.conclude(Agreed())
    assert trial.settled is Verdict.REJECTED and known - start <= 10.2 + 0.25
    assert made.silence is not None
    cut = BEGIN + start * SECOND
    assert made.silence.earliest.timestamp() * SECOND <= cut + 1
    assert cut <= made.silence.latest.timestamp() * SECOND + 1
    assert made.silence.width.total_seconds() <= 0.2


def test_silence_behind_a_silent_router_rejects_nobody() -> None:
    """Where the own router does not answer either, the line was not tested, and the provider is not blamed."""
    made = run(silent_from(0, router=False))[0].conclude(Agreed())
    assert made.verdict is Verdict.OPEN and Check.OWN_SIDE in opened(made) and made.silence is None


def test_a_host_that_cannot_send_tests_nothing() -> None:
    """'Network unreachable' of the own computer is no silence of the line."""
    trial = Trial(ALL, deadline=SECOND)
    for second in range(15):
        for target in ALL:
            trial.row(target.number, BEGIN + second * SECOND + target.number, Outcome.LOCAL, nan)
    made = trial.conclude(Agreed())
    assert made.verdict is Verdict.OPEN and Check.OWN_SIDE in opened(made)


def test_one_answer_breaks_the_silence_even_if_it_comes_late() -> None:
    """A late answer proves that the line was there: the same probes, one of them late, reject nobody."""
    trial = Trial(ALL, deadline=SECOND)
    for tick in range(66):
        at = BEGIN + tick * SECOND // 6
        if tick % 6 == 0:
            trial.row(ROUTER.number, at + 1, Outcome.OK, RTT)
        trial.row(OUTSIDE[tick % 6].number, at, Outcome.TIMEOUT, nan)
        if tick == 30:
            trial.row(OUTSIDE[0].number, BEGIN + 24 * SECOND // 6, Outcome.LATE, 1.4)
    assert trial.settled is None


def test_a_sleep_of_the_computer_is_no_silence() -> None:
    """Lost probes on both sides of a suspend never make one silence, and the test was disturbed."""
    trial = Trial(ALL, deadline=SECOND)
    for second in range(18):
        if second == 9:
            at = BEGIN + 9 * SECOND
            trial.upset(Upset(UpsetKind.SUSPEND, at - SECOND, at - 1))
        for target in ALL:
            good = target is ROUTER
            at = BEGIN + second * SECOND + target.number * 20_000
            trial.row(target.number, at, Outcome.OK if good else Outcome.TIMEOUT, RTT if good else nan)
    assert trial.settled is None
    assert Check.UNDISTURBED in opened(trial.conclude(Agreed()))


def test_one_silent_target_is_open_and_does_not_reject_the_line() -> None:
    """A host that is down is named; the line is neither accepted nor rejected for it."""
    made = run(lambda at, target: target is not OUTSIDE[2])[0].conclude(Agreed())
    assert made.verdict is Verdict.OPEN and opened(made) == {Check.LOSS}
    assert [point.subject for point in made.open] == ["203.0.113.12"]


def test_half_a_second_without_any_answer_is_open() -> None:
    """Four probes in a row are within one percent of loss, and still a moment in which the line was gone."""
    made = run(lambda at, target: target is ROUTER or not 300 <= at < 300.9)[0].conclude(Agreed())
    assert made.verdict is Verdict.OPEN and opened(made) == {Check.SILENCE}
    assert made.open[0].good == 1 and made.open[0].subject.startswith("2015-02-12T09:05:00")


@pytest.mark.parametrize("seed", range(12))
def test_a_line_that_loses_two_percent_is_not_accepted(seed: int) -> None:
    """Nor is it rejected: it is there, and not as it should be."""
    made = run(lossy(0.02, seed))[0].conclude(Agreed())
    assert made.verdict is Verdict.OPEN and Check.LOSS in opened(made)


@pytest.mark.parametrize("seed", range(3))
def test_a_line_that_loses_one_in_a_thousand_is_accepted(seed: int) -> None:
    """A good line has its losses too; the test must not be unfair."""
    assert run(lossy(0.001, seed))[0].conclude(Agreed()).verdict is Verdict.ACCEPTED


def test_too_few_probes_cannot_accept() -> None:
    """With two targets a line of 2 % would pass by luck more often than once in ten thousand: that is open."""
    few = (ROUTER, *OUTSIDE[:2], NAMES, PAGES)
    made = run(lambda at, target: True, targets=few)[0].conclude(Agreed())
    assert made.verdict is Verdict.OPEN and opened(made) == {Check.SURE_ENOUGH}
    assert float(made.chance) > Rules().chance


def test_the_chance_of_a_wrong_acceptance_is_the_exact_binomial() -> None:
    """900 probes of each of six targets, at most nine lost each: far below one in ten thousand."""
    one = at_most(9, 900, 0.02)
    chance = random.Random(7)
    passed = sum(sum(chance.random() < 0.02 for _ in range(900)) <= 9 for _ in range(4000))
    assert abs(passed / 4000 - one) < 0.008
    assert one**6 < 1e-10 and at_most(9, 900, 0.02) ** 2 > 1e-4


@pytest.mark.parametrize(
    ("agreed", "point", "holds"),
    [
        (Agreed(address="198.51.100.7", seen_address="198.51.100.7"), Check.ADDRESS, True),
        (Agreed(address="198.51.100.7", seen_address="100.64.0.2"), Check.ADDRESS, False),
        (Agreed(address="198.51.100.7", seen_address=""), Check.ADDRESS, False),
        (Agreed(address="198.51.100.7"), Check.ADDRESS, None),
        (Agreed(down=34_000_000, downs=(31_000_000, 30_700_000, 33_000_000)), Check.DOWN, True),
        (Agreed(down=34_000_000, downs=(31_000_000, 30_500_000, 33_000_000)), Check.DOWN, False),
        (Agreed(down=34_000_000, downs=(31_000_000, 0, 33_000_000)), Check.DOWN, False),
        (Agreed(down=34_000_000, downs=(31_000_000, 31_000_000)), Check.DOWN, False),
        (Agreed(down=34_000_000), Check.DOWN, None),
        (Agreed(up=10_000_000, ups=(9_000_000,) * 3), Check.UP, True),
        (Agreed(ipv6=True), Check.IPV6, False),
    ],
)
def test_what_was_agreed_is_a_point_of_its_own(agreed: Agreed, point: Check, holds: bool | None) -> None:
    """Address, throughput and IPv6 hold, do not hold, or say that nobody could test them."""
    made = run(lambda at, target: True)[0].conclude(agreed)
    found = {p.check: p.holds for p in made.points}
    assert found[point] is holds
    assert made.verdict is (Verdict.OPEN if holds is False else Verdict.ACCEPTED)


def test_ipv6_is_tested_where_it_is_promised() -> None:
    """Its targets count like the others."""
    six = Target(40, "main", Depth.OUTSIDE, "t6", "2001:db8:113::10", "net0")
    made = run(lambda at, target: True, targets=(*ALL, six))[0].conclude(Agreed(ipv6=True))
    assert made.verdict is Verdict.ACCEPTED and (Check.IPV6, True) in {
        (p.check, p.holds) for p in made.points
    }
