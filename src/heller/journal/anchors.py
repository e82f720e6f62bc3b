"""The anchors of a case folder: an entry in the journal, and a file that follows from it.

The entry comes first. A file that is missing is made again from the journal; a file that says something
else than the journal does is a breach.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from heller.journal import disk, store
from heller.journal.anchor import Anchor, heads, origin_of
from heller.journal.checking.check import Checked
from heller.journal.entry import Clock
from heller.journal.places import anchor_path
from heller.journal.writing import Content

QUIET = ("anchor", "stamp", "witness", "renewal", "clock")  # entries that need no anchor of their own


class Numbered(Struct, frozen=True):
    """An anchor with its number, its file's bytes and their SHA-256, and where the file lies."""

    number: int
    anchor: Anchor
    data: bytes
    digest: str
    path: Path

    @property
    def size(self) -> int:
        """How many lines it covers."""
        return self.anchor.size


def anchors(checked: Checked, folder: Path) -> tuple[Numbered, ...]:
    """The anchors that a checked journal names, the oldest first. Pure: no file is read."""
    return tuple(_numbered(folder, number, head) for number, head in enumerate(checked.anchors, 1))


def _numbered(folder: Path, number: int, head: Anchor) -> Numbered:
    return Numbered(number, head, head.data, head.digest, anchor_path(folder, number))


def newest(folder: Path, clock: Clock | None = None, *, anyway: bool = False) -> Numbered:
    """The newest anchor; a new one where something happened since it was made, or `anyway`.

    All anchors lie on the disk when this returns. Raises NotACase, JournalBroken, StoreFailed.
    """
    with store.open_journal(folder) as (writer, checked):
        known = anchors(checked, folder)
        covered = known[-1].size if known else 0
        fresh = checked.entries[covered:]
        if not known or anyway or any(entry.kind not in QUIET for entry in fresh):
            made = _new_anchor(folder, checked, known)
            writer.append_held([_entry(made)], clock)
            known = (*known, made)
        for one in known:
            if not one.path.exists():
                disk.keep(one.path, one.data)
        return known[-1]


def _new_anchor(folder: Path, checked: Checked, known: tuple[Numbered, ...]) -> Numbered:
    (head,) = heads(origin_of(checked.entries), checked.lines, [len(checked.lines)])
    previous = known[-1].digest if known else ""
    return _numbered(folder, len(known) + 1, replace(head, previous=previous))


def _entry(made: Numbered) -> Content:
    return "anchor", {"digest": made.digest, "number": made.number, "size": made.size}
