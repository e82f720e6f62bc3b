"""heller examine answer: the answer file and its paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from heller.casefile.answer_out import write_answer
from heller.casefile.examination import answer_of, keep_notes, notes_of
from heller.casefile.suppositions import amount
from heller.cli import screen
from heller.cli.examine.screen import items, opened
from heller.cli.journal.handing import private
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 30
VERB = text("Write the answer: a file for the other side's case, and the same as PDF.")


def run(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    out: Annotated[Path, Parameter(help=tr("The JSON file that is written; the PDF lies beside it."))],
    *,
    by: Annotated[str | None, Parameter(help=tr("Who answers."))] = None,
    on: Annotated[str | None, Parameter(help=tr("The day of the answer; today if left out."))] = None,
    words: Annotated[str | None, Parameter(help=tr("What is said of all of it, in words."))] = None,
    offer: Annotated[str | None, Parameter(help=tr("What is offered for everything."))] = None,
    until: Annotated[str | None, Parameter(help=tr("The day on which the offer expires."))] = None,
    key: Annotated[Path | None, Parameter(help=tr("Ed25519 key (PEM) that signs the answer."))] = None,
    tsa: Annotated[str, Parameter(help=tr("Address of an authority that stamps the answer."))] = "",
) -> None:
    """Write the answer: it names the bundle by its digest and the answer before it."""
    examination = opened(bundle)
    notes = notes_of(examination)
    notes = replace(
        notes,
        by=notes.by if by is None else by,
        words=notes.words if words is None else words,
        offer=notes.offer if offer is None else amount(offer),
        until=notes.until if until is None else screen.as_day(until),
    )
    body = answer_of(examination, notes, screen.as_day(on))
    keep_notes(examination, notes)
    signer = private(key) if key is not None else None
    made = write_answer(examination, body, out, screen.language(), signer, tsa)
    say = screen.words(examination.claim.case.tz, examination.claim.case.trade)
    items(examination, notes, say)
    left = [one for one in examination.items if one.key not in notes.rulings]
    if left:
        said = text("Of {n} items nothing was said.", "Of one item nothing was said.", n=len(left))
        screen.point(say(said), "?", "yellow")
    signed = tr("signed") if made.file.key else tr("not signed")
    screen.labels(
        (
            (tr("Answer"), f"{made.json} ({signed})"),
            (tr("The same as paper"), str(made.pdf)),
            (tr("Its SHA-256"), made.file.sha256),
        )
    )
