"""Errors say what happened, why it matters, what to do, and own the exit code."""

from __future__ import annotations

from heller.model.text import Text


class HellerError(Exception):
    """Something that cannot go on. `what`, `why` and `do` are texts for people."""

    exit_code = 1

    def __init__(self, what: Text, why: Text, do: Text) -> None:
        super().__init__(str(what))
        self.what, self.why, self.do = what, why, do


class InputRefused(HellerError):
    """What was given cannot be read: a missing file, an unknown value, an empty table."""

    exit_code = 3


class NotACase(HellerError):
    """The folder is no case folder, or already is one."""

    exit_code = 4


class JournalBroken(HellerError):
    """The chain of entries does not close: something was changed after it was written."""

    exit_code = 5


class StoreFailed(HellerError):
    """The disk refused: full, read-only, or locked by another Heller."""

    exit_code = 6


class NotVerified(HellerError):
    """A bundle does not hold what it says."""

    exit_code = 7
