"""The terminal: language, consoles, errors, progress, and the few tables all verbs share."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from heller.dossier.wording import BERLIN, LANGUAGES, Words
from heller.model.errors import WRITTEN, HellerError, InputRefused
from heller.model.text import text
from heller.model.trade import Trade
from heller.model.visible import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as Styled

    from heller.cli.layout import Table

_language = ["en"]


def language() -> str:
    """The language of this run."""
    return _language[0]


def words(zone: ZoneInfo = BERLIN, trade: Trade | None = None) -> Words:
    """Says things in the language of this run, in the words of a trade."""
    return Words(language(), zone, trade)


def words_of(case: Path) -> Words:
    """The same in the zone and the trade of a case; as above where it cannot be read."""
    from heller import casefile

    try:
        known = casefile.load(case)
    except HellerError:
        return words()
    return words(known.tz, known.trade)


def tr(sentence: str) -> str:
    """A sentence without arguments in the language of this run."""
    return words()(sentence)


def choose_language(argv: list[str]) -> list[str]:
    """Take `--lang` out of the arguments and keep it; else German where the locale is German."""
    rest: list[str] = []
    chosen = None
    items = iter(argv)
    for item in items:
        if item == "--lang":
            chosen = next(items, "")
        elif item.startswith("--lang="):
            chosen = item.partition("=")[2]
        else:
            rest.append(item)
    _language[0] = _of_locale() if chosen is None else chosen if chosen in LANGUAGES else "en"
    if chosen is not None and chosen not in LANGUAGES:
        raise InputRefused(
            what=text("There is no language called {lang}.", lang=chosen or "''"),
            why=text("Heller speaks German and English."),
            do=text("Use --lang de or --lang en."),
        )
    return rest


def _of_locale() -> str:
    """German where the environment says so, English otherwise."""
    said = next((v for v in map(os.environ.get, ("HELLER_LANG", "LC_ALL", "LC_MESSAGES", "LANG")) if v), "")
    said = said or locale.getlocale()[0] or ""
    return "de" if said.lower().startswith(("de", "german")) else "en"


@cache
def out() -> Console:
    """Standard output; wide enough for tables where it is no terminal."""
    return _console(width=None if sys.stdout.isatty() else 110)


@cache
def err() -> Console:
    """Standard error."""
    return _console(stderr=True)


def _console(**options: Any) -> Console:
    """A console to which text is text: nothing in it is a command, of rich or of the terminal."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    class Terminal(Console):
        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterable[Segment]:
            for part in super().render(renderable, options):
                yield part if part.control else Segment(visible(part.text), part.style)

    return Terminal(markup=False, emoji=False, highlight=False, soft_wrap=False, **options)


def styled(*parts: tuple[str, str] | str) -> Styled:
    """A line of parts, each with its style where it is given with one."""
    from rich.text import Text as Styled

    return Styled.assemble(*parts)


class Late:
    """A console that is made when something is first printed: what answers machines does without it."""

    def __init__(self, make: Callable[[], Console]) -> None:
        self.make = make

    def __getattr__(self, name: str) -> Any:
        return getattr(self.make(), name)


def show_error(error: HellerError, *, changed: bool = False) -> None:
    """What happened, why it matters in a case that was `changed` before it or not, what to do."""
    say = words()
    err().print(say(error.what), style="bold red", soft_wrap=True)
    err().print(say(error.because(changed)), soft_wrap=True)
    err().print(styled((tr("What to do:"), "bold"), f" {say(error.do)}"), soft_wrap=True)


def show_defect(error: Exception, *, changed: bool | None) -> None:
    """A defect of Heller itself: what it left behind, and how to report it. `changed` says whether an entry was
    written before it happened; None where no case was named."""
    what = f"{type(error).__name__}: {error}"
    err().print(styled((tr("This is a defect of Heller, not of your input."), "bold red"), f" {what}"))
    if changed is not None:
        err().print(words()(WRITTEN if changed else text("The case is as it was.")))
    err().print(tr("Please report it with the output of: HELLER_DEBUG=1 heller ..."))


def as_json(value: object) -> None:
    """For machines: one JSON document, keys sorted; the columns of logs packed, in base64."""
    import msgspec

    plain = msgspec.to_builtins(value, enc_hook=lambda column: column.data)
    sys.stdout.write(json.dumps(plain, sort_keys=True, indent=2, ensure_ascii=False) + "\n")


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """A bar on standard error for whatever may take over a second; gone when it is done. It appears with the
    first step that is done: where all is known already there is none."""
    with ExitStack() as open_:
        bars: list[Callable[[str], None]] = []

        def done(what: str) -> None:
            if not bars:
                bars.append(open_.enter_context(_bar(title, total)))
            bars[0](what)

        yield done


@contextmanager
def _bar(title: str, total: int | None) -> Iterator[Callable[[str], None]]:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda what: bar.update(task, advance=1, description=f"{title}: {what}" if title else what)


def table(*columns: str, right: Collection[int] = (), indent: int = 0, least: Sequence[int] = ()) -> Table:
    """A quiet table: head in bold, figures right, no boxes; columns as wide as `least` says or wider."""
    from heller.cli.layout import Table

    return Table(columns, right, indent, least)


def heading(said: str) -> None:
    """A heading with a line of air before it."""
    out().print()
    out().print(said, style="bold")


def point(said: str, mark: str = "•", style: str = "") -> None:
    """One point of a list; its further lines hang under its first word."""
    from heller.cli.layout import Bullet

    out().print(Bullet(said, mark, style))


def labels(rows: Sequence[tuple[str, str]]) -> None:
    """Labels and what stands beside them, the values in one column."""
    from rich.table import Table
    from rich.text import Text as Styled

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(Styled(f"  {label}", style="dim"), Styled(value))
    out().print(grid)


def as_day(raw: str | None, case: Path | None = None) -> date:
    """A day given on the command line, German or ISO; where none is given, the day that it is now at the site of a
    case, or here where there is no case: a computer that runs in UTC is a day behind Berlin late in the evening."""
    if raw is None:
        from heller.casefile import today

        return date.today() if case is None else today(case)
    from heller.intake.written.numbers import day

    found = day(raw)
    if found is None:
        raise InputRefused(
            what=text("{raw} is no day.", raw=raw),
            why=text("Interest and deadlines are worked out for a day."),
            do=text("Write it as 2015-06-30 or 30.06.2015."),
        )
    return found
