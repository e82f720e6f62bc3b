"""Builds a dossier beside the pages: one worker thread per case folder, whose progress can be asked."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from heller import casefile
from heller.casefile import Built
from heller.casefile.bundle.build import STEPS
from heller.model.errors import HellerError
from heller.model.text import Text, text
from heller.web.desk import TURN


class Work:
    """One build: what was said so far, and how it ended."""

    def __init__(self, as_of: date, lang: str) -> None:
        self.as_of, self.lang = as_of, lang
        self.said: list[Text] = []
        self.built: Built | None = None
        self.error: HellerError | None = None
        self.done = threading.Event()

    @property
    def percent(self) -> int:
        """How far it is; never 100 before the end."""
        return 100 if self.built else min(99, 100 * max(len(self.said) - 1, 0) // STEPS)

    def run(self, folder: Path) -> None:
        """Build, and keep what came of it."""
        try:
            with TURN:
                self.built = casefile.build(folder, self.as_of, self.lang, self.said.append)
        except HellerError as error:
            self.error = error
        except Exception as error:
            self.error = HellerError(
                text("This is a defect of Heller, not of your input."),
                text("No dossier was made: {reason}", reason=f"{type(error).__name__}: {error}"),
                text("Please report it with the output of: heller dossier"),
            )
        finally:
            self.done.set()


_works: dict[Path, Work] = {}
_turn = threading.Lock()


def start(folder: Path, as_of: date, lang: str) -> Work:
    """Begin a build; while one is running for this folder, it is that one."""
    with _turn:
        running = _works.get(folder)
        if running is not None and not running.done.is_set():
            return running
        work = _works[folder] = Work(as_of, lang)
    threading.Thread(target=work.run, args=(folder,), name="dossier").start()
    return work


def last(folder: Path) -> Work | None:
    """The latest build of a folder since the start."""
    return _works.get(folder)
