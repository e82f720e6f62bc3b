"""Heads that are paid by receipt: invoices, and a person's decision what each was for. It guesses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from heller.damage.head import Inputs
from heller.damage.margin import is_share
from heller.damage.purposes import number
from heller.model.amount import ProofGrade
from heller.model.chain import Change, Link
from heller.model.damage import Missing, Token
from heller.model.document_class import NAMES, FirmRole
from heller.model.finding import Finding, Weight
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import NO_HEAD, Purpose
from heller.model.money import Money, total
from heller.model.text import text
from heller.model.value import Support

SURE = frozenset(
    {Support.PROVEN, Support.STATED, Support.GIVEN, Support.COMPUTED}
)  # grades of a class that prove a cost
# Independent paths to the amount of a receipt; a till that took cash and gave change back worked it out a second time.
BORNE_OUT = frozenset({"bank", "net+vat", "posting", "twin", "cash-change"})
PAID = frozenset({"bank", "cash-change", "paid-on-it"})  # what shows that it was paid


def amount_borne(invoice: Invoice, net: bool) -> Money:
    """What the firm bore of an invoice: net where it deducts input VAT; a credit note is negative."""
    amount = (invoice.net + invoice.borne if invoice.borne else invoice.net) if net else invoice.gross
    return -amount if invoice.credit else amount


def changed(invoice: Invoice, change: Change, net: bool) -> Money:
    """What a change takes off what the firm bore of an invoice, VAT that it cannot deduct in proportion."""
    if not net:
        return change.by.gross
    if not invoice.borne or not invoice.vat:
        return change.by.net
    return change.by.net + change.by.vat * Fraction(invoice.borne.cents, invoice.vat.cents)


class HeadInvoice(Struct, frozen=True):
    """An invoice that counts under a head, as the link of a chain of documents."""

    purpose: Purpose
    invoice: Invoice
    token: Token
    link: Link | None = None


def worth(invoice: Invoice, link: Link | None, net: bool) -> Money:
    """What the firm bore in the end: the invoice less what was taken off it."""
    borne = amount_borne(invoice, net)
    off = (changed(invoice, change, net) for change in (link.changes if link else ()))
    return total((borne, *off), borne.currency)


def invoices_of(
    inputs: Inputs, head: str
) -> tuple[tuple[HeadInvoice, ...], tuple[Finding, ...], tuple[Missing, ...]]:
    """The invoices that a person gave to a head, with what is wrong about the others."""
    shares = _shares(inputs.purposes)
    good: list[HeadInvoice] = []
    findings: list[Finding] = []
    missing: list[Missing] = []
    for purpose in (p for p in inputs.purposes if p.head == head):
        alike = inputs.invoices.get(number(purpose.invoice), ())
        read = inputs.papers.get(number(purpose.invoice), ())
        candidates = tuple(i for i in alike if (link := inputs.links.get(i.source)) is None or link.cost)
        doubt = _doubt(purpose, candidates)
        if not candidates:
            doubt = _no_cost(inputs, purpose, alike or [p for p in read if not p.waiting])
        if not alike and doubt is None and not any(p.waiting for p in read):
            missing.append(
                Missing(
                    head,
                    text(
                        "Invoice {number} is on the list of receipts but not among the files.",
                        number=purpose.invoice,
                    ),
                )
            )
        elif doubt:
            findings.append(doubt)
        if not candidates or (doubt and doubt.weight is Weight.REFUSED):
            continue
        invoice = min(candidates, key=lambda i: (amount_borne(i, inputs.net).cents, i.source.object))
        token = _token(invoice, purpose, shares[number(purpose.invoice)])
        good.append(HeadInvoice(purpose, invoice, token, inputs.links.get(invoice.source)))
    return tuple(good), tuple(findings), tuple(missing)


def _no_cost(inputs: Inputs, purpose: Purpose, documents: Sequence[Invoice | Paper]) -> Finding | None:
    """That what a person gave to a head is a document that counts nothing, and why."""
    links = [link for d in documents if (link := inputs.links.get(d.source)) is not None]
    if not links:
        return None
    link = links[0]
    return Finding(
        "damage.no_cost",
        text(
            "{kind} {number} counts nothing: {why}",
            kind=NAMES[link.kind.of],
            number=purpose.invoice,
            why=link.why[-1] if link.why else NAMES[link.kind.of],
        ),
        text("Give the invoice that counts to the head instead, or take the decision back."),
        Weight.REFUSED,
        link.source,
    )


def _shares(decided: Sequence[Purpose]) -> Mapping[str, list[Decimal]]:
    """The shares that were given to heads, by invoice."""
    out: dict[str, list[Decimal]] = {}
    for purpose in decided:
        mine = out.setdefault(number(purpose.invoice), [])
        if purpose.head != NO_HEAD and is_share(purpose.share):
            mine.append(purpose.share)
    return out


def _token(invoice: Invoice, purpose: Purpose, shares: Sequence[Decimal]) -> Token:
    """The receipt, or its part where it is shared out: `purposes` keeps no more than the whole of it."""
    whole = f"{number(invoice.number)}:{invoice.source.object}"
    return Token("receipt", whole if len(shares) == 1 else f"{whole}:{purpose.head}")


def _doubt(purpose: Purpose, candidates: Sequence[Invoice]) -> Finding | None:
    """What speaks against counting an invoice as a person decided."""
    if not candidates:
        return None
    shares = (purpose.share, purpose.residual, purpose.anyway)
    if not (all(map(is_share, shares)) and purpose.share):
        return Finding(
            "damage.share",
            text(
                "A share or the remaining worth of invoice {number} is not between 0 and 100 %: not counted.",
                number=purpose.invoice,
            ),
            text("Note the receipt's purpose anew; the list stays as it is."),
            Weight.REFUSED,
            purpose.source,
        )
    if any(i.net.currency != "EUR" or i.gross.currency != "EUR" for i in candidates):
        return Finding(
            "damage.currency",
            text("Invoice {number} is not in euros: not counted.", number=purpose.invoice),
            text("State the amount in euros as the bank booked it."),
            Weight.REFUSED,
            candidates[0].source,
        )
    if any(min(i.net.cents, i.gross.cents) < 0 for i in candidates):
        return Finding(
            "damage.negative",
            text(
                "Invoice {number} has a negative amount but is no credit note: not counted.",
                number=purpose.invoice,
            ),
            text("Add the credit note as such."),
            Weight.REFUSED,
            candidates[0].source,
        )
    if len(candidates) > 1:
        return Finding(
            "damage.same_number",
            text(
                "{n} invoices have the number {number}; the smallest one is counted.",
                n=len(candidates),
                number=purpose.invoice,
            ),
            text("Say in the list of receipts which one is meant."),
            Weight.WARNING,
            candidates[0].source,
        )
    return None


def grade(invoice: Invoice, link: Link | None = None) -> ProofGrade:
    """A receipt when an independent path bears its amount out and its class is told and it is the firm's;
    else a record that still has to be checked."""
    sure = link is None or (link.kind.grade in SURE and link.role is not FirmRole.STRANGER)
    return ProofGrade.RECEIPT if sure and BORNE_OUT & set(invoice.proven_by) else ProofGrade.RECORD
