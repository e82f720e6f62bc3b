"""A head that is paid by receipt, worked out: each receipt, its share, what is left of its worth, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from heller.damage import vat
from heller.damage.head import Head, HeadLoss, Inputs, Item, flows_of, schedule
from heller.damage.own_vouchers import vouchers_of
from heller.damage.receipts import PAID, HeadInvoice, amount_borne, changed, grade, invoices_of, worth
from heller.model.amount import Range, WorkingLine
from heller.model.damage import Flow, Missing
from heller.model.finding import Locator
from heller.model.kinds.purpose import PaidBy
from heller.model.money import Money
from heller.model.text import Text, text


def by_receipt(
    head: Head, inputs: Inputs, reason: Text, *, closing: Sequence[WorkingLine] = (), ground: str = ""
) -> HeadLoss:
    """The whole of a head that consists of receipts: amount x share x (1 - what is left of its worth); and its own
    vouchers."""
    good, findings, missing = invoices_of(inputs, head.key)
    own, gaps, doubts = vouchers_of(inputs, head.key)
    items = [*(_item(head.key, one, inputs) for one in good), *own]
    unpaid = [one for one in good if not is_paid(one) and not one.invoice.credit]
    return HeadLoss(
        flows=flows_of(items),
        positions=schedule(head, items, reason, inputs.norm(ground or head.key), closing=closing),
        missing=(*missing, *_unpaid(head.key, unpaid), *gaps),
        findings=(*findings, *doubts),
    )


def is_paid(one: HeadInvoice) -> bool:
    """Whether the bank, the receipt itself or a person's word says how it was paid: in cash, by setting it off against
    an own bill, by keeping the sum back from one."""
    return bool(PAID & set(one.invoice.proven_by)) or one.purpose.paid is not PaidBy.BANK


def _unpaid(head: str, unpaid: Sequence[HeadInvoice]) -> Iterable[Missing]:
    if unpaid:
        yield Missing(
            head,
            text(
                "Bank statement that shows the payment of {n} invoices under this head: only what was spent "
                "is owed.",
                n=len(unpaid),
            ),
        )


def _item(head: str, one: HeadInvoice, inputs: Inputs) -> Item:
    invoice = one.invoice
    full = worth(invoice, one.link, inputs.net)
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
        grade=grade(invoice, one.link),
        tokens=frozenset({one.token}),
        sources=_sources(one),
    )
    lines = [*_working(one, inputs), *_parts(one, full, part, left), *_anyway(one, anyway)]
    return Item((flow,), tuple(lines))


def _anyway(one: HeadInvoice, anyway: Money) -> Iterable[WorkingLine]:
    if one.purpose.anyway:
        why = text(
            "less what would have been bought without the outage too, {anyway:percent}",
            anyway=one.purpose.anyway,
        )
        yield WorkingLine(why, Range.exact(-anyway), _decision(one))


def _sources(one: HeadInvoice) -> tuple[Locator, ...]:
    place = one.invoice.places.get("net", one.invoice.source)
    return (place,) if one.purpose.source is None else (place, one.purpose.source)


def _working(one: HeadInvoice, inputs: Inputs) -> Iterable[WorkingLine]:
    """The receipt, the VAT in it, and what other documents and its payment took off."""
    invoice, net = one.invoice, inputs.net
    where = (invoice.places.get("net" if net else "gross", invoice.source),)
    seller, num, day = invoice.seller, invoice.number, invoice.issued
    if invoice.credit:
        head = text("{seller}, credit note {number} of {day}", seller=seller, number=num, day=day)
    elif net:
        head = text("{seller}, invoice {number} of {day}, net", seller=seller, number=num, day=day)
    else:
        head = text("{seller}, invoice {number} of {day}, VAT included", seller=seller, number=num, day=day)
    yield WorkingLine(head, Range.exact(amount_borne(invoice, net)), where)
    if net and invoice.borne and invoice.borne_why:
        yield WorkingLine(
            text(
                "VAT of {amount} in it: {why}",
                amount=invoice.borne,
                why=vat.why(inputs.case, invoice.borne_why),
            )
        )
    for change in one.link.changes if one.link else ():
        yield WorkingLine(change.why, Range.exact(changed(invoice, change, net)), (change.source,))


def _parts(one: HeadInvoice, full: Money, part: Money, left: Money) -> Iterable[WorkingLine]:
    """The share that was for the outage, and what of its worth is left."""
    share, residual = one.purpose.share, one.purpose.residual
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
