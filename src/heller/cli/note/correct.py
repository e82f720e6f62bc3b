"""heller note CASE correct: take an entry or an exhibit back; it stays in the journal."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli.echoed import echoed
from heller.cli.note.written import two
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 70
VERB = text("Take an entry or an exhibit back, and say why; it stays in the journal.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("NUMBER, K8 or a group such as 12-15, then WHY"))],
) -> None:
    """Take an entry or an exhibit back, and say why; it stays in the journal."""
    named = two(words, text("Say which entry is corrected, and why."))
    entries, why = casefile.group(case, named), " ".join(words[1:])
    echoed(case, lambda: [casefile.correct(case, entry, why) for entry in entries][-1])
