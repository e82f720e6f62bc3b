"""What was seen of each uplink as one line of blocks: a column is as dark as the worst that happened in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from heller.cli import screen
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.outage import Detection, Stretch
from heller.model.span import Span

if TYPE_CHECKING:
    from rich.text import Text as Styled

COLUMNS = 72
# From what outweighs all to what outweighs nothing.
MARKS = {
    "down": ("█", "bold red"),
    "detour": ("▓", "bold magenta"),
    "half": ("▚", "magenta"),
    "degraded": ("▒", "yellow"),
    "slow": ("░", "yellow"),
    "unobserved": ("·", "dim"),
    "up": ("▁", "green"),
}


def show(detection: Detection, say: Words) -> None:
    """The band of each uplink over the same time, and what the blocks mean."""
    from rich.table import Table
    from rich.text import Text as Styled

    seen = [one for one in (detection, *detection.others) if one.observed and one.stretches]
    if not seen:
        return
    whole = Span(
        min(one.observed.start for one in seen if one.observed),
        max(one.observed.end for one in seen if one.observed),
    )
    if not whole.length:
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    for one in seen:
        grid.add_row(Styled(f"  {one.line or tr('Line')}"), _band(states(one.stretches, whole, COLUMNS)))
    grid.add_row("", Styled(_scale(whole.start, whole.end, say), style="dim"))
    out = screen.out()
    out.print()
    out.print(grid)
    out.print(_legend(seen))


def states(stretches: Sequence[Stretch], whole: Span, columns: int) -> list[str]:
    """The worst state in each of so many equal parts of a span; time outside all stretches is unobserved.

    `stretches` are in order of time and do not overlap.
    """
    order = list(MARKS)
    found = [len(order)] * columns
    for stretch in stretches:
        both = stretch.span.meet(whole)
        if both is None:
            continue
        first = int((both.start - whole.start) / whole.length * columns)
        last = -int((whole.start - both.end) / whole.length * columns // 1)
        for column in range(first, min(max(last, first + 1), columns)):
            found[column] = min(found[column], order.index(stretch.state))
    return [order[n] if n < len(order) else "unobserved" for n in found]


def _band(found: Sequence[str]) -> Styled:
    from rich.text import Text as Styled

    band = Styled()
    for state in found:
        band.append(*MARKS[state])
    return band


def _scale(start: datetime, end: datetime, say: Words) -> str:
    """The first instant at the left, the last at the right."""
    left, right = say.moment(start), say.moment(end)
    return f"{left}{right:>{max(COLUMNS - len(left), len(right) + 1)}}"


def _legend(seen: Sequence[Detection]) -> Styled:
    """The blocks that occur, with their names."""
    from rich.text import Text as Styled

    names = {
        "down": tr("down"),
        "detour": tr("line down, another connection in use"),
        "half": tr("IPv4 or IPv6 down"),
        "degraded": tr("degraded"),
        "slow": tr("slow"),
        "unobserved": tr("not watched"),
        "up": tr("up"),
    }
    used = {stretch.state for one in seen for stretch in one.stretches}
    legend = Styled("  ")
    for state, (mark, style) in reversed(MARKS.items()):
        if state in used:
            legend.append(f"{mark} ", style)
            legend.append(f"{names[state]}   ", "dim")
    return legend
