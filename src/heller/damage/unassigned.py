"""Receipts that nobody has given to a head, with a suggestion; decisions for heads that are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heller.damage.proposal import propose
from heller.damage.receipts import number, purposes, reference, worth
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.chain import Link
from heller.model.damage import Missing
from heller.model.finding import Finding, Locator, Weight
from heller.model.heads import RECEIPT_HEADS
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.purpose import Purpose
from heller.model.money import ZERO
from heller.model.span import Span
from heller.model.text import text


def without_head(
    case: Case, net: bool, links: Mapping[Locator, Link], spans: Sequence[Span] = ()
) -> tuple[tuple[Finding, ...], tuple[Missing, ...]]:
    """Invoices that count and that nobody has given to a head; decisions for heads that are none."""
    decided = {number(p.invoice) for p in purposes(case)}
    findings: list[Finding] = []
    missing: list[Missing] = []
    for invoice in case.records(Invoice):
        link = links.get(invoice.source)
        if number(reference(case, invoice)) in decided or (link and not link.cost):
            continue
        finding, gap = _unassigned(case, invoice, link, net, spans)
        findings.append(finding)
        missing.extend(gap)
    known = {*RECEIPT_HEADS, "none"}
    findings += [_no_head(p) for p in purposes(case) if p.head not in known]
    return tuple(findings), tuple(missing)


def _no_head(purpose: Purpose) -> Finding:
    return Finding(
        "damage.no_such_head",
        text(
            "Invoice {number} is given to '{head}', which is no head of loss that is paid by "
            "receipt: not counted.",
            number=purpose.invoice,
            head=purpose.head,
        ),
        text("Use one of the heads of the list of receipts, or 'none'."),
        Weight.REFUSED,
        purpose.source,
    )


def _unassigned(
    case: Case, invoice: Invoice, link: Link | None, net: bool, spans: Sequence[Span]
) -> tuple[Finding, list[Missing]]:
    proposal = propose(case, invoice, spans)
    head = proposal.head if proposal else ""
    said = {"number": reference(case, invoice), "seller": invoice.seller}
    do = (
        text(
            "Add it to the list of receipts; its words suggest '{head}'. Use 'none' if it has "
            "nothing to do with it.",
            head=head,
        )
        if head
        else text("Add it to the list of receipts with a head, or with 'none'.")
    )
    finding = Finding(
        "damage.unassigned",
        text("Invoice {number} of {seller} is not yet assigned and not counted.", **said),
        do,
        Weight.WARNING,
        invoice.source,
    )
    sum_ = worth(invoice, link, net)
    if not head or sum_.currency != "EUR" or sum_ < ZERO or head == "line_fee":
        return finding, []
    gap = text("Decision what invoice {number} of {seller} was for.", **said)
    return finding, [Missing(head, gap, Range(ZERO, sum_, sum_))]
