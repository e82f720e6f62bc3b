"""Two copies of one case: how far they agree, where they went different ways, and what only one of them holds. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from heller.journal.entry import Entry


class Comparison(Struct, frozen=True):
    """`shared` entries stand in both, in the same lines; behind them each holds entries of its own. `same` says that
    both are copies of one case at all."""

    same: bool
    shared: int
    only_one: tuple[Entry, ...]
    only_other: tuple[Entry, ...]

    @property
    def forked(self) -> bool:
        """Whether both went on, each in its own way."""
        return self.same and bool(self.only_one) and bool(self.only_other)


def compare(
    one: Sequence[bytes], one_entries: Sequence[Entry], other: Sequence[bytes], other_entries: Sequence[Entry]
) -> Comparison:
    """Compare two checked journals by their lines."""
    pairs = enumerate(zip(one, other, strict=False))
    shared = next((n for n, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
    return Comparison(shared > 0, shared, tuple(one_entries[shared:]), tuple(other_entries[shared:]))
