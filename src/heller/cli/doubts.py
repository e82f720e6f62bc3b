"""Doubts on the terminal: what, what to do about it, and how many more there are of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from heller.cli import screen
from heller.dossier.refs import rows_of, runs_of
from heller.dossier.wording import Words
from heller.model.finding import Finding, Locator, alike
from heller.model.text import text

MOST = 6  # runs of rows that are listed


def show(
    findings: Iterable[Finding], say: Words, where: Callable[[Finding], str] = lambda finding: ""
) -> None:
    """Each kind of doubt with an example; `where` says where an example stands."""
    for one in alike(findings):
        stands = where(one.example)
        screen.point(f"{stands}: {say(one.example.text)}" if stands else say(one.example.text))
        if one.example.do:
            screen.point(say(one.example.do), " ", "dim")
        if one.count > 1:
            screen.point(more(one.count - 1, one.sources, say), " ", "dim")


def show_each(
    findings: Iterable[Finding], say: Words, where: Callable[[Finding], str] = lambda finding: ""
) -> None:
    """Every doubt by itself, one to a line, with its place as it is written in it."""
    for one in findings:
        stands = ", ".join(filter(None, (where(one), one.source.place if one.source else "")))
        told = f"{stands}: {say(one.text)}" if stands else say(one.text)
        screen.out().print(told, soft_wrap=True)


def more(count: int, sources: Sequence[Locator], say: Words) -> str:
    """How many more there are, and in which rows where they stand in one file."""
    rows = rows_of(source.place for source in sources) if len({s.object for s in sources}) == 1 else []
    if not rows:
        return say(text("{n} more like it", n=count))
    runs = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs_of(rows)]
    listed = ", ".join(runs[:MOST]) + (" …" if len(runs) > MOST else "")
    return say(text("{n} more like it, all in rows {rows}", n=count, rows=listed))
