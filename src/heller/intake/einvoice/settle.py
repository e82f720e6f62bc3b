"""Makes an invoice of what a document states, and proves its sums.

It knows no syntax. Nothing stated is recomputed; a sum that is missing is worked out from the other
two, has no place of its own, and is said to be so.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.intake.across.identity import letters
from heller.intake.einvoice import doubts, rates, untdid
from heller.intake.einvoice.draft import Draft
from heller.intake.einvoice.xml import XmlValue
from heller.intake.written import numbers
from heller.model.document_class import Classification, DocumentClass, Reference
from heller.model.finding import Finding, Weight
from heller.model.kinds.invoice import Invoice, InvoiceLine
from heller.model.kinds.summary import Summary
from heller.model.money import Money
from heller.model.text import text
from heller.model.value import Support, Value

_STAMPED = (
    re.compile(  # xs:date with its zone, xs:dateTime, and the formats 203 to 208, 303, 304 of UNTDID 2379
        r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]+)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
        r"|(\d{8})T?\d{4}(?:\d{2})?\s?(?:Z|Z?[+-]?\d{2,4}|[A-Z]{3,4})?",
        re.ASCII,
    )
)
CONTRADICTIONS = frozenset({"sums-differ", "lines-differ", "rate-differs"})
LEAST = 3  # values below which a document is no invoice that anybody could complete


class Totals(Struct, frozen=True):
    """Net, tax and gross; `complete` where the document states all three."""

    net: Money
    vat: Money
    gross: Money
    complete: bool


def day_of(raw: str) -> date | None:
    """The calendar day of a date as e-invoices write it: as it stands, whatever its zone or time of day.

    >>> day_of("2026-02-05+01:00"), day_of("20260205103000"), day_of("2026-02-05T00:00:00Z")
    (datetime.date(2026, 2, 5), datetime.date(2026, 2, 5), datetime.date(2026, 2, 5))
    """
    match = _STAMPED.fullmatch(raw.strip())
    return numbers.day(match[1] or match[2] if match else raw)


def settle(draft: Draft) -> tuple[Invoice | None, tuple[Finding, ...]]:
    """The invoice and its doubts; no invoice where day, currency or two of the three sums are missing."""
    found: list[Finding] = []
    issued = day_of(draft.issued.value) if draft.issued else None
    totals = _totals(draft, found)
    if issued is None:
        found.append(_missing_day(draft))
    if issued is None or totals is None:
        return None, tuple(found)
    invoice = _invoice(draft, issued, totals, found)
    found += doubts.doubts(draft, invoice)
    return invoice, tuple(found)


def partial(draft: Draft) -> Summary | None:
    """What an e-invoice states that lacks its day or its sums; None where it says next to nothing.

    It feeds nothing until a person adds what is missing.
    """
    stated = {"number": draft.number, "date": draft.issued, "seller": draft.seller, "net": draft.net}
    stated |= {"vat": draft.vat, "gross": draft.gross, "type": draft.kind, "pay": draft.payable}
    said = {
        name: Value(_stated_text(name, value), Support.STATED, value.at if value else None)
        for name, value in stated.items()
    }
    if sum(value.value is not None for value in said.values()) < LEAST:
        return None
    return Summary(
        "invoice",
        {**said, "currency": Value(draft.currency or None, Support.STATED, draft.source)},
        draft.source,
    )


def _stated_text(name: str, stated: XmlValue | None) -> str | None:
    if stated is None:
        return None
    if name == "date":
        day = day_of(stated.value)
        return day.isoformat() if day else None
    if name in ("net", "vat", "gross", "pay"):
        amount = numbers.plain(stated.value)
        return None if amount is None else str(amount)
    return stated.value


def _invoice(draft: Draft, issued: date, totals: Totals, found: list[Finding]) -> Invoice:
    kind = classified(draft)
    names = ("number", "issued", "seller", "net", "vat", "gross", "payable", "kind")
    stated: dict[str, XmlValue | None] = {name: getattr(draft, name) for name in names}
    proofs = {
        "net+vat": _sums(totals, draft, found),
        "lines": _lines_prove(totals, draft, found),
        "rates": rates.prove(draft, totals.net, totals.vat, found),
    }
    return Invoice(
        number=draft.number.value if draft.number else "",
        issued=issued,
        seller=draft.seller.value if draft.seller else "",
        net=totals.net,
        vat=totals.vat,
        gross=totals.gross,
        source=draft.source,
        buyer=draft.buyer.value if draft.buyer else "",
        credit=draft.credit or kind.of is DocumentClass.CREDIT_NOTE,
        lines=_lines(draft, found),
        places={name: value.at for name, value in stated.items() if value},
        proven_by=_agreeing(proofs, found),
        taxes=tuple(dict.fromkeys(tax.value for tax in draft.taxes)),
        syntax=draft.syntax,
        payee=_payee(draft),
        kind=kind,
        refers=tuple(_reference(named.number, named.of, named.issued) for named in draft.named),
        prepaid=numbers.money(numbers.plain(draft.prepaid.value), draft.currency) if draft.prepaid else None,
        seller_ids=tuple(map(letters, draft.seller_ids)),
        buyer_ids=tuple(map(letters, draft.buyer_ids)),
    )


def classified(draft: Draft) -> Classification:
    """What the document is by its code; an invoice without a code is taken for one, as its syntax says."""
    if draft.kind is None:
        of = draft.of or (DocumentClass.CREDIT_NOTE if draft.credit else DocumentClass.INVOICE)
        return Classification(of, Support.COMPUTED, draft.source, ("syntax",))
    of = draft.of or untdid.class_of(draft.kind.value) or DocumentClass.OTHER
    return Classification(of, Support.STATED, draft.kind.at, ("type code",))


def _reference(number: XmlValue, of: DocumentClass, issued: str) -> Reference:
    return Reference(number.value, of, day_of(issued) if issued else None, number.at)


def _payee(draft: Draft) -> tuple[str, ...]:
    """Who is to be paid, as compared; a payee named like the seller is the seller."""
    said = {letters(name) for name in draft.payee if not draft.seller or name != draft.seller.value}
    return tuple(sorted(said - {""}))


def _agreeing(proofs: dict[str, bool], found: list[Finding]) -> tuple[str, ...]:
    """The paths that agree; one at most where another contradicts them, so that nothing counts as proven."""
    held = tuple(name for name, holds in proofs.items() if holds)
    return held[:1] if {finding.code for finding in found} & CONTRADICTIONS else held


def _totals(draft: Draft, found: list[Finding]) -> Totals | None:
    if not draft.currency:
        found.append(_refused(draft, "no-currency", "currency"))
        return None
    net, vat, gross = (_money(sum_, draft.currency, found) for sum_ in (draft.net, draft.vat, draft.gross))
    complete = None not in (net, vat, gross)
    if draft.vat is None and net is not None and net == gross:
        return Totals(net, Money(0, draft.currency), net, complete=False)  # no tax, as both sums show
    if not complete and sum(value is None for value in (net, vat, gross)) == 1:
        found.append(_worked_out(draft, "net" if net is None else "vat" if vat is None else "gross"))
        net = gross - vat if net is None and gross is not None and vat is not None else net
        vat = gross - net if vat is None and gross is not None and net is not None else vat
        gross = net + vat if gross is None and net is not None and vat is not None else gross
    if net is None or vat is None or gross is None:
        found.append(_refused(draft, "no-sums", "sums"))
        return None
    return Totals(net, vat, gross, complete)


def _money(sum_: XmlValue | None, currency: str, found: list[Finding]) -> Money | None:
    if sum_ is None:
        return None
    stated = numbers.plain(sum_.value)
    value = numbers.money(rates.without_fraction(stated), currency)
    if value is not None and stated != value.decimal:
        found.append(
            Finding(
                "binary-fraction",
                text(
                    "'{raw}' has more decimals than a cent; it was read as {value}.",
                    raw=sum_.raw[:40],
                    value=value,
                ),
                text("Compare it with the picture of the invoice."),
                source=sum_.at,
            )
        )
    if value is None:
        found.append(
            Finding(
                "not-an-amount",
                text("'{raw}' is not an amount in whole cents.", raw=sum_.raw[:40]),
                text("Compare it with the picture of the invoice and enter the right amount by hand."),
                source=sum_.at,
            )
        )
    return value


def _sums(totals: Totals, draft: Draft, found: list[Finding]) -> bool:
    """Whether net and tax, as stated, add up to the gross, as stated."""
    if not totals.complete:
        return False
    if totals.net + totals.vat == totals.gross:
        return True
    found.append(
        Finding(
            "sums-differ",
            text(
                "Net {net} and tax {vat} do not add up to gross {gross}.",
                net=totals.net,
                vat=totals.vat,
                gross=totals.gross,
            ),
            text("Ask the seller for a corrected invoice; until then its amounts are stated, not proven."),
            source=draft.gross.at if draft.gross else draft.source,
        )
    )
    return False


def _lines_prove(totals: Totals, draft: Draft, found: list[Finding]) -> bool:
    """Whether the lines with allowances and charges add up to the net."""
    if not draft.lines or draft.net is None:
        return False
    lines = [numbers.plain(line.net.value) for line in draft.lines]
    extras = [numbers.plain(extra.amount.value) for extra in draft.extras]
    if None in lines or None in extras:
        return False
    signed = zip((1 if extra.charge else -1 for extra in draft.extras), extras, strict=True)
    sum_ = sum((v for v in lines if v is not None), Decimal(0)) + sum(
        s * v for s, v in signed if v is not None
    )
    if abs(sum_ - totals.net.decimal) < Decimal("0.005"):
        return True
    found.append(
        Finding(
            "lines-differ",
            text(
                "The lines add up to {lines}, the invoice states {net} net.",
                lines=Money.of(sum_, draft.currency),
                net=totals.net,
            ),
            text("Compare the lines with the picture of the invoice."),
            source=draft.net.at,
        )
    )
    return False


def _lines(draft: Draft, found: list[Finding]) -> tuple[InvoiceLine, ...]:
    lines = []
    for line in draft.lines:
        value = numbers.plain(line.net.value)
        if value is None:
            _money(line.net, draft.currency, found)
            continue
        lines.append(InvoiceLine(line.words, Money.of(value, draft.currency), line.net.at, line.quantity))
    return tuple(lines)


def _missing_day(draft: Draft) -> Finding:
    return Finding(
        "no-day",
        text("The invoice states no day of issue that can be read."),
        text("Enter the invoice by hand."),
        Weight.REFUSED,
        draft.issued.at if draft.issued else draft.source,
    )


def _worked_out(draft: Draft, which: str) -> Finding:
    said = {
        "net": text("The net amount is not stated; it was worked out as gross less tax."),
        "vat": text("The tax is not stated; it was worked out as gross less net."),
        "gross": text("The gross amount is not stated; it was worked out as net plus tax."),
    }[which]
    do = text("Compare it with the picture of the invoice.")
    return Finding("worked-out", said, do, Weight.NOTE, draft.source)


def _refused(draft: Draft, code: str, what: str) -> Finding:
    said = {
        "currency": text("The invoice states no currency."),
        "sums": text("The invoice states too few sums to be used."),
    }[what]
    return Finding(code, said, text("Enter the invoice by hand."), Weight.REFUSED, draft.source)
