"""The loop that asks routers at their paces. One that does not answer is asked again next time; what it said is on the
disk before it goes on. It runs in a process of its own, so that no probe waits for a router.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from heller.model.kinds.line_values import LineLook
from heller.watch.router import kept, settings
from heller.watch.router.settings import Router
from heller.watch.router.snmp import Snmp
from heller.watch.router.tr064 import Tr064


class RouterClient(Protocol):
    """A router that tells its log and its line."""

    def log(self) -> list[str]:
        """The entries, the oldest first."""

    def line(self) -> LineLook:
        """The line as it is now."""


def client_of(router: Router, case: Path) -> RouterClient:
    """The way to ask a router; raises InputRefused where its secret cannot be had."""
    secret = settings.secret_of(router, case)
    return Tr064(router, secret[0]) if router.kind == "fritzbox" else Snmp(router, secret)


def look(home: Path, router: Router, box: RouterClient) -> int:
    """Ask once and keep what is new; returns the number of new entries. Raises OSError where it does not answer."""
    fresh = kept.keep_log(home, router.name, box.log())
    kept.keep_look(home, router.name, box.line())
    return fresh


def poll(
    home: Path,
    boxes: Sequence[tuple[Router, RouterClient]],
    failed: Callable[[Router, Exception], None],
    sleep: Callable[[float], bool],
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Ask all of them until `sleep` says that it is over (True)."""
    due = {router.name: clock() for router, _ in boxes}
    while True:
        for router, box in boxes:
            if due[router.name] > clock():
                continue
            due[router.name] = clock() + router.every
            try:
                look(home, router, box)
            except Exception as error:  # a router that answers nonsense must not end the log of the others
                failed(router, error)
        if sleep(max(0.0, min(due.values()) - clock())):
            return
