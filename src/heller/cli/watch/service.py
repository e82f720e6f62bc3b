"""Has a watch begun by the system itself: writes the text for it, starts it; removes exactly that."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from heller.cli import screen
from heller.cli.screen import tr
from heller.cli.watch.systems import Commands, System, of_this_machine
from heller.cli.written_file import writing
from heller.model.errors import InputRefused, StoreFailed
from heller.model.text import Text, text
from heller.watch import config as watch_config


def install(case: Path, config: Path | None) -> int:
    """Write the text and start the watch where the system answers; returns the exit code."""
    watch_config.load(config)  # what is wrong with it is said now, not in a log nobody reads
    case = case.resolve()
    if any(ord(c) < 32 for c in str(case)):
        raise InputRefused(
            what=text("The name of this folder cannot stand in a service."),
            why=text("It holds a line end or another control character."),
            do=text("Rename the folder."),
        )
    system = of_this_machine()
    place = system.place(case)
    command = [sys.executable, "-P", "-m", "heller", "watch", str(case)]
    if config is not None:
        command += ["--config", str(config.resolve())]
    why = text("Without that file the system does not know the watch.")
    with writing(place, why, text("Check the folder, or have heller watch started in another way.")):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(system.content(command, case))
    screen.out().print(screen.words()(text("Written: {path}", path=str(place))), soft_wrap=True)
    if system.answers():
        return _started(system, place)
    _say(system.silent, [*system.begin(place), *([system.more[1]] if system.more else [])])
    return 0


def _started(system: System, place: Path) -> int:
    begin = system.begin(place)
    if not _run(begin):
        _say(system.failed(place), begin)
        return StoreFailed.exit_code
    screen.out().print(tr("The watch runs, and begins again whenever you log in."))
    if system.more:
        _say(system.more[0], [system.more[1]])
    return 0


def uninstall(case: Path) -> int:
    """Stop the watch and remove its text; nothing else is touched."""
    system = of_this_machine()
    place = system.place(case.resolve())
    if not place.exists():
        raise InputRefused(
            what=text("No service watches {folder}.", folder=str(case)),
            why=text("There is no {path}.", path=str(place)),
            do=text("Look whether the folder has another name by now: the service is named after it."),
        )
    if system.answers():
        _run(system.end(place))
    place.unlink()
    screen.out().print(screen.words()(text("Removed: {path}", path=str(place))), soft_wrap=True)
    return 0


def _say(said: Text, commands: Commands) -> None:
    """A sentence and the commands to copy."""
    screen.out().print(screen.words()(said), soft_wrap=True)
    for command in commands:
        words = subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)
        screen.out().print(f"  {words}", soft_wrap=True, markup=False)


def _run(commands: Commands) -> bool:
    """Whether all of them went well; the first that does not is the last."""
    return all(subprocess.run(command, check=False).returncode == 0 for command in commands)
