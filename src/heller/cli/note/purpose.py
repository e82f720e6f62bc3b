"""heller note CASE purpose: say what a receipt is for."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.note.written import refused, two, write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.intake.written import canonical, numbers
from heller.model.fact_spec import HOW, FactKind
from heller.model.heads import HEADS, RECEIPT_HEADS
from heller.model.kinds.purpose import Purpose
from heller.model.text import text

PLACE = 30
VERB = text("Say what a receipt is for.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("INVOICE HEAD [REASON]"))],
    *,
    share: Annotated[str, Parameter(help=tr("Share of a receipt that is due to the outage."))] = "100 %",
    residual: Annotated[str, Parameter(help=tr("Share of its worth that is left."))] = "0 %",
    anyway: Annotated[
        str, Parameter(help=tr("Share that would have been bought without the outage too."))
    ] = "0 %",
) -> None:
    """Say what a receipt is for."""
    said = words
    invoice = two(said, text("Say which invoice, and which head it belongs to."))
    head = _receipt_head(said[1])
    part, left, part_anyway = map(numbers.share, (share, residual, anyway))
    if part is None or left is None or part_anyway is None:
        raise refused(text("The share of the receipt cannot be read."), HOW[FactKind.SHARE])
    write(case, Purpose(invoice, head, part, " ".join(said[2:]), left, anyway=part_anyway))


def _receipt_head(word: str) -> str:
    """The head that a person names for a receipt; InputRefused for one under which no receipt would ever count."""
    head = canonical.head_of(word)
    if head in (canonical.NO_HEAD, *RECEIPT_HEADS):
        return str(head)
    said = (
        text("There is no head of damage called {word}.", word=word)
        if head is None
        else text(
            "'{head}' is not paid by receipt; it is worked out from other records.", head=HEADS[head].title
        )
    )
    raise refused(said, text("Receipts count under: {heads}.", heads=", ".join(canonical.receipt_heads())))
