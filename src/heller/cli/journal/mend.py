"""heller journal mend: mend the end of a journal and its originals; what is cut off is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.casefile.bundle.verify import PAPER, read
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.journal.mend import Mended, mend, source_of
from heller.model.errors import OriginalMissing
from heller.model.text import text

PLACE = 60
VERB = text("Mend a torn end and missing originals; what is cut off is kept.")


def run(
    case: CaseFolder,
    *,
    bundle: Annotated[
        Path | None,
        Parameter(
            name="--from", help=tr("A bundle of the same case: entries and originals come back from it.")
        ),
    ] = None,
    json: AsJson = False,
) -> int:
    """Mend a torn end and missing originals; what is cut off is kept."""
    with screen.progress(tr("Mending")):
        done = mend(case, source_of(read(bundle, PAPER)) if bundle else None)
    if json:
        screen.as_json(done)
    else:
        _show(done)
    return OriginalMissing.exit_code if done.missing else 0


def _show(done: Mended) -> None:
    say = screen.words()
    if done.entries:
        came = text(
            "{n} entries came back from the bundle.", "One entry came back from the bundle.", n=done.entries
        )
        screen.point(say(came), "✓")
    if done.cut:
        cut = text(
            "{n} bytes behind the last whole entry were cut off; they are kept under recovered/.", n=done.cut
        )
        screen.point(say(cut), "✓")
    for name in done.files:
        screen.point(say(text("{name} came back from the bundle.", name=name)), "✓")
    for name in done.missing:
        screen.point(say(text("{name} is missing or was changed.", name=name)), "✗", "red")
    if not (done.entries or done.cut or done.files or done.missing):
        screen.point(tr("There was nothing to mend."))
