"""What `heller --help` says: what it is for, and its verbs.

It is laid out here, without what parses a command line: whoever asks for it waits for nothing else.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from textwrap import wrap

from heller.cli import screen, verbs
from heller.cli.screen import tr

ASKED_FOR = (["--help"], ["-h"])
WIDTH = 110  # of a line where it is no terminal


def first_page(home: str) -> str:
    """The page, as wide as the terminal; the verbs are those of the package `home`."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    say = screen.words()
    rows = [
        *((verb.name, say(verb.does)) for verb in verbs.found(home)),
        ("--help (-h)", tr("Show this help.")),
        ("--version", tr("Show the version.")),
    ]
    lines = (
        tr("Usage: heller COMMAND"),
        "",
        *wrap(tr("Proves an outage, works out the damage to the last cent, says who owes it."), width),
        "",
        tr("Commands"),
        *_list(rows, width),
        "",
        *wrap(tr("Every verb takes --lang de or --lang en. The first step: heller demo"), width),
        "",
    )
    return "\n".join(lines)


def _list(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Each name with what it does beside it; further lines hang under the first."""
    room = max(len(name) for name, _ in rows) + 4
    for name, does in rows:
        yield from wrap(
            does, max(width, room + 20), initial_indent=f"  {name}".ljust(room), subsequent_indent=" " * room
        )
