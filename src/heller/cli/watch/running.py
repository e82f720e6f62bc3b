"""Runs a watch: the probe loop in this process, the view and the sealing in processes of their own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from heller.cli import screen
from heller.cli.screen import tr
from heller.cli.watch.again import ENDING, beside, command, to_its_end
from heller.cli.watch.alerts import secrets_of
from heller.journal.places import is_case
from heller.machine import loops
from heller.model.errors import StoreFailed
from heller.model.sample import VERSION, SampleHeader
from heller.model.text import text
from heller.watch import budget, clocks, loop, sockets_allowed
from heller.watch.clocks import Session
from heller.watch.config import alerts, load, routers
from heller.watch.keeping import store
from heller.watch.keeping.keeper import Keeper
from heller.watch.keeping.lock import hold
from heller.watch.plan import Plan, thin
from heller.watch.router.settings import secret_of


def watch(case: Path, config: Path | None, seconds: float | None, *, as_json: bool) -> int:
    """Watch until told to end, then seal; returns the exit code. Raises StoreFailed where another watch runs
    on the case, or where the disk refuses at the start."""
    plan = load(config)
    for router in routers(config):
        secret_of(router, case)
    secrets_of(alerts(config), case)
    if not is_case(case) and to_its_end("open", str(case), out=sys.stderr.fileno()):
        return StoreFailed.exit_code
    home = case / store.HOME
    with hold(home):
        session = clocks.begin()
        keeper = _keeper(home, plan, session, command("watch", str(case), "--seal", "--hours", "--json"))
        _say_begin(case, keeper, plan)
        try:
            with _view(case, as_json=as_json), _others(case, config):
                loops.run(_measure(plan, keeper, session, seconds))
        finally:
            keeper.close()
    return to_its_end("watch", str(case), "--seal", *(["--json"] if as_json else []))


def _keeper(home: Path, plan: Plan, session: Session, seal: Sequence[str]) -> Keeper:
    metered = tuple(uplink.name for uplink in plan.uplinks if uplink.metered)
    addresses = {uplink.name: uplink.address for uplink in plan.uplinks if uplink.address}
    head = SampleHeader(VERSION, session.name, (), (), plan.step, metered=metered, addresses=addresses)
    asked = sockets_allowed.explain(sockets_allowed.choose(_six(plan)))
    said = {"ways": msgspec.json.encode((asked.id, asked.args)).decode()}
    for uplink in plan.uplinks:
        if uplink.budget_mb is not None:
            said[f"budget {uplink.name}"] = str(round(uplink.budget_mb * budget.MEGABYTE))
    with store.failing(home):
        return Keeper(home, head, said, seal)


def _six(plan: Plan) -> bool:
    return all(":" in target.address for target in plan.targets)


async def _measure(plan: Plan, keeper: Keeper, session: Session, seconds: float | None) -> None:
    """The loop, until a signal, the end of its time, or a defect of its own."""
    stop, running = asyncio.Event(), asyncio.get_running_loop()
    keeper.failed = lambda: running.call_soon_threadsafe(stop.set)
    loops.on_signals(ENDING, stop.set)
    if seconds is not None:
        running.call_later(seconds, stop.set)
    await loop.run(plan, keeper, stop, keeper.used(plan), session)


def _say_begin(case: Path, keeper: Keeper, plan: Plan) -> None:
    say = screen.words()
    for weak in thin(plan):
        screen.err().print(say(weak))
    if keeper.set_aside is not None:
        place = str(keeper.set_aside)
        screen.err().print(
            say(text("The file of the last watch is broken. It was set aside: {place}", place=place))
        )
    if not sys.stdout.isatty():
        screen.err().print(
            say(text("{case} is being watched. It ends with Ctrl-C or SIGTERM.", case=str(case)))
        )


@contextmanager
def _view(case: Path, *, as_json: bool) -> Iterator[None]:
    """The view beside the watch, where somebody looks: on a terminal, or as lines for a machine."""
    if not as_json and not sys.stdout.isatty():
        yield
        return
    with beside("watch", str(case), "--look", *(["--json"] if as_json else []), own_group=False):
        yield
    if not as_json:
        screen.out().print(tr("The watch has ended; what it measured is being sealed."))


@contextmanager
def _others(case: Path, config: Path | None) -> Iterator[None]:
    """The processes that the file asks for: one that asks the routers, one that tells what befalls the line."""
    with ExitStack() as stack:
        for word, wanted in (("--routers", routers(config)), ("--alerts", alerts(config).any)):
            if wanted:
                stack.enter_context(beside("watch", str(case), word, "--config", str(config)))
        yield
