"""Which entries of a journal count: what was withdrawn does not, nor what was said anew in its place. Pure.

A case is as if what is withdrawn had never been written, and what is restored had never been withdrawn. A note that
replaces another one stands in its place: of such a chain the last one counts that is not withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from heller.journal.entry import Entry

WITHDRAWN, RESTORED = "correction", "restored"
NOTED = ("note", "record", "acceptance", "speed")  # entries that hold a record


class Counting(Struct, frozen=True):
    """`withdrawn`: entry to the entry that withdrew it. `replaced`: entry to the one that counts in its place."""

    withdrawn: dict[int, int]
    replaced: dict[int, int]

    def counts(self, number: int) -> bool:
        """Whether an entry of a case counts."""
        return number not in self.withdrawn and number not in self.replaced


def counting(entries: Sequence[Entry]) -> Counting:
    """What of these entries does not count, and why. Of what was erased it is known what it withdrew, restored or
    replaced."""
    withdrawn: dict[int, int] = {}
    chains: dict[int, list[int]] = {}
    first: dict[int, int] = {}
    for entry in entries:
        body = entry.body or {}
        told = body if entry.kind in (WITHDRAWN, RESTORED, "erased", *NOTED) else {}
        if type(number := told.get("corrects")) is int:
            withdrawn[number] = entry.seq
        if type(number := told.get("restores")) is int:
            withdrawn.pop(number, None)
        if entry.kind == "erased":
            gone = told.get("entry")
            if type(gone) is int:
                withdrawn.setdefault(gone, entry.seq)
                _chain(told, gone, chains, first)
        elif entry.kind in NOTED:
            _chain(told, entry.seq, chains, first)
    replaced: dict[int, int] = {}
    for chain in chains.values():
        left = [number for number in chain if number not in withdrawn]
        replaced |= dict.fromkeys(left[:-1], left[-1] if left else 0)
    return Counting(withdrawn, replaced)


def _chain(told: dict[str, object], number: int, chains: dict[int, list[int]], first: dict[int, int]) -> None:
    """Put a note behind the one that it replaces."""
    before = told.get("replaces")
    if type(before) is int and before < number:
        root = first.setdefault(before, before)
        first[number] = root
        chain = chains.setdefault(root, [root])
        if number not in chain:
            chain.append(number)
