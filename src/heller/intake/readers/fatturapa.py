"""FatturaPA, the Italian e-invoice (FPA12, FPR12, FSM10): one invoice for each body of the file.

Net and tax are the sums of the summary by rate, as the format has no total of its own for them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.einvoice.draft import Draft, DraftLine, Extra, Rate
from heller.intake.einvoice.settle import settle
from heller.intake.einvoice.xml import (
    Source,
    Under,
    XmlValue,
    canonical,
    elements,
    every,
    first,
    parse,
    root_name,
    words,
)
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.intake.written import numbers
from heller.model.document_class import DocumentClass
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.summary import Summary
from heller.model.money import Money
from heller.model.record import Blob, Reading, Record
from heller.model.text import text
from heller.model.value import Support, Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "fatturapa"

ROOTS = frozenset({"FatturaElettronica", "FatturaElettronicaSemplificata"})
CREDIT = frozenset({"TD04", "TD08"})  # nota di credito, ordinary and simplified
_SELF = ("TD16", "TD17", "TD18", "TD19", "TD20", "TD21", "TD27", "TD28", "TD29")  # written by the buyer
_INVOICE = (
    "TD01",
    "TD05",
    "TD06",
    "TD07",
    "TD09",
    "TD10",
    "TD11",
    "TD12",
    "TD22",
    "TD23",
    "TD24",
    "TD25",
    "TD26",
)
CLASSES = {
    **dict.fromkeys(_INVOICE, DocumentClass.INVOICE),
    **dict.fromkeys(("TD02", "TD03"), DocumentClass.PARTIAL),  # acconto
    **dict.fromkeys(CREDIT, DocumentClass.CREDIT_NOTE),
    **dict.fromkeys(_SELF, DocumentClass.SELF_BILLED),
}
MOST = 500  # bodies of one file


def identify(head: bytes, name: str) -> Confidence:
    """By the root element."""
    root, _ = root_name(head)
    return (
        Confidence(95, text("Its root is '{root}', that of an e-invoice.", root=root))
        if root in ROOTS
        else NOT_MINE
    )


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The invoices of all bodies, with the places of their values."""
    try:
        root = parse(blob.data)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    source, found = Source(blob.digest), list[Invoice]()
    findings: list[Finding] = []
    bodies = list(elements(root, "FatturaElettronicaBody"))[:MOST]
    for body in bodies:
        invoice, doubts = settle(_draft(root, body, source))
        findings += doubts
        found += [invoice] if invoice else []
    if not found and not findings:
        findings.append(_empty(blob))
    if len(found) == len(bodies) == 1:  # of a lot the whole is no form of any one invoice
        found = [replace(found[0], canonical=canonical(root))]
    records: tuple[Record, ...] = (_lot(found), *found) if len(found) > 1 else tuple(found)
    title = f"{found[0].seller}, {found[0].number}" if found else blob.name
    return Reading(NAME, title, records, tuple(findings), rows=len(found))


def _lot(invoices: list[Invoice]) -> Summary:
    """The lot of invoices as a whole: number and day of its first one, sums of all of them.

    It is a control total and feeds nothing; the invoices follow, each for itself.
    """
    first_ = invoices[0]
    unit = {invoice.gross.currency for invoice in invoices}

    def total(name: str) -> Value:
        cents = sum(getattr(invoice, name).cents for invoice in invoices)
        return Value(
            str(Money(cents).decimal) if len(unit) == 1 else None,
            Support.COMPUTED,
            first_.source,
            ("bodies",),
        )

    kind = first_.places.get("kind")
    return Summary(
        "invoice_lot",
        {
            "number": Value(first_.number or None, Support.STATED, first_.places.get("number")),
            "date": Value(first_.issued.isoformat(), Support.STATED, first_.places.get("issued")),
            "seller": Value(first_.seller or None, Support.STATED, first_.places.get("seller")),
            "net": total("net"),
            "vat": total("vat"),
            "gross": total("gross"),
            "currency": Value(unit.pop() if len(unit) == 1 else None, Support.STATED, first_.source),
            "type": Value(kind.raw if kind else None, Support.STATED, kind),
            "invoices": Value(len(invoices), Support.COMPUTED, first_.source),
        },
        first_.source,
    )


def _draft(root: Element, body: Under, source: Source) -> Draft:
    header = first(root, "FatturaElettronicaHeader")
    document = first(body.element, "DatiGenerali", "DatiGeneraliDocumento")
    summary = list(every(body.element, "DatiBeniServizi", "DatiRiepilogo"))

    def under(element: Element | None) -> XmlValue | None:
        return source.stated(element, body)

    kind = under(first(document, "TipoDocumento"))
    net = _sum([under(first(s, "ImponibileImporto")) for s in summary])
    vat = _sum([under(first(s, "Imposta")) for s in summary])
    return Draft(
        source=Locator(source.digest, body.path),
        currency=words(document, "Divisa"),
        kind=kind,
        credit=bool(kind and kind.value in CREDIT),
        of=CLASSES.get(kind.value) if kind else None,
        number=under(first(document, "Numero")),
        issued=under(first(document, "Data")),
        seller=source.stated(_name(header, "CedentePrestatore")),
        buyer=source.stated(_name(header, "CessionarioCommittente")),
        net=net,
        vat=vat,
        gross=under(first(document, "ImportoTotaleDocumento")),
        payable=_sum(
            [under(e) for e in every(body.element, "DatiPagamento", "DettaglioPagamento", "ImportoPagamento")]
        ),
        lines=tuple(_lines(body, source)),
        extras=tuple(_funds(document, source, body)),
        rates=tuple(_rates(summary, source, body)),
        syntax=NAME,
        payee=tuple(
            words(said)
            for name in ("IBAN", "Beneficiario")
            for said in every(body.element, "DatiPagamento", "DettaglioPagamento", name)
        ),
    )


def _name(header: Element | None, role: str) -> Element | None:
    """The firm's name, else the surname of a person."""
    who = first(header, role, "DatiAnagrafici", "Anagrafica")
    named = first(who, "Denominazione")
    return named if named is not None else first(who, "Cognome")


def _sum(parts: list[XmlValue | None]) -> XmlValue | None:
    """The sum of what several places state, with the first of them as its place."""
    stated = [part for part in parts if part]
    values = [numbers.plain(part.value) for part in stated]
    if not stated or None in values:
        return None
    if len(stated) == 1:
        return stated[0]
    return XmlValue(str(sum((v for v in values if v is not None), Decimal(0))), stated[0].at)


def _lines(body: Under, source: Source) -> list[DraftLine]:
    found = []
    for line in every(body.element, "DatiBeniServizi", "DettaglioLinee"):
        if stated := source.stated(first(line, "PrezzoTotale"), body):
            found.append(
                DraftLine(words(line, "Descrizione"), stated, numbers.plain(words(line, "Quantita")))
            )
    return found


def _funds(document: Element | None, source: Source, body: Under) -> list[Extra]:
    """Contributions to a pension fund, which are charged besides the lines."""
    if document is None:
        return []
    funds = (
        source.stated(e, body) for e in every(document, "DatiCassaPrevidenziale", "ImportoContributoCassa")
    )
    return [Extra(True, fund) for fund in funds if fund]


def _rates(summary: list[Element], source: Source, body: Under) -> list[Rate]:
    found = []
    for part in summary:
        rate, base, tax = (
            source.stated(first(part, name), body) for name in ("AliquotaIVA", "ImponibileImporto", "Imposta")
        )
        if rate and base and tax:
            found.append(Rate(rate, base, tax))
    return found


def _empty(blob: Blob) -> Finding:
    return Finding(
        "no-invoice",
        text("The e-invoice {name} holds no body.", name=blob.name),
        None,
        source=Locator(blob.digest),
    )
