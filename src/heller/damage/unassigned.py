"""Receipts that nobody has given to a head, or to a word that is none, with a suggestion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from heller.damage.margin import is_share
from heller.damage.proposal import propose
from heller.damage.purposes import number, purposes, reference
from heller.damage.receipts import worth
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.chain import Link
from heller.model.damage import Missing
from heller.model.finding import Finding, Locator, Weight
from heller.model.heads import HEADS
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.purpose import Purpose
from heller.model.money import ZERO
from heller.model.span import Span
from heller.model.text import Text, text


def without_head(
    case: Case, net: bool, links: Mapping[Locator, Link], spans: Sequence[Span] = ()
) -> tuple[tuple[Finding, ...], tuple[Missing, ...]]:
    """Invoices that count and that nobody has given to a head, or to a word that is none; decisions without one."""
    open_words = undecided(case)
    decided = {number(p.invoice) for p in purposes(case)} - open_words.keys()
    findings: list[Finding] = []
    missing: list[Missing] = []
    asked: set[str] = set()
    for invoice in case.records(Invoice):
        link, name = links.get(invoice.source), number(reference(case, invoice))
        if name in decided or (link and not link.cost):
            continue
        asked.add(name)
        finding, gap = _unassigned(case, invoice, link, net, spans, open_words.get(name))
        findings.append(finding)
        missing.extend(gap)
    findings += [_no_head(said) for name, said in open_words.items() if name not in asked]
    return tuple(findings), tuple(missing)


def undecided(case: Case) -> dict[str, Purpose]:
    """By number of receipt the decisions whose head is a word under which no receipt counts."""
    return {number(said.invoice): said for said in purposes(case) if not said.decides}


def _no_head(purpose: Purpose) -> Finding:
    return Finding(
        "damage.no_such_head",
        text(
            "Invoice {number} is given to '{head}', which is no head of loss that is paid by "
            "receipt: not counted.",
            number=purpose.invoice,
            head=_named(purpose),
        ),
        text("Use one of the heads of the list of receipts, or 'none'."),
        Weight.REFUSED,
        purpose.source,
    )


def _named(purpose: Purpose) -> Text | str:
    return HEADS[purpose.head].title if purpose.head in HEADS else purpose.head


def _unassigned(
    case: Case,
    invoice: Invoice,
    link: Link | None,
    net: bool,
    spans: Sequence[Span],
    said: Purpose | None,
) -> tuple[Finding, list[Missing]]:
    """What is asked of an invoice, with the worth of the answer; `said` is a decision whose head is no such head."""
    proposal = propose(case, invoice, spans, f"{said.head} {said.reason}" if said else "")
    head = proposal.head if proposal else ""
    words = {"number": reference(case, invoice), "seller": invoice.seller}
    finding = (
        replace(_no_head(said), do=_what_to_do(head))
        if said
        else Finding(
            "damage.unassigned",
            text("Invoice {number} of {seller} is not yet assigned and not counted.", **words),
            _what_to_do(head),
            Weight.WARNING,
            invoice.source,
        )
    )
    sum_ = worth(invoice, link, net)
    if said and is_share(said.share):
        sum_ = sum_ * said.share
    if not (head or said) or sum_.currency != "EUR" or sum_ < ZERO or head == "line_fee":
        return finding, []
    gap = text("Decision what invoice {number} of {seller} was for.", **words)
    return finding, [Missing(head, gap, Range(ZERO, sum_, sum_))]


def _what_to_do(head: str) -> Text:
    if not head:
        return text("Add it to the list of receipts with a head, or with 'none'.")
    return text(
        "Add it to the list of receipts; its words suggest '{head}'. Use 'none' if it has "
        "nothing to do with it.",
        head=HEADS[head].words[0] if HEADS[head].words else HEADS[head].title,
    )
