"""An answer of law on the screen or as JSON: the same for every question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from heller.cli import screen
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.law.book.answer import Figure, LawAnswer, Table
from heller.model.damage import NormRef
from heller.model.money import Money
from heller.model.text import Arg, Text

MANY = 60  # rows beyond which columns would only wrap


def show(answer: LawAnswer, *, json: bool) -> None:
    """Print it."""
    if json:
        screen.as_json(as_plain(answer, screen.words()))
    else:
        _for_people(answer, screen.words())


def as_plain(answer: LawAnswer, say: Words) -> dict[str, object]:
    """For machines: amounts as strings with two decimals, days as ISO, sentences in the language."""
    return {
        **{key: _plain(value, say) for key, value in answer.figures.items()},
        "answer": say(answer.head),
        "working": [say(line) for line in answer.working],
        "notes": [say(note) for note in answer.notes],
        "sources": [
            {"id": norm.id, "cite": norm.cite, "mark": norm.mark, "source": norm.source}
            for norm in answer.sources
        ],
    }


def _plain(value: Figure, say: Words) -> object:
    match value:
        case Money():
            return str(value.decimal)
        case date():
            return value.isoformat()
        case Text():
            return say(value)
        case tuple():
            return [_plain(inner, say) for inner in value]
        case Mapping():
            return {key: _plain(inner, say) for key, inner in value.items()}
        case _:
            return value


def _for_people(answer: LawAnswer, say: Words) -> None:
    screen.heading(say(answer.head))
    screen.out().print()
    if answer.table is not None and answer.table.rows:
        _table(answer.table, say)
    else:
        for line in answer.lines:
            screen.point(say(line))
    for line in answer.under:
        screen.point(say(line), " ", "dim")
    others = answer.figures.get("alternatives")
    if isinstance(others, tuple) and others:
        screen.heading(tr("Other readings, shown and not added"))
        for other in others:
            if isinstance(other, Mapping):
                _other(other, say)
    if answer.notes:
        screen.heading(tr("What it depends on"))
        for note in answer.notes:
            screen.point(say(note))
    if answer.sources:
        screen.heading(tr("Rules"))
    for origin, cites in _by_source(answer.sources).items():
        screen.point(", ".join(cites))
        screen.point(origin, " ", "dim")


def _by_source(norms: Iterable[NormRef]) -> dict[str, list[str]]:
    """Rules that were read in one place with one mark stand together."""
    found: dict[str, list[str]] = {}
    for norm in norms:
        cites = found.setdefault(f"{norm.mark} · {norm.source}", [])
        if norm.cite not in cites:
            cites.append(norm.cite)
    return found


def _table(shown: Table, say: Words) -> None:
    if len(shown.rows) > MANY:
        screen.out().out(_listing(shown, say), highlight=False)
        return
    made = screen.table(*(say(column) for column in shown.columns), right=shown.right)
    for row in shown.rows:
        made.add_row(*(say.value(cell) for cell in row))
    screen.out().print(made)


def _listing(shown: Table, say: Words) -> str:
    """Many rows without columns: the short cells in one line, the last one wrapped under them."""
    from textwrap import fill

    cells = [[say.value(cell) for cell in row] for row in shown.rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    blocks = []
    for *short, last in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(short, widths, strict=False)).rstrip()
        blocks.append(f"{line}\n{fill(last, 96, initial_indent='    ', subsequent_indent='    ')}")
    return "\n".join(blocks)


def _other(other: Mapping[str, Figure], say: Words) -> None:
    """The figure first, then the reading that gives it."""
    figure = next((value for key, value in other.items() if key not in {"reading", "mark"}), "")
    said = say.value(figure) if isinstance(figure, Money | date | Text) else str(figure)
    mark = f"  [{other['mark']}]" if "mark" in other else ""
    screen.point(f"{said}  {say.value(_reading(other))}{mark}")


def _reading(other: Mapping[str, Figure]) -> Arg:
    held = other["reading"]
    return held if isinstance(held, str | Text) else ""
