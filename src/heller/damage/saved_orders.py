"""What the overtime replaced: the profit of the orders that it saved, which is therefore not claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from heller.model.amount import Range, WorkingLine
from heller.model.damage import Position, SalesEstimate
from heller.model.finding import Finding, Weight
from heller.model.money import ZERO, Money, total
from heller.model.text import text


def net_of_saved_orders(
    positions: Iterable[Position], sales: Sequence[SalesEstimate], share: Decimal | None
) -> tuple[Position, ...]:
    """The positions, those of overtime with the margin of the orders that came back under them."""
    saved, margin = _saved(sales, share)
    if not saved:
        return tuple(positions)
    line = WorkingLine(
        text(
            "These hours served {units} that came back: {takings} of takings, {margin} of margin, "
            "which is not claimed.",
            takings=saved,
            margin=margin,
        )
    )
    return tuple(replace(p, working=(*p.working, line)) if p.head == "overtime" else p for p in positions)


def doubts(
    positions: Iterable[Position], sales: Sequence[SalesEstimate], share: Decimal | None
) -> tuple[Finding, ...]:
    """Overtime that cost more than it saved will be asked about."""
    _, margin = _saved(sales, share)
    cost = sum((p.amount for p in positions if p.head == "overtime"), Range()).likely
    if not margin or cost <= margin:
        return ()
    what = text(
        "Overtime cost {cost}; the {units} that came back were worth {margin}. The other side "
        "will ask what else it saved.",
        cost=cost,
        margin=margin,
    )
    do = text("Note what the hours were for: penalties avoided, {customers} kept, work that could not wait.")
    return (Finding("damage.overtime_more", what, do, Weight.NOTE),)


def _saved(sales: Sequence[SalesEstimate], share: Decimal | None) -> tuple[Money, Money]:
    """Takings that came back in the likely case, and their margin."""
    takings = total(one.catch_up.likely for one in sales if one.detectable)
    return (takings, takings * share) if share is not None and takings > ZERO else (ZERO, ZERO)
