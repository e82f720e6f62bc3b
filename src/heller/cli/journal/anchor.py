"""heller journal anchor: make an anchor."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.journal import handing
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.journal import anchors
from heller.model.text import text

PLACE = 20
VERB = text("Make an anchor: the head to hand out, to have stamped, to print.")


def run(
    case: CaseFolder,
    *,
    checkpoint: Annotated[
        bool, Parameter(help=tr("Print it as a C2SP checkpoint, for witnesses of other logs."))
    ] = False,
    key: handing.Key = None,
    out: handing.Out = None,
    json: AsJson = False,
) -> None:
    """Make an anchor: the head to hand out, to have stamped, to print."""
    with screen.progress(tr("Reading the journal")):
        made = anchors.newest(case)
    if checkpoint or key is not None:
        handing.give(handing.checkpoint_of(made.anchor, key).text, out, sign=key is not None)
        return
    if out is not None:
        handing.give(made.data.decode(), out, sign=True)
        return
    if json:
        screen.as_json(
            {"number": made.number, "size": made.size, "sha256": made.digest, "path": str(made.path)}
        )
        return
    say = screen.words()
    screen.out().print(made.data.decode(), end="", soft_wrap=True)
    screen.out().print()
    screen.labels(
        (
            (tr("Anchor"), str(made.number)),
            (tr("It lies in"), str(made.path)),
            ("SHA-256", made.digest),
        )
    )
    screen.out().print()
    screen.out().print(
        say(
            text(
                "Whoever holds this file can tell any change to what lies before it (entries: {n})."
                " Hand it out, or have it stamped: heller stamp {folder}",
                n=made.size,
                folder=str(case),
            )
        ),
        soft_wrap=True,
    )
