"""Heller called by itself: the processes beside a watch, begun and ended with it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from heller.cli import screen

ENDING = (signal.SIGINT, signal.SIGTERM)
GRACE = 3  # seconds that a process has to put things in order


def command(*words: str) -> list[str]:
    """Heller again, in the language of this run; not what lies where the person stands."""
    return [sys.executable, "-P", "-m", "heller", "--lang", screen.language(), *words]


def to_its_end(*words: str, out: int | None = None) -> int:
    """Run Heller to its end; a second Ctrl-C does not reach it."""
    with subprocess.Popen(command(*words), stdout=out, start_new_session=True) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


@contextmanager
def beside(*words: str, own_group: bool = True) -> Iterator[None]:
    """A process for as long as the block lasts; of its own group it hears no Ctrl-C of the terminal."""
    child = subprocess.Popen(command(*words), start_new_session=own_group)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
