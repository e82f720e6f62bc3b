"""What a server remembers of a case: the claim of a day, worked out once, by one thread, for all pages.

A page that has to wait long for it says so instead, with how far the reading is. It writes nothing.
"""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from heller import casefile
from heller.journal.places import BODIES, JOURNAL
from heller.model.claim import Claim

PATIENCE = 1.5  # seconds that a page waits before it shows how far the reading is
MOST = 4  # claims: days that are looked at beside each other

# Reading, working out and drawing take turns: no claim is worked out twice at once, and PDFium, which reads
# and draws PDFs, is not made for several threads.
TURN = threading.Lock()


class Loading:
    """A claim on its way: how many files there are, which were read, and how it ended."""

    def __init__(self, folder: Path, day: date) -> None:
        self.folder, self.day = folder, day
        self.total = 0
        self.read: list[str] = []
        self.claim: Claim | None = None
        self.error: BaseException | None = None
        self.done = threading.Event()

    def run(self) -> None:
        """Work it out, and keep what came of it."""
        try:
            with TURN:
                entries = casefile.entries(self.folder).entries
                self.total = sum(entry.kind == "exhibit" for entry in entries)
                self.claim = casefile.claim(self.folder, self.day, self.read.append)
        except BaseException as error:  # whoever waits for it is told
            self.error = error
        finally:
            self.done.set()


class StillLoadingError(Exception):
    """A page would have to wait longer than its reader should without a sign."""

    def __init__(self, loading: Loading) -> None:
        super().__init__(f"{len(loading.read)} of {loading.total} files are read")
        self.loading = loading


class Memory:
    """The claims of one case that this process has at hand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[tuple[object, date], Loading] = {}
        self.before: dict[int, Claim] = {}  # what was owed before an entry was written, for its echo

    def claim(self, day: date, *, patient: bool) -> Claim:
        """What is owed on a day. Raises StillLoadingError where that takes long and the caller is not `patient`,
        and what working it out raises."""
        loading = self._loading(day)
        if not loading.done.wait(None if patient else PATIENCE):
            raise StillLoadingError(loading)
        if loading.error is not None:
            with self._lock:
                self._known = {key: one for key, one in self._known.items() if one is not loading}
            raise loading.error
        assert loading.claim is not None
        return loading.claim

    def keep_before(self, entry: int, claim: Claim) -> None:
        """Keep what was owed before an entry, for the page that answers."""
        self.before[entry] = claim
        while len(self.before) > MOST:
            del self.before[next(iter(self.before))]

    def _loading(self, day: date) -> Loading:
        key = (self._state(), day)
        with self._lock:
            known = self._known.pop(key, None)
            if known is None:
                known = Loading(self._folder, day)
                threading.Thread(target=known.run, name="loading", daemon=True).start()
            self._known[key] = known  # the one that was asked for last is the last to go
            while len(self._known) > MOST:
                del self._known[next(iter(self._known))]
            return known

    def _state(self) -> object:
        """What the files of the journal look like; they change with every entry."""
        try:
            stats = [(self._folder / name).stat() for name in (JOURNAL, BODIES)]
        except OSError:
            return None
        return tuple((stat.st_ino, stat.st_size, stat.st_mtime_ns) for stat in stats)
