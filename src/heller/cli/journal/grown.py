"""heller journal grown: the proof that the journal only grew since an anchor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.journal import handing
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.journal import anchors, store
from heller.journal.anchor import Anchor, heads, read_anchor
from heller.journal.checking import proof
from heller.model.errors import JournalBroken
from heller.model.text import text

PLACE = 40
VERB = text("The proof that the journal only grew since an anchor, as text.")


def run(
    case: CaseFolder,
    *,
    since: Annotated[
        str,
        Parameter(
            name="--from", help=tr("The earlier anchor: its number, or a file that somebody received.")
        ),
    ],
    key: handing.Key = None,
    out: handing.Out = None,
) -> None:
    """The proof that the journal only grew since an anchor, as text."""
    with screen.progress(tr("Reading the journal")):
        newest = anchors.newest(case)
        checked = store.load(case)
    old = _old(since, [one.anchor for one in anchors.anchors(checked, case)])
    ours = next(heads(old.origin, checked.lines, [old.size]), None)
    if (
        ours is None
        or (ours.root, ours.prefix) != (old.root, old.prefix)
        or old.origin != newest.anchor.origin
    ):
        raise JournalBroken(
            what=text("This journal did not grow from that anchor."),
            why=text(
                "Lines that the anchor covers were changed, dropped or added, or it is that of another case."
            ),
            do=text("Restore the folder from its last copy; the anchor tells which lines were there."),
        )
    head = newest.anchor
    said = proof.prove_growth(checked.lines[: head.size], old.size, handing.checkpoint_of(head, key))
    handing.give(said, out, sign=key is not None)


def _old(since: str, known: list[Anchor]) -> Anchor:
    """The anchor that is meant."""
    if since.isdecimal():
        if not 1 <= int(since) <= len(known):
            raise handing.refusal(
                text("There is no anchor {n}; the last one is {last}.", n=int(since), last=len(known))
            )
        return known[int(since) - 1]
    try:
        return read_anchor(handing.read(Path(since)))
    except ValueError as error:
        raise handing.refusal(text("{name} is no anchor.", name=Path(since).name)) from error
