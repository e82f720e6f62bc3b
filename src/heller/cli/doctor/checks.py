"""What Heller needs of a machine, looked at once: each check says how it stands and what to do. Nothing is changed, and
nobody is asked over the network."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from heller.machine import locks
from heller.machine.clocks import read_sync
from heller.machine.files import open_handle
from heller.model.text import Text, text

ROOM = 2 << 30  # bytes free that a case with its dossier may need
LITTLE = 200 << 20


class State(StrEnum):
    """How a part stands."""

    GOOD = "good"
    WEAK = "weak"  # it works, less well
    MISSING = "missing"


class Examined(Struct, frozen=True):
    """One part of the machine."""

    what: Text
    state: State
    said: Text
    do: Text | None = None


Check = Callable[[Path], Examined]


def _python(home: Path) -> Examined:
    del home
    said = text(
        "Python {version}, {system}.",
        version=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
    )
    return Examined(text("Program"), State.GOOD, said)


def _probes(home: Path) -> Examined:
    from heller.watch.sockets_allowed import SocketKind, choose, explain

    del home
    choice = choose()
    state = State.GOOD if choice.kind <= SocketKind.CALL else State.WEAK
    return Examined(text("Measuring the line"), state, explain(choice))


def _clock(home: Path) -> Examined:
    del home
    what = text("Clock")
    match read_sync()[0]:
        case "ntp":
            return Examined(what, State.GOOD, text("Something keeps it in step."))
        case "none":
            return Examined(
                what,
                State.WEAK,
                text("Nothing keeps it in step: times of the evidence could be off."),
                text("Switch on the setting of the system that sets the time by itself, over the internet."),
            )
    return Examined(
        what,
        State.WEAK,
        text("Whether something keeps it in step, the system does not say."),
        text("Look in its settings whether the time is set by itself, over the internet."),
    )


def _folder(home: Path) -> Examined:
    what = text("Folder of the cases")
    try:
        with tempfile.TemporaryDirectory(dir=home) as made:
            if not _locks(Path(made) / "lock"):
                return Examined(
                    what,
                    State.MISSING,
                    text("The file system of {folder} knows no locks.", folder=str(home.resolve())),
                    text("Keep cases on a disk of this machine, and copy them to the network from there."),
                )
    except OSError as error:
        return Examined(
            what,
            State.MISSING,
            text(
                "{folder} cannot be written: {reason}.",
                folder=str(home.resolve()),
                reason=error.strerror or "",
            ),
            text("Choose a folder of your own."),
        )
    return Examined(what, State.GOOD, text("{folder} can be written and locked.", folder=str(home.resolve())))


def _locks(place: Path) -> bool:
    """Whether a second handle is kept out by the first."""
    first, second = (open_handle(place, os.O_RDWR | os.O_CREAT, 0o600) for _ in range(2))
    try:
        return locks.KNOWN and locks.take(first) and not locks.take(second)
    except OSError:
        return False
    finally:
        os.close(first)
        os.close(second)


def _disk(home: Path) -> Examined:
    what, free = text("Room on the disk"), shutil.disk_usage(home).free
    said = text("{free} MB are free.", free=free // 1_000_000)
    if free > ROOM:
        return Examined(what, State.GOOD, said)
    state = State.WEAK if free > LITTLE else State.MISSING
    return Examined(
        what, state, said, text("Make room: a large case needs about 2 GB while its dossier is made.")
    )


def _words(home: Path) -> Examined:
    del home
    what = text("Words of scans and photos")
    try:
        from heller.intake.paper.recogniser import models

        models()
    except (ImportError, OSError) as error:
        return Examined(
            what,
            State.MISSING,
            text("The recogniser does not run here: {reason}.", reason=str(error).splitlines()[0]),
            text("Values of scans are typed in the inbox; all else works. Install Heller anew to mend it."),
        )
    return Examined(what, State.GOOD, text("The recogniser runs, without a network."))


def _press(home: Path) -> Examined:
    del home
    what = text("Dossiers and letters")
    try:
        import typst

        typst.compile(b"#set page(width: 1cm, height: 1cm)\n.")
    except (ImportError, OSError, RuntimeError) as error:
        return Examined(
            what,
            State.MISSING,
            text("Typst does not run here: {reason}.", reason=str(error).splitlines()[0]),
            text("Install Heller anew."),
        )
    return Examined(what, State.GOOD, text("They can be typeset."))


def _browser(home: Path) -> Examined:
    import webbrowser

    del home
    what = text("Browser")
    try:
        webbrowser.get()
    except webbrowser.Error:
        return Examined(
            what,
            State.WEAK,
            text("None is known here that could be opened."),
            text(
                "heller serve prints the address: open it yourself. The command line does all that pages do."
            ),
        )
    return Examined(what, State.GOOD, text("One can be opened."))


def _start(home: Path) -> Examined:
    from heller.cli.watch.systems import of_this_machine

    del home
    what = text("Watch that starts by itself")
    system = of_this_machine()
    if system.answers():
        return Examined(what, State.GOOD, text("The system can start it: heller watch CASE --install"))
    return Examined(
        what,
        State.WEAK,
        text("No service manager answers here."),
        text("Start heller watch CASE yourself, and let the machine run."),
    )


def _terminal(home: Path) -> Examined:
    del home
    what, encoding = text("Signs of the terminal"), (sys.stdout.encoding or "ascii").lower()
    if encoding.replace("-", "") == "utf8":
        return Examined(what, State.GOOD, text("All signs can be shown."))
    return Examined(
        what,
        State.WEAK,
        text("Only those of {encoding}: others are replaced.", encoding=encoding),
        text("Set the variable PYTHONUTF8=1."),
    )


CHECKS: tuple[Check, ...] = (
    _python,
    _folder,
    _disk,
    _clock,
    _probes,
    _words,
    _press,
    _browser,
    _start,
    _terminal,
)
