"""What people decided about readings: a paper that somebody confirmed becomes an invoice of the claim.

Pure: readings and decisions in, readings out. The figures come from the decision itself, so they are the
same where a picture cannot be recognised again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from heller.model.document_class import Classification, DocumentClass
from heller.model.kinds.decided import Decided
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.money import Money
from heller.model.record import Reading, Record
from heller.model.value import Support

GIVEN, LEFT, SAME, APART, DROPPED = "given", "left", "same", "apart", "dropped"
SUMS = frozenset({"net", "vat", "gross"})
_PLACES = {"date": "issued", "pay": "payable", "type": "kind"}  # the names of places in an invoice


def settle(readings: Mapping[str, Reading], decisions: Iterable[Decided]) -> dict[str, Reading]:
    """The readings, by digest, with what people decided: of two decisions the later one counts."""
    last = {(d.object, d.member): d for d in decisions if d.what in (GIVEN, LEFT)}
    return {
        digest: _settled(reading, [d for (of, _), d in last.items() if of == digest])
        for digest, reading in readings.items()
    }


def _settled(reading: Reading, decisions: list[Decided]) -> Reading:
    if not decisions:
        return reading
    open_ = {d.member: d for d in decisions}
    records: list[Record] = []
    for record in reading.records:
        decided = open_.pop(record.source.member, None) if isinstance(record, Paper) else None
        records.append(_answered(record, decided) if decided and isinstance(record, Paper) else record)
    given_ = (d for d in open_.values() if d.what == GIVEN and Classification(d.kind).is_money)
    records += [invoice_of(decided) for decided in given_]
    found = tuple(f for f in reading.findings if f.code not in ("paper-waits", "no-recognition"))
    given = [r for r in records if isinstance(r, Invoice)]
    title = (
        ", ".join(filter(None, (given[0].seller, given[0].number))) if len(records) == len(given) == 1 else ""
    )
    return replace(reading, title=title or reading.title, records=tuple(records), findings=found)


def _answered(paper: Paper, decided: Decided) -> Record:
    if decided.what == LEFT:
        return replace(paper, left=True)
    kind = Classification(decided.kind, Support.GIVEN, paper.source, ("person",))
    return invoice_of(decided) if kind.is_money else replace(paper, kind=kind)


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
