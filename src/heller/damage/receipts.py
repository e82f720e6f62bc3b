"""Heads that are paid by receipt: invoices, and a person's decision what each was for. It guesses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from heller.damage import vat
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.margin import is_share
from heller.damage.proposal import propose
from heller.model.amount import ProofGrade, Range, WorkingLine
from heller.model.case import Case
from heller.model.damage import Flow, Missing, Token
from heller.model.finding import Finding, Locator, Weight
from heller.model.money import ZERO, Money
from heller.model.paper import Paper
from heller.model.record import Invoice, Purpose
from heller.model.text import Text, text

PAID_BY_RECEIPT = (
    "emergency_line",
    "hardware",
    "mobile_data",
    "extra_cost",
    "expert",
    "line_fee",
    "customer_claims",
    "goodwill",
)
BORNE_OUT = frozenset({"bank", "net+vat", "posting", "twin"})  # independent paths to the amount of a receipt


def number(invoice: str) -> str:
    """An invoice number without what people type differently."""
    return "".join(invoice.split()).casefold()


def reference(case: Case, receipt: Invoice | Paper) -> str:
    """How a person names a receipt: by its number or, where it has none, by its exhibit ('K7')."""
    said = receipt.said("number") if isinstance(receipt, Paper) else receipt.number
    exhibit = None if said else case.exhibit_of(receipt.source.object)
    return f"K{exhibit.number}" if exhibit else said


def invoices(case: Case) -> Mapping[str, tuple[Invoice, ...]]:
    """The invoices by their number; more than one where two sellers use the same number."""
    out: dict[str, tuple[Invoice, ...]] = {}
    for invoice in case.records(Invoice):
        name = number(reference(case, invoice))
        out[name] = (*out.get(name, ()), invoice)
    return out


def purposes(case: Case) -> tuple[Purpose, ...]:
    """The decisions in force: of two for the same invoice and head the later one counts."""
    return tuple({(number(p.invoice), p.head): p for p in case.records(Purpose)}.values())


def amount_borne(invoice: Invoice, net: bool) -> Money:
    """What the firm bore of an invoice: net where it deducts input VAT; a credit note is negative."""
    amount = (invoice.net + invoice.borne if invoice.borne else invoice.net) if net else invoice.gross
    return -amount if invoice.credit else amount


class HeadInvoice(Struct, frozen=True):
    """An invoice that counts under a head."""

    purpose: Purpose
    invoice: Invoice
    token: Token


def invoices_of(
    inputs: Inputs, head: str
) -> tuple[tuple[HeadInvoice, ...], tuple[Finding, ...], tuple[Missing, ...]]:
    """The invoices that a person gave to a head, with what is wrong about the others."""
    known, decided = invoices(inputs.case), purposes(inputs.case)
    shares = _shares(decided)
    unread = {number(reference(inputs.case, p)) for p in inputs.case.records(Paper) if p.waiting}
    good: list[HeadInvoice] = []
    findings: list[Finding] = []
    missing: list[Missing] = []
    for purpose in (p for p in decided if p.head == head):
        candidates = known.get(number(purpose.invoice), ())
        doubt = _doubt(purpose, candidates)
        if not candidates and number(purpose.invoice) not in unread:
            missing.append(
                Missing(head, text("Invoice {number} is on the list of receipts but not among the files.",
                                   number=purpose.invoice))
            )  # fmt: skip
        elif doubt:
            findings.append(doubt)
        if not candidates or (doubt and doubt.weight is Weight.REFUSED):
            continue
        invoice = min(candidates, key=lambda i: (amount_borne(i, inputs.net).cents, i.source.object))
        good.append(HeadInvoice(purpose, invoice, _token(invoice, purpose, shares[number(purpose.invoice)])))
    return tuple(good), tuple(findings), tuple(missing)


def _shares(decided: Sequence[Purpose]) -> Mapping[str, list[Decimal]]:
    """The shares that were given to heads, by invoice."""
    out: dict[str, list[Decimal]] = {}
    for purpose in decided:
        mine = out.setdefault(number(purpose.invoice), [])
        if purpose.head != "none" and is_share(purpose.share):
            mine.append(purpose.share)
    return out


def _token(invoice: Invoice, purpose: Purpose, shares: Sequence[Decimal]) -> Token:
    """The receipt, or its part: an invoice may be shared out, but never beyond the whole.

    Beyond the whole all parts carry the same token, and the ledger keeps only the first.
    """
    whole = f"{number(invoice.number)}:{invoice.source.object}"
    return Token("receipt", whole if len(shares) == 1 or sum(shares) > 1 else f"{whole}:{purpose.head}")


def _doubt(purpose: Purpose, candidates: Sequence[Invoice]) -> Finding | None:
    """What speaks against counting an invoice as a person decided."""
    if not candidates:
        return None
    shares = (purpose.share, purpose.residual, purpose.anyway)
    if not (all(map(is_share, shares)) and purpose.share):
        return Finding(
            "damage.share",
            text("A share or the remaining worth of invoice {number} is not between 0 and 100 %: "
                 "not counted.",
                 number=purpose.invoice),
            text("Correct the row in the list of receipts."), Weight.REFUSED, purpose.source,
        )  # fmt: skip
    if any(i.net.currency != "EUR" or i.gross.currency != "EUR" for i in candidates):
        return Finding(
            "damage.currency",
            text("Invoice {number} is not in euros: not counted.", number=purpose.invoice),
            text("State the amount in euros as the bank booked it."), Weight.REFUSED, candidates[0].source,
        )  # fmt: skip
    if any(min(i.net.cents, i.gross.cents) < 0 for i in candidates):
        return Finding(
            "damage.negative",
            text("Invoice {number} has a negative amount but is no credit note: not "
                 "counted.", number=purpose.invoice),
            text("Hand in the credit note as such."), Weight.REFUSED, candidates[0].source,
        )  # fmt: skip
    if len(candidates) > 1:
        return Finding(
            "damage.same_number",
            text("{n} invoices have the number {number}; the smallest one is counted.",
                 n=len(candidates), number=purpose.invoice),
            text("Say in the list of receipts which one is meant."), Weight.WARNING, candidates[0].source,
        )  # fmt: skip
    return None


def grade(invoice: Invoice) -> ProofGrade:
    """A receipt when an independent path bears its amount out, else a record that still has to be checked."""
    return ProofGrade.RECEIPT if BORNE_OUT & set(invoice.proven_by) else ProofGrade.RECORD


def by_receipt(
    head: Head, inputs: Inputs, reason: Text, *, closing: Sequence[WorkingLine] = (), norm_id: str = ""
) -> HeadLoss:
    """The whole of a head that consists of receipts: amount x share x (1 - what is left of its worth)."""
    good, findings, missing = invoices_of(inputs, head.key)
    items = [_item(head.key, one, inputs.net) for one in good]
    unpaid = [one for one in good if "bank" not in one.invoice.proven_by and not one.invoice.credit]
    return HeadLoss(
        flows=flows_of(items),
        positions=schedule(head, items, reason, closing=closing, norm_id=norm_id),
        missing=(*missing, *_unpaid(head.key, unpaid)),
        findings=findings,
    )


def _unpaid(head: str, unpaid: Sequence[HeadInvoice]) -> Iterable[Missing]:
    if unpaid:
        yield Missing(
            head,
            text("Bank statement that shows the payment of {n} invoices under this head: only what was spent "
                 "is owed.", n=len(unpaid)),
        )  # fmt: skip


def _item(head: str, one: HeadInvoice, net: bool) -> Item:
    invoice = one.invoice
    full = amount_borne(invoice, net)
    part = full * one.purpose.share
    left = part * one.purpose.residual
    # What would have been bought anyway is paid in both worlds, and so adds nothing.
    anyway = (part - left) * one.purpose.anyway
    flow = Flow(
        id=f"{head}:{one.token.id}",
        head=head,
        label=text("{seller}, invoice {number}", seller=invoice.seller, number=invoice.number),
        without=Range.exact(-anyway),
        actual=Range.exact(-(part - left)),
        grade=grade(invoice),
        tokens=frozenset({one.token}),
        sources=_sources(one),
    )
    lines = [*_working(one, net, full, part, left), *_anyway(one, anyway)]
    return Item((flow,), tuple(lines))


def _anyway(one: HeadInvoice, anyway: Money) -> Iterable[WorkingLine]:
    if one.purpose.anyway:
        why = text("less what would have been bought without the outage too, {anyway:percent}",
                   anyway=one.purpose.anyway)  # fmt: skip
        yield WorkingLine(why, Range.exact(-anyway), _decision(one))


def _sources(one: HeadInvoice) -> tuple[Locator, ...]:
    place = one.invoice.places.get("net", one.invoice.source)
    return (place,) if one.purpose.source is None else (place, one.purpose.source)


def _working(one: HeadInvoice, net: bool, full: Money, part: Money, left: Money) -> Iterable[WorkingLine]:
    """The receipt, the share that was for the outage, and what of its worth is left."""
    invoice, share, residual = one.invoice, one.purpose.share, one.purpose.residual
    where = (invoice.places.get("net" if net else "gross", invoice.source),)
    seller, num, day = invoice.seller, invoice.number, invoice.issued
    if invoice.credit:
        head = text("{seller}, credit note {number} of {day}", seller=seller, number=num, day=day)
    elif net:
        head = text("{seller}, invoice {number} of {day}, net", seller=seller, number=num, day=day)
    else:
        head = text("{seller}, invoice {number} of {day}, VAT included", seller=seller, number=num, day=day)
    yield WorkingLine(head, Range.exact(full), where)
    if net and invoice.borne and invoice.borne_why:
        yield WorkingLine(text("VAT of {amount} in it: {why}", amount=invoice.borne, why=vat.why(invoice)))
    if part != full:
        why = text(
            "of which for the outage {share:percent}: {reason}", share=share, reason=one.purpose.reason
        )
        yield WorkingLine(why, Range.exact(part - full), _decision(one))
    if residual:
        why = text("less what is left of its worth, {residual:percent}", residual=residual)
        yield WorkingLine(why, Range.exact(-left), _decision(one))


def _decision(one: HeadInvoice) -> tuple[Locator, ...]:
    return () if one.purpose.source is None else (one.purpose.source,)


def without_head(case: Case, net: bool) -> tuple[tuple[Finding, ...], tuple[Missing, ...]]:
    """Invoices that nobody has given to a head, with a suggestion; decisions for heads that are none."""
    decided = {number(p.invoice) for p in purposes(case)}
    findings: list[Finding] = []
    missing: list[Missing] = []
    for invoice in case.records(Invoice):
        if number(reference(case, invoice)) in decided:
            continue
        finding, gap = _unassigned(case, invoice, net)
        findings.append(finding)
        missing.extend(gap)
    known = {*PAID_BY_RECEIPT, "none"}
    findings += [_no_head(p) for p in purposes(case) if p.head not in known]
    return tuple(findings), tuple(missing)


def _no_head(purpose: Purpose) -> Finding:
    return Finding(
        "damage.no_such_head",
        text("Invoice {number} is given to '{head}', which is no head of loss that is paid by "
             "receipt: not counted.",
             number=purpose.invoice, head=purpose.head),
        text("Use one of the heads of the list of receipts, or 'none'."), Weight.REFUSED, purpose.source,
    )  # fmt: skip


def _unassigned(case: Case, invoice: Invoice, net: bool) -> tuple[Finding, list[Missing]]:
    proposal = propose(case, invoice, ())
    head = proposal.head if proposal else ""
    said = {"number": reference(case, invoice), "seller": invoice.seller}
    do = (
        text("Add it to the list of receipts; its words suggest '{head}'. Use 'none' if it has "
             "nothing to do with it.",
             head=head)
        if head
        else text("Add it to the list of receipts with a head, or with 'none'.")
    )  # fmt: skip
    finding = Finding(
        "damage.unassigned",
        text("Invoice {number} of {seller} is not yet assigned and not counted.", **said),
        do, Weight.WARNING, invoice.source,
    )  # fmt: skip
    worth = amount_borne(invoice, net)
    if not head or worth.currency != "EUR" or worth < ZERO or head == "line_fee":
        return finding, []
    gap = text("Decision what invoice {number} of {seller} was for.", **said)
    return finding, [Missing(head, gap, Range(ZERO, worth, worth))]
