"""Net, VAT and gross of every invoice that feeds the claim, and what of it counts: on one page.

It works out no VAT: what counts is the flow that the invoice stands behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Cell, Para, Part, Table, TableColumn, TableRow
from heller.dossier.writer import Pen
from heller.model.damage import Flow
from heller.model.facts import firm
from heller.model.kinds.invoice import Invoice
from heller.model.money import Money, total
from heller.model.text import Text, text


def part(pen: Pen) -> Part | None:
    """The table; None where no invoice feeds the claim."""
    rows = tuple(_rows(pen))
    if not rows:
        return None
    columns = (
        TableColumn(pen(text("Invoice")), "left", "1fr"),
        TableColumn(pen(text("Date")), "left", "22mm"),
        *(TableColumn(pen(name), "right", "20mm") for name in (text("Net"), text("VAT"), text("Gross"))),
        TableColumn(pen(text("counts with")), "right", "22mm"),
    )
    note = text("In euros. What counts is less where only a share of an invoice is due to the outage.")
    blocks = (Para(pen(_lead(pen))), Table(columns, rows, pen(note), size="small"))
    return Part("net_and_gross", pen(text("Net, VAT and gross")), blocks)


def _lead(pen: Pen) -> Text:
    facts = pen.case.facts
    if facts[firm.SMALL_BUSINESS] or facts[firm.DEDUCTS_INPUT_VAT] is False:
        return text("The claimant deducts no input VAT: invoices count gross.")
    if facts[firm.INPUT_VAT_SHARE] is not None:
        return text(
            "The claimant deducts a part of input VAT: what it does not deduct counts with the net amount."
        )
    if facts[firm.DEDUCTS_INPUT_VAT] is None:
        return text("Invoices count net.")
    return text("The claimant deducts input VAT: invoices count net, their VAT is no damage.")


def _rows(pen: Pen) -> Iterator[TableRow]:
    """One row for each invoice behind a flow; one that came twice counts once."""
    seen: set[tuple[str, str]] = set()
    for invoice in sorted(pen.case.records(Invoice), key=lambda one: (one.issued, one.number)):
        places = {invoice.source, *invoice.places.values()}
        flows = [flow for flow in pen.claim.assessment.flows if not places.isdisjoint(flow.sources)]
        if not flows or (invoice.seller, invoice.number) in seen:
            continue
        seen.add((invoice.seller, invoice.number))
        name = Cell(f"{invoice.seller}, {invoice.number}", "", pen.refs((invoice.source,)))
        sums = (invoice.net, invoice.vat, invoice.gross, total(_counted(pen, flow) for flow in flows))
        yield TableRow((name, Cell(pen.words.day(invoice.issued)), *(Cell(pen.bare(one)) for one in sums)))


def _counted(pen: Pen, flow: Flow) -> Money:
    """What a flow adds to the claim: its damage, or, of a claim of its own, what was paid for nothing."""
    apart = any(flow.id in one.flows for one in pen.claim.assessment.positions if one.apart)
    return -flow.actual.likely if apart else flow.without.likely - flow.actual.likely
