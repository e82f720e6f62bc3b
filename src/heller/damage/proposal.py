"""Which head of loss a receipt may serve: proposed with a reason, never booked. It reads no amounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from heller.model.case import Case
from heller.model.facts import provider as stated_provider
from heller.model.heads import HEADS
from heller.model.paper import Paper
from heller.model.record import Invoice
from heller.model.span import Span
from heller.model.text import Text, text

AFTER = timedelta(days=60)  # how long after the outage a receipt may still follow from it


class Proposal(Struct, frozen=True):
    """A head of loss, why it may be that one, and whether the day of the receipt fits the outage."""

    head: str
    reason: Text
    in_time: bool


def propose(case: Case, receipt: Invoice | Paper, spans: Sequence[Span]) -> Proposal | None:
    """The head that seller and words suggest; None where they suggest none."""
    seller, words, issued = _said(receipt)
    provider = (case.facts[stated_provider.NAME] or "").split("(")[0].strip().casefold()
    if provider and provider in seller.casefold():
        return Proposal(
            "line_fee", text("The seller is the provider of the line ({seller}).", seller=seller), True
        )
    said = f"{seller} {words}".casefold()
    hinted = [(row.key, row.hints) for row in HEADS.values() if row.hints]
    hits = {head: [word for word in hints if word in said] for head, hints in hinted}
    counts = {head: sum(said.count(word) for word in found) for head, found in hits.items()}
    best = max(counts, key=lambda head: (counts[head], -HEADS[head].rank))
    if not counts[best]:
        return None
    named = text("It names {words}.", words=", ".join(hits[best]))
    when, fits = _when(issued, case, spans)
    return Proposal(best, text("{words} {when}", words=named, when=when) if when else named, fits)


def _said(receipt: Invoice | Paper) -> tuple[str, str, date | None]:
    if isinstance(receipt, Paper):
        return receipt.said("seller"), receipt.words, receipt.issued
    return receipt.seller, " ".join(line.text for line in receipt.lines), receipt.issued


def _when(issued: date | None, case: Case, spans: Sequence[Span]) -> tuple[Text | None, bool]:
    """How the day of the receipt lies against the outage."""
    if issued is None or not spans:
        return None, True
    first = spans[0].start.astimezone(case.tz).date()
    last = spans[-1].end.astimezone(case.tz).date()
    if issued < first:
        return text("Its day ({day}) lies before the outage: look twice.", day=issued), False
    if issued <= last:
        return text("Its day ({day}) lies in the outage.", day=issued), True
    if issued - last <= AFTER:
        return text(
            "Its day ({day}) is {n} days after the outage.",
            "Its day ({day}) is one day after the outage.",
            day=issued,
            n=(issued - last).days,
        ), True
    return text("Its day ({day}) is long after the outage: look twice.", day=issued), False
