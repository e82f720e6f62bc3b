"""Has a watch run as a systemd user service: writes its unit, removes exactly that."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from heller.cli import screen
from heller.cli.screen import tr
from heller.cli.written_file import writing
from heller.model.errors import InputRefused, StoreFailed
from heller.model.text import Text, text
from heller.watch import config as watch_config
from heller.watch import unit


def install(case: Path, config: Path | None) -> int:
    """Write the unit and start it where a user manager answers; returns the exit code."""
    watch_config.load(config)  # what is wrong with it is said now, not in a log nobody reads
    case = case.resolve()
    if any(ord(c) < 32 for c in str(case)):
        raise InputRefused(
            what=text("The name of this folder cannot stand in a service."),
            why=text("It holds a line end or another control character."),
            do=text("Rename the folder."),
        )
    place = _place(case)
    command = [sys.executable, "-P", "-m", "heller", "watch", str(case)]
    if config is not None:
        command += ["--config", str(config.resolve())]
    why = text("Without that file systemd does not know the watch.")
    with writing(place, why, text("Check the folder, or have heller watch started in another way.")):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(unit.unit(command, case), encoding="utf-8")
    screen.out().print(screen.words()(text("Written: {path}", path=str(place))), soft_wrap=True)
    if _manager():
        _systemctl("daemon-reload")
        return _started(place.name)
    _next(text("No user manager of systemd answers here. Where one does, start the watch with:"), place.name)
    return 0


def _started(name: str) -> int:
    if _systemctl("enable", "--now", name):
        _next(text("systemd did not start it. See why with: journalctl --user -u {name}", name=name), name)
        return StoreFailed.exit_code
    screen.out().print(tr("The watch runs, and begins again whenever you log in."))
    _next(text("So that it runs without anybody logged in, from start-up on:"), name, only_linger=True)
    return 0


def _next(said: Text, name: str, *, only_linger: bool = False) -> None:
    """A sentence and the commands to copy."""
    screen.out().print(screen.words()(said), soft_wrap=True)
    commands = (
        [] if only_linger else ["systemctl --user daemon-reload", f"systemctl --user enable --now {name}"]
    )
    for command in [*commands, "loginctl enable-linger"]:
        screen.out().print(f"  {command}", soft_wrap=True)


def uninstall(case: Path) -> int:
    """Stop the service and remove its unit; nothing else is touched."""
    place = _place(case.resolve())
    if not place.exists():
        raise InputRefused(
            what=text("No service watches {folder}.", folder=str(case)),
            why=text("There is no {path}.", path=str(place)),
            do=text("See what there is with: systemctl --user list-unit-files 'heller-watch-*'"),
        )
    manager = _manager()
    if manager:
        _systemctl("disable", "--now", place.name)
    place.unlink()
    if manager:
        _systemctl("daemon-reload")
    screen.out().print(screen.words()(text("Removed: {path}", path=str(place))), soft_wrap=True)
    return 0


def _place(case: Path) -> Path:
    """Where a user's own units lie (systemd.unit(5))."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "systemd" / "user" / unit.name_of(case)


def _manager() -> bool:
    """Whether there is a systemctl and a user manager that answers."""
    if shutil.which("systemctl") is None:
        return False
    asked = subprocess.run(
        ["systemctl", "--user", "show-environment"], capture_output=True, check=False, timeout=10
    )
    return asked.returncode == 0


def _systemctl(*words: str) -> int:
    return subprocess.run(["systemctl", "--user", *words], check=False).returncode
