"""From the words of a paper to its values with grade and place, and what is in doubt about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from heller.intake.paper import amounts, days, naming, parties, sums
from heller.intake.paper.amounts import Figures
from heller.intake.paper.layout import Sheet
from heller.intake.paper.placing import Pen, of_totals
from heller.intake.paper.vocabulary import hits
from heller.model.finding import Finding, Locator, Weight
from heller.model.paper import Paper
from heller.model.text import text
from heller.model.value import Support, Value

CREDITS = frozenset({"381"})
GOODS = 4000  # characters of what is kept for a proposal
_TAX_ID = re.compile(
    r"\b(?:DE\s?\d{3}\s?\d{3}\s?\d{3}|ATU\d{8}|(?:FR|BE|NL|IT|ES|PL|LU|IE|DK|SE|CZ|GB|PT|FI)\s?[\dA-Z]{7,12}\b|CHE-?\d{3}\.?\d{3}\.?\d{3}"
    r"|\d{2,3}\s?/\s?\d{3}\s?/\s?\d{4,5})"
)
_NAMES = {
    "number": text("number"), "date": text("day"), "seller": text("seller"), "net": text("net amount"),
    "vat": text("tax"), "gross": text("gross amount"), "due": text("amount to be paid"),
    "currency": text("currency"), "sums": text("sums"),
}  # fmt: skip


def read(
    sheet: Sheet, source: Locator, *, seen: bool = False, turned: Mapping[int, int] | None = None
) -> tuple[Paper | None, tuple[Finding, ...]]:
    """The paper and its doubts; none where neither a sum nor a number with a day can be told.

    `seen` is set where the words were recognised on a picture, `turned` says by how many degrees
    which page was turned.
    """
    found = amounts.figures(sheet)
    totals = sums.totals(found)
    pen = Pen(source, seen=seen, turned=turned)
    values: dict[str, Value] = {}
    unclear = list(totals.unclear)
    _names(sheet, pen, values, unclear)
    code, several = naming.currency(sheet, found, totals.gross)
    if code:
        at = pen.at(totals.gross.words, totals.gross.raw) if totals.gross else source
        values["currency"] = Value(code, pen.grade, at)
    elif several:
        unclear.append("currency")
    values |= of_totals(totals, pen)
    if not _is_paper(sheet, values):
        return None, ()
    kind, _ = naming.kind(sheet)
    if kind:
        values["type"] = pen.value(kind.value, kind.words)
    paper = Paper(
        values,
        source,
        credit=bool(kind and kind.value in CREDITS),
        free=_small(_goods(sheet)),
        tax_ids=_tax_ids(sheet),
        words=_goods(sheet),
    )
    return paper, (*_doubts(unclear, paper, pen), *_contradictions(paper, found, pen))


def _is_paper(sheet: Sheet, values: dict[str, Value]) -> bool:
    """Whether this is an invoice or receipt at all: it has a sum, and its title or number says so."""
    titled = any(next(hits("type", cell.text), None) for cell in sheet.cells())
    named = "number" in values and "date" in values
    slip = "gross" in values and values["gross"].grade == Support.PROVEN
    return ("gross" in values and (titled or named)) or slip or (titled and named)


def _names(sheet: Sheet, pen: Pen, values: dict[str, Value], unclear: list[str]) -> None:
    number, torn = naming.choose(naming.numbers_of(sheet))
    if number:
        values["number"] = pen.value(number.value, number.words)
    elif torn:
        unclear.append("number")
    day, torn = days.choose(days.days_on(sheet))
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
    if gross and net and vat and Decimal(net) + Decimal(vat) != Decimal(gross):
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


def _small(words: str) -> bool:
    return bool(re.search(r"§\s?19\b|kleinunternehmer", words, re.IGNORECASE))


def title(paper: Paper) -> str:
    """Seller and number, as far as they are known."""
    return ", ".join(filter(None, (paper.said("seller"), paper.said("number"))))
