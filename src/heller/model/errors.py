"""Errors say what happened, why it matters, what to do, and own the exit code."""

from __future__ import annotations

from heller.model.text import Text, text

UNCHANGED = "is as it was"  # how a sentence says that nothing was written
WRITTEN = text("Entries were written before it happened; they are kept, and the case is whole.")


class HellerError(Exception):
    """Something that cannot go on. `what`, `why` and `do` are texts for people."""

    exit_code = 1

    def __init__(self, what: Text, why: Text, do: Text) -> None:
        super().__init__(str(what))
        self.what, self.why, self.do = what, why, do

    def because(self, changed: bool) -> Text:
        """Why it matters. It may say that the case is as it was; where entries were written before it happened
        (`changed`), that is said instead."""
        return WRITTEN if changed and UNCHANGED in self.why.id else self.why


class InputRefused(HellerError):
    """What was given cannot be read: a missing file, an unknown value, an empty table."""

    exit_code = 3


class NotACase(HellerError):
    """The folder is no case folder, or already is one."""

    exit_code = 4


class JournalBroken(HellerError):
    """The chain of entries does not close: something was changed after it was written."""

    exit_code = 5


class NewerFormat(JournalBroken):
    """A later version of Heller wrote it, in a form that this one does not know. Nothing is wrong with it."""

    exit_code = 8


class UnfinishedCopy(JournalBroken):
    """The end is not there: a copy that is not finished, or power that was cut. Nothing was changed."""

    exit_code = 9


class ConflictCopy(JournalBroken):
    """A program that synchronises folders kept two versions of a file beside each other."""

    exit_code = 10


class ForkedJournal(JournalBroken):
    """Two computers wrote on from the same entry."""

    exit_code = 11


class OriginalMissing(JournalBroken):
    """The original of an exhibit is not there, or its bytes are not those that were taken in."""

    exit_code = 12


class StoreFailed(HellerError):
    """The disk refused: full, read-only, or locked by another Heller."""

    exit_code = 6


class NotVerified(HellerError):
    """A bundle does not hold what it says."""

    exit_code = 7
