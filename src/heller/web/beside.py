"""Verbs of Heller that a page begins beside itself, one of a name for a case at a time. Each writes what it finds into
the case by itself and goes on when the browser is closed; one that failed is remembered with what it said."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from msgspec import Struct

LONGEST = 2000  # bytes of what a verb said that are shown


class Beside(Struct):
    """One run of a verb: its process, what it says on the way, the exit codes that are no failure."""

    child: subprocess.Popen[bytes]
    said: IO[bytes]
    fine: frozenset[int]


_running: dict[tuple[Path, str], Beside] = {}
_turn = threading.Lock()


def command(*words: str) -> list[str]:
    """What is run: this Heller with a verb and its words, never what lies where the person stands."""
    return [sys.executable, "-P", "-m", "heller", *words]


def begin(folder: Path, name: str, words: Sequence[str], fine: frozenset[int] = frozenset({0})) -> None:
    """Begin a command for a case under a name, if none of that name is going on."""
    with _turn:
        last = _running.get((folder, name))
        if last is not None and last.child.poll() is None:
            return
        if last is not None:
            last.said.close()
        said = TemporaryFile()  # noqa: SIM115  # open as long as the verb speaks
        child = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
        _running[folder, name] = Beside(child, said, fine)


def runs(folder: Path, name: str) -> bool:
    """Whether one that this server began is going on."""
    with _turn:
        last = _running.get((folder, name))
        return last is not None and last.child.poll() is None


def failure(folder: Path, name: str) -> str:
    """What the last one said when it failed; '' where it goes on, went well, or none was begun."""
    with _turn:
        last = _running.get((folder, name))
        if last is None or last.child.poll() is None or last.child.returncode in last.fine:
            return ""
        last.said.seek(0)
        words = last.said.read(LONGEST).decode("utf-8", "replace").strip()
        return words or f"{last.child.returncode}"
