"""heller note CASE restore: an entry or an exhibit that was taken back counts again."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli.echoed import echoed
from heller.cli.note.written import two
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 75
VERB = text("Let an entry or an exhibit that was taken back count again, and say why.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("NUMBER or K8, then WHY"))],
) -> None:
    """Let an entry or an exhibit that was taken back count again, and say why."""
    named = two(words, text("Say which entry counts again, and why."))
    entry = casefile.target(case, named)
    echoed(case, lambda: casefile.restore(case, entry, " ".join(words[1:])))
