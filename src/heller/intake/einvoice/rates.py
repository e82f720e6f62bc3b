"""The tax of an invoice by its rates: whether rate times base gives the tax, and whether there may be any."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from heller.intake.einvoice.draft import Draft, Rate
from heller.intake.written import numbers
from heller.model.finding import Finding
from heller.model.money import Money
from heller.model.text import text

CENT = Decimal("0.01")
TINY = Decimal("0.000001")
SLACK = Decimal(1)  # as in rule BR-CO-17 of EN 16931: lines may be rounded one by one
NO_TAX = frozenset({"E", "Z", "AE", "K", "G", "O"})  # UNTDID 5305: exempt, zero, reverse charge, abroad, none
_SMALL = re.compile(
    r"Kleinunternehmer|§\s*19\s*(?:Abs(?:atz|\.)?\s*\d\s*)?(?:S(?:atz|\.)?\s*\d\s*)?UStG", re.IGNORECASE
)


def without_fraction(value: Decimal | None) -> Decimal | None:
    """An amount without the tiny binary fraction that floating-point programs leave: 141.26000000000002 is 141.26."""
    if value is None:
        return None
    cents = value.quantize(CENT, ROUND_HALF_UP)
    return cents if abs(value - cents) < TINY else value


def prove(draft: Draft, net: Money, vat: Money, found: list[Finding]) -> bool:
    """Whether every rate gives its tax to the cent, and bases and taxes add up to net and VAT."""
    bases, taxes = [], []
    exact = bool(draft.rates)
    for rate in draft.rates:
        percent = numbers.plain(rate.percent.value)
        base, tax = (without_fraction(numbers.plain(stated.value)) for stated in (rate.base, rate.tax))
        if percent is None or base is None or tax is None:
            return False
        due = (base * percent / 100).quantize(CENT, ROUND_HALF_UP)
        exact = exact and abs(due - tax) <= CENT
        if abs(due - tax) > SLACK:
            found.append(_differs(rate, Money.of(due, draft.currency), tax, draft))
        bases.append(base)
        taxes.append(tax)
    return exact and sum(bases) == net.decimal and sum(taxes) == vat.decimal


def _differs(rate: Rate, due: Money, tax: Decimal, draft: Draft) -> Finding:
    return Finding(
        "rate-differs",
        text(
            "{percent} % of {base} are {due}, the invoice states {tax} of tax.",
            percent=rate.percent.value,
            base=rate.base.value,
            due=due,
            tax=Money.of(tax, draft.currency),
        ),
        text("Ask the seller for a corrected invoice; until then its amounts are stated, not proven."),
        source=rate.tax.at,
    )


def doubts(draft: Draft, vat: Money) -> list[Finding]:
    """Tax on an invoice that says there is none: it is owed under § 14c UStG, and cannot be deducted."""
    if not vat.cents:
        return []
    found = []
    small = next((said for said in draft.exempt if _SMALL.search(said.value)), None)
    if small:
        found.append(
            Finding(
                "small-business-vat",
                text(
                    "The invoice says that a small business charges no VAT ('{raw}'), and shows {vat} of it.",
                    raw=small.value[:80],
                    vat=vat,
                ),
                text(
                    "It cannot be deducted as input tax (§ 14c UStG): ask the seller for a corrected invoice."
                ),
                source=small.at,
            )
        )
    for rate in draft.rates:
        tax = numbers.plain(rate.tax.value)
        if rate.category in NO_TAX and tax:
            found.append(
                Finding(
                    "exempt-with-tax",
                    text(
                        "A part of the invoice is marked as free of VAT ({category}) and bears {tax} of it.",
                        category=rate.category,
                        tax=Money.of(tax, draft.currency),
                    ),
                    text("Ask the seller for a corrected invoice; until then claim the gross amount."),
                    source=rate.tax.at,
                )
            )
    return found
