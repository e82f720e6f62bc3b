"""heller note CASE correct: take an entry back; it stays in the journal."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli import decide_reading, screen
from heller.cli.note.written import refused, two
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 70
VERB = text("Take an entry back, and say why; it stays in the journal.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("NUMBER WHY; an exhibit by K and its number"))],
) -> None:
    """Take an entry back, and say why; it stays in the journal."""
    number = two(words, text("Say which entry is corrected, and why."))
    if number.upper().startswith("K"):  # an exhibit, by its own number
        decide_reading.run(case, number, ["withdraw", *words[1:]])
        return
    if not number.isdecimal():
        raise refused(text("{raw} is no entry number.", raw=number), text("See: heller journal show CASE"))
    entry = casefile.correct(case, int(number), " ".join(words[1:]))
    screen.out().print(screen.words()(text("Written as entry {n}.", n=entry)))
