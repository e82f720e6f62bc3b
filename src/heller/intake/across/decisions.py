"""What people decided about readings: a paper that somebody confirmed becomes an invoice of the claim.

Pure: readings and decisions in, readings out. The figures come from the decision itself, so they are the
same where a picture cannot be recognised again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from heller.model.document_class import Classification, DocumentClass
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.decided import Decided
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.money import Money
from heller.model.record import Reading, Record
from heller.model.text import text
from heller.model.value import Support, Value

GIVEN, LEFT, SAME, APART, DROPPED = "given", "left", "same", "apart", "dropped"
REPLACES, ADDS, SIGNED = "replaces", "adds", "signed"  # of a list that says what another one says
SUMS = frozenset({"net", "vat", "gross"})
_PLACES = {"date": "issued", "pay": "payable", "type": "kind"}  # the names of places in an invoice


def settle(readings: Mapping[str, Reading], decisions: Iterable[Decided]) -> dict[str, Reading]:
    """The readings, by digest, with what people decided: of two decisions the later one counts."""
    last = {(d.object, d.member): d for d in decisions if d.what in (GIVEN, LEFT)}
    return {
        digest: _with_decisions(reading, [d for (of, _), d in last.items() if of == digest])
        for digest, reading in readings.items()
    }


def _with_decisions(reading: Reading, decisions: list[Decided]) -> Reading:
    if not decisions:
        return reading
    open_ = {d.member: d for d in decisions}
    records: list[Record] = []
    for record in reading.records:
        asked = isinstance(record, Paper | Invoice)
        decided = open_.pop(record.source.member, None) if asked and record.source else None
        if decided is not None and isinstance(record, Paper | Invoice):
            records.append(_with_answer(record, decided))
        else:
            records.append(record)
    records += [by_hand(decided) for decided in open_.values() if decided.what == GIVEN]
    found = tuple(
        f for f in reading.findings if f.code not in ("paper-waits", "no-recognition", "no-invoice-data")
    )
    given = [r for r in records if isinstance(r, Invoice)]
    title = (
        ", ".join(filter(None, (given[0].seller, given[0].number))) if len(records) == len(given) == 1 else ""
    )
    told = tuple(_decided_finding(decided) for decided in decisions if decided.what == GIVEN)
    return replace(reading, title=title or reading.title, records=tuple(records), findings=(*found, *told))


def _decided_finding(decided: Decided) -> Finding:
    """Who gave the values of a document, and when."""
    said = text("{who} said what this document says, on {day}.", who=decided.who, day=decided.when.date())
    return Finding("given-by", said, None, Weight.NOTE, Locator(decided.object, member=decided.member))


def _with_answer(paper: Paper | Invoice, decided: Decided) -> Record:
    if decided.what == LEFT:
        return replace(paper, left=True) if isinstance(paper, Paper) else paper
    kind = Classification(decided.kind, Support.GIVEN, paper.source, ("person",))
    return invoice_of(decided) if kind.is_money else replace(paper, kind=kind)


def by_hand(decided: Decided) -> Record:
    """What a person says of a document that nobody could read: an invoice, or a paper of another class."""
    kind = Classification(
        decided.kind, Support.GIVEN, Locator(decided.object, member=decided.member), ("person",)
    )
    if kind.is_money:
        return invoice_of(decided)
    values = {
        name: Value(value, Support.GIVEN, decided.places.get(name)) for name, value in decided.values.items()
    }
    return Paper(values, Locator(decided.object, member=decided.member), kind=kind)


def paper_of(invoice: Invoice) -> Paper:
    """A structured invoice as a paper, for a person to correct."""
    sums = {"net": invoice.net, "vat": invoice.vat, "gross": invoice.gross}
    said = {"number": invoice.number, "date": invoice.issued.isoformat(), "seller": invoice.seller}
    said |= {name: str(amount.decimal) for name, amount in sums.items()} | {
        "currency": invoice.gross.currency
    }
    values = {
        name: Value(value, Support.STATED, invoice.places.get(_PLACES.get(name, name), invoice.source))
        for name, value in said.items()
        if value
    }
    return Paper(
        values,
        invoice.source,
        credit=invoice.credit,
        tax_ids=invoice.tax_ids,
        kind=invoice.kind,
        buyer=invoice.buyer,
        refers=invoice.refers,
        prepaid=invoice.prepaid,
    )


def invoice_of(decided: Decided) -> Invoice:
    """The invoice that a person gave. Money that comes back is a credit note of positive amounts."""
    said, unit = decided.values, decided.values["currency"]
    net, vat, gross = (Money.of(said[name], unit) for name in ("net", "vat", "gross"))
    credit = decided.credit or gross.cents < 0
    if credit and gross.cents < 0:
        net, vat, gross = -net, -vat, -gross
    source = decided.places.get("gross", decided.places.get("date"))
    assert source is not None
    return Invoice(
        number=said.get("number", ""),
        issued=date.fromisoformat(said["date"]),
        seller=said.get("seller", ""),
        net=net,
        vat=vat,
        gross=gross,
        source=source,
        credit=credit,
        places={_PLACES.get(name, name): place for name, place in decided.places.items()},
        proven_by=() if SUMS & set(decided.changed) else decided.proven,
        tax_ids=decided.tax_ids,
        untaxed=decided.free and vat.cents != 0,
        buyer=decided.buyer,
        kind=Classification(_class(decided.kind, credit), Support.GIVEN, source, ("person",)),
        refers=decided.refers,
        prepaid=decided.prepaid,
    )


def _class(of: DocumentClass, credit: bool) -> DocumentClass:
    """The class; money that comes back by an invoice is a credit note."""
    return DocumentClass.CREDIT_NOTE if credit and of is DocumentClass.INVOICE else of


def provisional(paper: Paper) -> Invoice | None:
    """A paper as the invoice it may be, for comparing it with payments and other documents."""
    gross, issued = paper.money("gross"), paper.issued
    if gross is None or issued is None:
        return None
    net, vat = paper.money("net") or gross, paper.money("vat") or Money(0, gross.currency)
    credit = paper.credit or gross.cents < 0
    if credit and gross.cents < 0:
        net, vat, gross = -net, -vat, -gross
    return Invoice(
        paper.said("number"),
        issued,
        paper.said("seller"),
        net,
        vat,
        gross,
        paper.source,
        credit=credit,
        buyer=paper.buyer,
        kind=paper.kind,
        refers=paper.refers,
        prepaid=paper.prepaid,
    )
