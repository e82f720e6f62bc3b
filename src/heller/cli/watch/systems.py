"""Who starts a watch by itself on each system: where its text lies, and the commands that begin and end it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from heller.model.text import Text, text
from heller.watch.services import launchd, systemd, task_scheduler

Commands = list[list[str]]


@dataclass(frozen=True)
class System:
    """`place` is where the text of a case's watch lies, `content` its bytes; `begin` and `end` are the commands to
    be run with that place; `answers` whether the system takes them; `silent` what is said where it does not, `more`
    what follows once it runs."""

    place: Callable[[Path], Path]
    content: Callable[[Sequence[str], Path], bytes]
    begin: Callable[[Path], Commands]
    end: Callable[[Path], Commands]
    answers: Callable[[], bool]
    silent: Text
    failed: Callable[[Path], Text]
    more: tuple[Text, list[str]] | None = None


def of_this_machine() -> System:
    """systemd on Linux, launchd on macOS, the Task Scheduler on Windows."""
    return {"darwin": LAUNCHD, "win32": TASKS}.get(sys.platform, SYSTEMD)


def _has(program: str) -> Callable[[], bool]:
    return lambda: shutil.which(program) is not None


def _user_manager() -> bool:
    """Whether there is a systemctl and a user manager that answers."""
    if not _has("systemctl")():
        return False
    asked = subprocess.run(
        ["systemctl", "--user", "show-environment"], capture_output=True, check=False, timeout=10
    )
    return asked.returncode == 0


def _units() -> Path:
    """Where a user's own units lie (systemd.unit(5))."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "systemd" / "user"


def _session() -> str:
    """launchd's name of the user's session (launchctl(1))."""
    return f"gui/{getattr(os, 'getuid', lambda: 0)()}"


RELOAD = ["systemctl", "--user", "daemon-reload"]

SYSTEMD = System(
    place=lambda case: _units() / systemd.name_of(case),
    content=lambda command, case: systemd.unit(command, case).encode(),
    begin=lambda place: [RELOAD, ["systemctl", "--user", "enable", "--now", place.name]],
    end=lambda place: [["systemctl", "--user", "disable", "--now", place.name]],
    answers=_user_manager,
    silent=text("No user manager of systemd answers here. Where one does, start the watch with:"),
    failed=lambda place: text(
        "systemd did not start it. See why with: journalctl --user -u {name}", name=place.name
    ),
    more=(
        text("So that it runs without anybody logged in, from start-up on:"),
        ["loginctl", "enable-linger"],
    ),
)

LAUNCHD = System(
    place=lambda case: Path.home() / "Library" / "LaunchAgents" / launchd.name_of(case),
    content=lambda command, case: launchd.agent(command, case).encode(),
    begin=lambda place: [["launchctl", "bootstrap", _session(), str(place)]],
    end=lambda place: [["launchctl", "bootout", f"{_session()}/{place.stem}"]],
    answers=_has("launchctl"),
    silent=text("There is no launchctl here. On the Mac itself start the watch with:"),
    failed=lambda place: text(
        "launchd did not start it. See why with: launchctl print {name}", name=f"{_session()}/{place.stem}"
    ),
)

TASKS = System(
    place=lambda case: Path.home() / "AppData" / "Local" / "Heller" / task_scheduler.name_of(case),
    content=lambda command, case: task_scheduler.task(command, case).encode("utf-16"),
    begin=lambda place: [
        ["schtasks", "/Create", "/F", "/TN", place.stem, "/XML", str(place)],
        ["schtasks", "/Run", "/TN", place.stem],
    ],
    end=lambda place: [
        ["schtasks", "/End", "/TN", place.stem],
        ["schtasks", "/Delete", "/F", "/TN", place.stem],
    ],
    answers=_has("schtasks"),
    silent=text("There is no Task Scheduler here. On the Windows PC itself start the watch with:"),
    failed=lambda place: text(
        "The Task Scheduler did not start it. See why with: schtasks /Query /V /FO LIST /TN {name}",
        name=place.stem,
    ),
)
