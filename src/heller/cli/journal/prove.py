"""heller journal prove: the proof that one entry is in the journal."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.journal import handing
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.journal import anchors, store
from heller.journal.checking import proof
from heller.model.text import text

PLACE = 30
VERB = text("The proof that one entry is in the journal, as text.")


def run(
    case: CaseFolder,
    number: Annotated[int, Parameter(help=tr("The entry's number, as heller journal show has it."))],
    *,
    anchor: Annotated[
        int | None, Parameter(help=tr("The anchor to prove it in; the newest if left out."))
    ] = None,
    disclose: Annotated[
        bool, Parameter(help=tr("Put in what the entry says; else only its sealed line is shown."))
    ] = False,
    key: handing.Key = None,
    out: handing.Out = None,
) -> None:
    """The proof that one entry is in the journal, as text."""
    with screen.progress(tr("Reading the journal")):
        if number >= anchors.newest(case).size:
            anchors.newest(case, anyway=True)
        checked = store.load(case)
        known = anchors.anchors(checked, case)
    if not 0 <= number < len(checked.lines):
        raise handing.refusal(
            text("There is no entry {n}; the last one is {last}.", n=number, last=len(checked.lines) - 1)
        )
    if anchor is not None and not 1 <= anchor <= len(known):
        raise handing.refusal(
            text("There is no anchor {n}; the last one is {last}.", n=anchor, last=len(known))
        )
    head = known[-1 if anchor is None else anchor - 1].anchor
    if head.size <= number:
        raise handing.refusal(
            text("That anchor covers {size} entries, and not entry {n}.", size=head.size, n=number)
        )
    body = store.body_line(case, number) if disclose else b""
    if disclose and not body:
        raise handing.refusal(text("What entry {n} said was erased; it cannot be disclosed.", n=number))
    checkpoint = handing.checkpoint_of(head, key)
    said = proof.prove(checked.lines[: head.size], number, checkpoint, body)
    handing.give(said, out, sign=key is not None)
