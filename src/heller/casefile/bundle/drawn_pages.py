"""Pages of exhibits drawn in a process of its own, within the budget of a file."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from heller.casefile.apart import process
from heller.casefile.apart.budget import Budget, OverBudget
from heller.dossier.printable import MOST_PAGES, Pages

NOT_DRAWN = Pages(excess=True)


def drawing(budget: Budget | None = None, most: int = MOST_PAGES) -> Callable[[bytes], Pages]:
    """Draws the pages of an original, at most so many; where that costs more than a file may, or breaks down, there
    are none."""

    def draw(data: bytes) -> Pages:
        try:
            found = process.ask("pages", (most,), [data], budget)
        except (OverBudget, process.Broken):
            return NOT_DRAWN
        return msgspec.msgpack.decode(found or b"", type=Pages)

    return draw
