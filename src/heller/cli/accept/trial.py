"""Conducts an acceptance test: probes, then address and throughput. It decides nothing."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable

from msgspec.structs import replace

from heller.cli import screen
from heller.cli.screen import tr
from heller.machine import loops
from heller.model.kinds.acceptance import Acceptance, Announcement
from heller.model.sample import Carrier, Target, Upset
from heller.model.text import text
from heller.outage.acceptance.decide import RULES, Trial
from heller.outage.acceptance.points import SECOND, Agreed, Rules
from heller.watch import loop, throughput
from heller.watch.plan import Plan
from heller.watch.rows import Phases, ProbeRow, Tick
from heller.watch.throughput import Server

PATIENCE = 60 * SECOND  # beyond the time, until the last page was asked for


class Listener:
    """Takes what the probe loop finds, tells the trial, and stops when it is decided or over."""

    def __init__(self, trial: Trial, stop: asyncio.Event, told: Callable[[Trial], None]) -> None:
        self.trial, self.stop, self.told = trial, stop, told
        self.clock = -1

    def target(self, target: Target) -> None:
        """Somebody is probed from now on."""
        self.trial.target(target)

    def row(self, row: ProbeRow) -> None:
        """A probe ended."""
        self.trial.row(row.target, row.at, row.outcome, row.rtt)
        if self.trial.settled:
            self.stop.set()

    def tick(self, tick: Tick) -> None:
        """A second passed."""
        self.clock = tick.error if tick.sync == "ntp" else -1
        self.told(self.trial)
        over = self.trial.watched - self.trial.rules.watched
        if over >= PATIENCE or (over >= 0 and self.trial.enough):
            self.stop.set()

    def upset(self, upset: Upset) -> None:
        """The watch was disturbed."""
        self.trial.upset(upset)

    def carrier(self, look: Carrier) -> None:
        """Who carries, as one look showed."""
        self.trial.carrier(look)

    def phases(self, phases: Phases) -> None:
        """The parts of a page: nothing that decides."""


def conduct(
    plan: Plan,
    agreed: Agreed,
    said: Announcement | None = None,
    *,
    server: Server | None = None,
    address_url: str = "",
    rules: Rules = RULES,
) -> Acceptance:
    """The whole test. Interrupted, it says what was open then."""
    trial = Trial(plan.targets, round(plan.deadline * SECOND), rules)
    with screen.progress("", rules.watched // SECOND) as done:
        listener = loops.run(_listened(plan, trial, _teller(done)))
    source = plan.uplinks[0].source
    if trial.settled is None and trial.watched >= rules.watched:
        if agreed.address and address_url:
            agreed = replace(agreed, seen_address=throughput.public_address(address_url, source))
        if server is not None and (agreed.down or agreed.up):
            agreed = _measured(agreed, server, rules.speed_tests)
    return trial.conclude(agreed, said, listener.clock)


async def _listened(plan: Plan, trial: Trial, told: Callable[[Trial], None]) -> Listener:
    stop = asyncio.Event()
    loops.on_signals((signal.SIGINT,), stop.set)
    listener = Listener(trial, stop, told)
    await loop.run(plan, listener, stop)
    return listener


def _teller(done: Callable[[str], None]) -> Callable[[Trial], None]:
    """Moves the bar once a second and says how it stands."""
    say = screen.words()

    def told(trial: Trial) -> None:
        sent, lost = trial.so_far()
        done(say(text("{answered} of {sent} probes answered", answered=sent - lost, sent=sent)))

    return told


def _measured(agreed: Agreed, server: Server, tests: int) -> Agreed:
    """Three tests of throughput, one after the other; a way that the server cannot measure stays untested."""
    found = []
    with screen.progress(tr("Throughput"), tests * len(server.ways)) as done:
        for number in range(tests):
            if number:
                time.sleep(2)
            found.append(throughput.measure(server, done))
    rates = {way: tuple(test.rate(way) or 0 for test in found) for way in server.ways}
    return replace(agreed, downs=rates["down"], ups=rates.get("up"))
