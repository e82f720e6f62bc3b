"""The errors for a journal that does not hold: each innocent cause in its own words, with its own way on."""

from __future__ import annotations

from pathlib import Path

from heller.journal.checking.check import Checked
from heller.journal.entry import Breach, BreachCause, cause_of
from heller.journal.places import conflict_copies
from heller.model.errors import (
    ConflictCopy,
    ForkedJournal,
    JournalBroken,
    NewerFormat,
    NotACase,
    UnfinishedCopy,
)
from heller.model.text import text


def sound(folder: Path, found: Checked) -> Checked:
    """The journal where it holds; raises what explains best that it does not."""
    if found.breaches:
        raise broken(folder, found)
    if not found.entries:
        raise NotACase(
            what=text("The case in {folder} was never opened: its journal is empty.", folder=str(folder)),
            why=text("Opening it was interrupted, or the journal was emptied."),
            do=text("Open it again with: heller open {folder}", folder=str(folder)),
        )
    return found


def broken(folder: Path, found: Checked) -> JournalBroken:
    """The error for a journal with breaches."""
    first, cause = found.breaches[0], cause_of(found.breaches)
    copies = conflict_copies(folder)
    if cause is BreachCause.UNFINISHED:
        return unfinished(folder, first)
    if cause is BreachCause.NEWER:
        return NewerFormat(
            what=first.what,
            why=text(
                "What a newer version wrote may mean what this one does not know; nothing is wrong with it."
            ),
            do=text("Take the newer Heller on this computer, too."),
        )
    if copies:
        return ConflictCopy(
            what=text(
                "Beside the journal lies another version of it: {names}. As they lie there, they do not fit together: "
                "{what}",
                names=", ".join(copies),
                what=first.what,
            ),
            why=text(
                "A program that synchronises folders keeps two versions where two computers wrote at once; nobody "
                "changed an entry."
            ),
            do=text(
                "Copy the folder, put the version of one computer back into each copy, then compare the two: heller "
                "journal compare ONE OTHER"
            ),
        )
    if cause is BreachCause.FORK:
        return ForkedJournal(
            what=text(
                "{what} The case was written on two computers ({where}).", what=first.what, where=first.where
            ),
            why=text("Each of the two journals may hold for itself; mixed they hold no longer."),
            do=text("Compare the folders of both computers: heller journal compare ONE OTHER"),
        )
    return JournalBroken(
        what=text("The journal does not hold: {what} ({where})", what=first.what, where=first.where),
        why=text("Something was changed after it was written; the case proves nothing past this point."),
        do=text(
            "Restore the folder from its last copy. All that does not hold: heller journal show {folder}",
            folder=str(folder),
        ),
    )


def unfinished(folder: Path, torn: Breach) -> UnfinishedCopy:
    """The error for an end that is not there."""
    return UnfinishedCopy(
        what=text("The end of the case in {folder} is not whole: {what}", folder=str(folder), what=torn.what),
        why=text(
            "Either the copy of this folder is not finished yet, or power was cut while an entry was written. What "
            "stands before the end holds; nothing was changed."
        ),
        do=text(
            "If a copy is on its way, wait until it is done. If none is: heller journal mend {folder}",
            folder=str(folder),
        ),
    )
