"""heller examine rule: what is said of one item, or of all that are open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.casefile.examination import keep_notes, notes_of, ruled
from heller.casefile.suppositions import amount
from heller.cli import screen
from heller.cli.examine.screen import items, opened
from heller.cli.screen import tr
from heller.model.kinds.item_ruling import CutReason, RulingKind
from heller.model.money import ZERO
from heller.model.text import text

PLACE = 10
VERB = text("Say of an item that it is accepted, cut, doubted or refused.")
OPEN = "open"  # all items of which nothing was said yet


def run(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    item: Annotated[
        str, Parameter(help=tr("The item, by its key or number; open: all of which nothing was said yet."))
    ],
    ruling: Annotated[RulingKind, Parameter(help=tr("What is said of it."))],
    to: Annotated[str | None, Parameter(help=tr("The amount to which it is cut."))] = None,
    *,
    reason: Annotated[CutReason | None, Parameter(help=tr("Why less is agreed."))] = None,
    words: Annotated[str, Parameter(help=tr("The reason in words."))] = "",
    paper: Annotated[str, Parameter(help=tr("The paper that a doubt asks for."))] = "",
    until: Annotated[str | None, Parameter(help=tr("The day by which the paper is asked for."))] = None,
    ground: Annotated[str, Parameter(help=tr("The rule on which it is refused."))] = "",
) -> None:
    """Say of an item that it is accepted, cut, doubted or refused; what was said of it before is replaced."""
    examination = opened(bundle)
    notes = notes_of(examination)
    say = screen.words(examination.claim.case.tz, examination.claim.case.trade)
    wanted = (
        [one for one in examination.items if one.key not in notes.rulings]
        if item == OPEN
        else [examination.item(item)]
    )
    for one in wanted:
        notes = ruled(
            notes,
            one,
            say(one.title),
            ruling,
            agreed=amount(to) if to is not None else ZERO,
            reason=reason,
            words=words,
            paper=paper,
            until=screen.as_day(until) if until is not None else None,
            ground=ground,
        )
    keep_notes(examination, notes)
    items(examination, notes, say)
