"""Adds entries to a case folder: written once, on the disk, then acknowledged.

An append reads the last line and not the journal before it. A sampler keeps an `Appender` open and hands it
groups of entries: a whole group is one write and one sync of each of the two files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from heller.journal import disk
from heller.journal.entry import Clock
from heller.journal.places import BODIES, JOURNAL, require_case
from heller.journal.recover import torn, whole_part
from heller.journal.refusal import unfinished
from heller.journal.writing import Content, Tail, add, read_tail
from heller.machine.files import open_handle
from heller.model.errors import JournalBroken
from heller.model.text import text


class Appender:
    """Both files of a case, open for adding. Other writers may come in between two appends."""

    def __init__(self, folder: Path) -> None:
        require_case(folder)
        self._folder = folder
        self._tail: Tail | None = None
        with disk.failing(folder):
            self._journal = open_handle(folder / JOURNAL, os.O_RDWR | os.O_APPEND)
            try:
                self._bodies = open_handle(folder / BODIES, os.O_RDWR | os.O_APPEND)
            except OSError:
                os.close(self._journal)
                raise

    def append(self, entries: Sequence[Content], clock: Clock | None = None) -> int:
        """Write entries (kind, body), in order; returns the number of the first of them.

        Nothing is acknowledged before it is on the disk. If the disk refuses, StoreFailed is raised and
        the case is as it was. Raises JournalBroken where the last entry cannot be read.
        """
        with self.held():
            return self.append_held(entries, clock)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else writes meanwhile; what another writer or a crash left has been looked at."""
        with disk.failing(self._folder), disk.lock(self._journal, self._folder):
            self.catch_up()
            yield

    @property
    def begins(self) -> bool:
        """Whether no entry is there yet, for who holds the lock."""
        return self._tail is not None and self._tail.seq == 0

    def append_held(self, entries: Sequence[Content], clock: Clock | None = None) -> int:
        """`append` for who holds the lock already."""
        assert self._tail is not None
        tail, self._tail = self._tail, None  # not known until both files are whole again
        first, self._tail = add(self._journal, self._bodies, tail, entries, clock)
        return first

    def catch_up(self) -> None:
        """Know the last entry; a file that was replaced is opened again. Raises UnfinishedCopy where the end is not
        whole: nothing follows from half an entry."""
        if (self._folder / BODIES).stat().st_ino != os.fstat(self._bodies).st_ino:
            os.close(self._bodies)
            self._bodies = open_handle(self._folder / BODIES, os.O_RDWR | os.O_APPEND)
            self._tail = None
        sizes = os.fstat(self._journal).st_size, os.fstat(self._bodies).st_size
        if self._tail is not None and sizes == (self._tail.journal, self._tail.bodies):
            return
        self._tail = read_tail(self._journal, self._bodies)
        if self._tail is None:
            given = (self._folder / JOURNAL).read_bytes(), (self._folder / BODIES).read_bytes()
            if (whole := whole_part(*given)) != given:
                raise unfinished(self._folder, torn(whole, given))
            raise JournalBroken(
                what=text("The last entry of the journal cannot be read."),
                why=text("What is added must follow from it; nothing was added."),
                do=text(
                    "See what does not hold with: heller journal show {folder}", folder=str(self._folder)
                ),
            )

    def close(self) -> None:
        """Let go of the files."""
        os.close(self._journal)
        os.close(self._bodies)

    def __enter__(self) -> Appender:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
