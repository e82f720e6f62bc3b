"""Invoices: what every room needs to know of them."""

from __future__ import annotations

from heller.model.document_class import NAMES
from heller.model.record import Invoice
from heller.model.record_kind import NOBODY, ChronologyEvent, RecordKind
from heller.model.text import text


def _line(record: Invoice) -> tuple[object, ...]:
    net, gross = text("net {amount}", amount=record.net), text("gross {amount}", amount=record.gross)
    return (record.number, record.issued, record.seller, net, gross)


def _event(record: Invoice) -> ChronologyEvent:
    credit = record.credit
    name = NAMES[record.kind.of]
    title = text("{kind} {number} of {seller}", kind=name, number=record.number, seller=record.seller)
    return ChronologyEvent(
        record.issued,
        "receipt",
        title,
        quoted="; ".join(line.text for line in record.lines[:4]),
        amount=text("{amount} net", amount=-record.net if credit else record.net),
        sources=(record.source,),
        printed=False,
        receipt=record.number,
    )


KIND = RecordKind(Invoice, text("Invoices"), None, _line, NOBODY, alone=True, event=_event)
