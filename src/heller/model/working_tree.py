"""A figure, a bound or a verdict with all that it rests on: a tree that ends at places in exhibits."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from heller.model.amount import Range
from heller.model.damage import NormRef
from heller.model.finding import Locator
from heller.model.text import Text


class WorkingTree(Struct, frozen=True):
    """One node: what it is, its figure, why it is so, its rule, the places it stands in, and what it is made of."""

    label: Text
    amount: Range | None = None
    reason: Text | None = None
    norm: NormRef | None = None
    sources: tuple[Locator, ...] = ()
    parts: tuple[WorkingTree, ...] = ()

    def walk(self, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], WorkingTree]]:
        """Each node with its path: (), (0,), (0, 0), (0, 1), (1,) ..."""
        yield path, self
        for n, part in enumerate(self.parts):
            yield from part.walk((*path, n))
