"""From the words of a paper to its values with grade and place, and what is in doubt about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec.structs import replace

from heller.intake.paper import amounts, days, naming, parties, references, sums, till, titles
from heller.intake.paper.amounts import Figures
from heller.intake.paper.layout import Sheet
from heller.intake.paper.placing import Pen, of_totals
from heller.intake.paper.vocabulary import hits
from heller.intake.written.canonical import fold
from heller.model.document_class import Classification, DocumentClass, Reference
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.paper import Paper
from heller.model.money import Money
from heller.model.text import text
from heller.model.value import Value

TOLD = frozenset({"number", "date", "net", "vat", "gross", "pay"})  # without any of these nothing was read
TYPES = {
    DocumentClass.PRO_FORMA: "325",
    DocumentClass.QUOTATION: "310",
    DocumentClass.ORDER: "220",
    DocumentClass.ORDER_CONFIRMATION: "320",
    DocumentClass.DELIVERY_NOTE: "270",
    DocumentClass.CONTRACT: "315",
    DocumentClass.CANCELLATION: "384",
}
GOODS = 4000  # characters of what is kept for a proposal
_TAX_ID = re.compile(
    r"\b(?:DE\s?\d{3}\s?\d{3}\s?\d{3}|ATU\d{8}|(?:FR|BE|NL|IT|ES|PL|LU|IE|DK|SE|CZ|GB|PT|FI)\s?[\dA-Z]{7,12}\b|CHE-?\d{3}\.?\d{3}\.?\d{3}"
    r"|\d{2,3}\s?/\s?\d{3}\s?/\s?\d{4,5})"
)
_NAMES = {
    "number": text("number"),
    "date": text("day"),
    "seller": text("seller"),
    "net": text("net amount"),
    "vat": text("tax"),
    "gross": text("gross amount"),
    "due": text("amount to be paid"),
    "currency": text("currency"),
    "sums": text("sums"),
}


def read(
    sheet: Sheet, source: Locator, *, seen: bool = False, turned: Mapping[int, int] | None = None
) -> tuple[Paper | None, tuple[Finding, ...]]:
    """The paper and its doubts; none where no value at all can be told.

    `seen` is set where the words were recognised on a picture, `turned` says by how many degrees
    which page was turned.
    """
    found = amounts.figures(sheet)
    totals = sums.totals(found)
    pen = Pen(source, seen=seen, turned=turned)
    kind = titles.classify(sheet, found, totals, pen)
    if kind.of is DocumentClass.CARD_SLIP:
        totals = till.alone(totals, found)
    values: dict[str, Value] = {}
    unclear = list(totals.unclear)
    refers = _names(sheet, kind.of, pen, values, unclear)
    code, several = naming.currency(sheet, found, totals.gross)
    if code:
        at = pen.at(totals.gross.words, totals.gross.raw) if totals.gross else source
        values["currency"] = Value(code, pen.grade, at)
    elif several:
        unclear.append("currency")
    values |= of_totals(totals, pen)
    if not (values.keys() & TOLD or refers or kind.of is not DocumentClass.OTHER):
        return None, ()
    if of_type := _type(sheet, kind, pen):
        values["type"] = of_type
    words, buyer = _goods(sheet), parties.buyer(sheet)
    seller = str(values["seller"].value) if "seller" in values else ""
    bought = buyer is not None and fold(buyer.name) != fold(seller)  # on a slip the head is the seller alone
    paper = Paper(
        values,
        source,
        credit=kind.of in (DocumentClass.CREDIT_NOTE, DocumentClass.CANCELLATION),
        free=_small(words),
        tax_ids=_tax_ids(sheet),
        words=words,
        kind=kind,
        buyer=buyer.name if buyer and bought else "",
        refers=refers,
    )
    paper = replace(paper, prepaid=_prepaid(paper, found), fees=_fees(sheet, found, paper))
    doubts = (*_doubts(unclear, paper, pen), *_contradictions(paper, found, pen))
    return paper, (*doubts, *([_coupon(pen)] if totals.coupon else []))


def _type(sheet: Sheet, kind: Classification, pen: Pen) -> Value | None:
    """The type code (UNTDID 1001): that of the class, or of the title where an invoice has several."""
    if code := TYPES.get(kind.of):
        return Value(code, pen.grade, kind.source)
    named, _ = naming.kind(sheet) if kind.is_money or kind.of is DocumentClass.SELF_BILLED else (None, False)
    return pen.value(named.value, named.words) if named else None


def _prepaid(paper: Paper, found: Figures) -> Money | None:
    """What the paper takes off as paid before: the gross less what is left to pay, where it says so."""
    gross, pay = paper.money("gross"), paper.money("pay")
    if gross is None or pay is None or not gross > pay:
        return None
    before = gross - pay
    taken = {abs(a.value) for a in found.amounts if "paid" in a.senses}
    return before if paper.kind.of is DocumentClass.FINAL or before.decimal in taken else None


def _fees(sheet: Sheet, found: Figures, paper: Paper) -> Money | None:
    """What a reminder demands besides the invoice: fees, interest, costs."""
    unit = paper.said("currency")
    if paper.kind.of is not DocumentClass.REMINDER or not unit:
        return None
    named = {
        a.line: a.value for a in found.amounts if any(hits("fee", cell.text) for cell in sheet.lines[a.line])
    }
    return Money.of(sum(named.values()), unit) if named else None


def _names(
    sheet: Sheet, of: DocumentClass, pen: Pen, values: dict[str, Value], unclear: list[str]
) -> tuple[Reference, ...]:
    """Number, day and seller into the values; the documents that are named come back."""
    number, torn = references.own_number(sheet, of)
    if number:
        values["number"] = pen.value(number.value, number.words)
    elif torn:
        unclear.append("number")
    named = references.named(sheet, of, number.value if number else "")
    own = [day for day in days.days_on(sheet) if not any(ref.holds(day) for ref in named) or day.timed]
    day, torn = days.choose(own)
    if day and day.dated.value:
        words = day.cell.words_at(day.dated.start, day.dated.end)
        values["date"] = pen.value(day.dated.value.isoformat(), words, day.dated.raw)
    elif torn:
        unclear.append("date")
    seller, torn = parties.seller(sheet)
    if seller:
        values["seller"] = pen.value(seller.name, seller.words)
    elif torn:
        unclear.append("seller")
    return tuple(ref.reference(pen) for ref in named)


def _tax_ids(sheet: Sheet) -> tuple[str, ...]:
    found = (m[0].replace(" ", "") for cell in sheet.cells() for m in _TAX_ID.finditer(cell.text))
    return tuple(dict.fromkeys(found))[:6]


def _goods(sheet: Sheet) -> str:
    return " ".join(cell.text for cell in sheet.cells() if any(c.isalpha() for c in cell.text))[:GOODS]


def _doubts(unclear: Iterable[str], paper: Paper, pen: Pen) -> Iterable[Finding]:
    for name in dict.fromkeys(unclear):
        if name == "due":
            continue
        yield Finding(
            f"unclear-{name}",
            text("The {what} cannot be told: the document names several.", what=_NAMES[name]),
            text("Look at the document and enter the right one."),
            Weight.WARNING,
            pen.source,
        )
    gross, net, vat = paper.said("gross"), paper.said("net"), paper.said("vat")
    rounded = "rounding" in paper.values["gross"].by if gross else False
    if gross and net and vat and Decimal(net) + Decimal(vat) != Decimal(gross) and not rounded:
        yield Finding(
            "sums-differ",
            text("Net {net} and tax {vat} do not add up to gross {gross}.", net=net, vat=vat, gross=gross),
            text("Ask the seller for a corrected invoice; until then its amounts are stated, not proven."),
            source=paper.values["gross"].source,
        )


def _contradictions(paper: Paper, found: Figures, pen: Pen) -> Iterable[Finding]:
    """A tax on a paper that says that it bears none (§ 14c UStG)."""
    vat = paper.said("vat")
    if found.free and _small(paper.words) and vat and Decimal(vat):
        yield Finding(
            "tax-without-right",
            text("The document says that no VAT is charged (§ 19 UStG) and shows VAT of {vat}.", vat=vat),
            text(
                "It cannot be deducted as input tax: claim the gross amount and ask for a corrected invoice."
            ),
            source=paper.values["vat"].source,
        )


def _coupon(pen: Pen) -> Finding:
    said = text("A coupon or voucher lies between two totals, and the document does not say what it is.")
    do = text(
        "Look whether it lowered the price or paid a part of it, and confirm the sum that the firm bore."
    )
    return Finding("coupon", said, do, Weight.NOTE, pen.source)


def _small(words: str) -> bool:
    return bool(re.search(r"§\s?19\b|kleinunternehmer", words, re.IGNORECASE))


def title(paper: Paper) -> str:
    """Seller and number, as far as they are known."""
    return ", ".join(filter(None, (paper.said("seller"), paper.said("number"))))
