"""Builds a dossier beside the pages, in a process of its own, whose progress can be asked.

A thread listens to it. So the pages answer meanwhile, and what typesetting takes of memory is given back.
"""

from __future__ import annotations

import multiprocessing
import threading
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from heller.casefile.bundle.build import STEPS
from heller.journal.disk import head
from heller.model.errors import HellerError
from heller.model.text import Text, text

SAID, BUILT, FAILED = "said", "built", "failed"


class Work:
    """One build: what was said so far, and how it ended: the digest of the bundle, or an error."""

    def __init__(self, as_of: date, lang: str) -> None:
        self.as_of, self.lang = as_of, lang
        self.said: list[Text] = []
        self.digest = ""
        self.error: HellerError | None = None
        self.done = threading.Event()

    @property
    def percent(self) -> int:
        """How far it is; never 100 before the end."""
        return 100 if self.digest else min(99, 100 * max(len(self.said) - 1, 0) // STEPS)

    def run(self, folder: Path) -> None:
        """Have it built, and keep what came of it."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        builder = context.Process(target=build, args=(theirs, folder, self.as_of, self.lang), daemon=True)
        try:
            builder.start()
            theirs.close()
            while not self.digest and self.error is None:
                self.take(*ours.recv())
        except (EOFError, OSError) as error:  # it was killed, or there was no room for it
            self.error = defect(error)
        finally:
            builder.join()
            self.done.set()

    def take(self, kind: str, what: Any) -> None:
        """What the builder tells."""
        if kind == SAID:
            self.said.append(what)
        elif kind == BUILT:
            self.digest = what
        else:
            self.error = HellerError(*what)


def build(told: Connection, folder: Path, as_of: date, lang: str) -> None:
    """What the process does: build, and tell how far it is and how it ended."""
    from heller import casefile

    before = head(folder)
    try:
        built = casefile.build(folder, as_of, lang, lambda said: told.send((SAID, said)))
        told.send((BUILT, built.digest))
    except Exception as error:
        fault = error if isinstance(error, HellerError) else defect(error)
        told.send((FAILED, (fault.what, fault.because(head(folder) != before), fault.do)))


def defect(error: Exception) -> HellerError:
    """The error for what nobody expected."""
    return HellerError(
        text("This is a defect of Heller, not of your input."),
        text("No dossier was made: {reason}", reason=f"{type(error).__name__}: {error}"),
        text("Please report it with the output of: heller dossier"),
    )


_works: dict[Path, Work] = {}
_turn = threading.Lock()


def start(folder: Path, as_of: date, lang: str) -> Work:
    """Begin a build; while one is running for this folder, it is that one."""
    with _turn:
        running = _works.get(folder)
        if running is not None and not running.done.is_set():
            return running
        work = _works[folder] = Work(as_of, lang)
    threading.Thread(target=work.run, args=(folder,), name="dossier", daemon=True).start()
    return work


def last(folder: Path) -> Work | None:
    """The latest build of a folder since the start."""
    return _works.get(folder)
