"""Receipts on paper that nobody has looked at yet: they count nothing, and that may be worth money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from heller.damage.margin import is_share
from heller.damage.proposal import propose
from heller.damage.purposes import number, purposes, reference
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.chain import Link
from heller.model.damage import Missing
from heller.model.document_class import FirmRole
from heller.model.finding import Locator
from heller.model.heads import HEADS
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import Purpose
from heller.model.money import ZERO, Money
from heller.model.span import Span
from heller.model.text import text

CLAIMED_WHOLE = frozenset(key for key, head in HEADS.items() if head.receipts and head.whole)


def waiting(
    case: Case, net: bool, links: Mapping[Locator, Link], spans: Sequence[Span] = ()
) -> Iterable[Missing]:
    """A gap for each paper that waits, under the heads that a person gave it to or else that its words suggest.

    `net`: the firm deducts input VAT. A paper without a gross in euros, or that no head is known for, has
    no worth that could be said; it stays in the inbox. What the firm itself sells is no gap.
    """
    decided: dict[str, list[Purpose]] = {}
    for purpose in purposes(case):
        decided.setdefault(number(purpose.invoice), []).append(purpose)
    for paper in (p for p in case.records(Paper) if p.waiting):
        worth, link = _worth(paper, net), links.get(paper.source)
        if not worth or (link and link.role is FirmRole.SELLER):
            continue
        said = text(
            "Confirmation of the receipt of {seller} over {gross} (K {exhibit}), which is read from paper "
            "and waits in the inbox.",
            seller=paper.said("seller") or "?",
            gross=paper.money("gross") or worth,
            exhibit=_exhibit(case, paper),
        )
        for head, share in _heads(case, paper, decided, spans):
            yield Missing(head, said, Range(ZERO, worth * share, worth * share))


def _worth(paper: Paper, net: bool) -> Money | None:
    """What the paper would count; None for money that comes back, and where it cannot be told in euros."""
    worth = (paper.money("net") if net else None) or paper.money("gross")
    known = worth is not None and worth.currency == "EUR" and worth > ZERO
    return worth if known and not paper.credit else None


def _exhibit(case: Case, paper: Paper) -> str:
    exhibit = case.exhibit_of(paper.source.object)
    return str(exhibit.number) if exhibit else "?"


def _heads(
    case: Case, paper: Paper, decided: Mapping[str, Sequence[Purpose]], spans: Sequence[Span]
) -> Iterable[tuple[str, Decimal]]:
    """Heads and shares as a person decided, else the head that the words suggest, as for an invoice."""
    name = number(reference(case, paper))
    mine = decided.get(name, ()) if name else ()
    for purpose in mine:
        shares = (purpose.share, purpose.residual, purpose.anyway)
        if purpose.head in CLAIMED_WHOLE and all(map(is_share, shares)):
            yield purpose.head, purpose.share * (1 - purpose.residual) * (1 - purpose.anyway)
    proposal = None if mine else propose(case, paper, spans)
    if proposal and proposal.head in CLAIMED_WHOLE:
        yield proposal.head, Decimal(1)
