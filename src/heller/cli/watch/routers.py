"""Asks the routers of a watch until it is told to end; a process of its own beside the probes."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

from heller.cli import screen
from heller.cli.watch.again import ENDING
from heller.model.text import text
from heller.watch.config import routers
from heller.watch.keeping import store
from heller.watch.router import polling
from heller.watch.router.settings import Router


def ask(case: Path, config: Path | None) -> int:
    """Ask at the pace of each; returns the exit code."""
    stop = threading.Event()
    for number in ENDING:
        signal.signal(number, lambda *_: stop.set())
    boxes = [(router, polling.client_of(router, case)) for router in routers(config)]
    polling.poll(case / store.HOME, boxes, _say_failed, stop.wait)
    return 0


def _say_failed(router: Router, error: Exception) -> None:
    what = text(
        "The router {name} did not answer: {why}. It is asked again in {s} seconds.",
        name=router.name,
        why=str(error) or type(error).__name__,
        s=round(router.every),
    )
    screen.err().print(screen.words()(what))
