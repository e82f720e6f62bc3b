"""Rates of tax as proof: a tax that is its printed rate of a base, and taxes of several rates that add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from heller.intake.paper.amounts import Amount, Figures, column
from heller.intake.paper.vocabulary import words_of

CENT = Decimal("0.01")
# A rate proves nothing unless the paper prints it; the table only tells a rate from a discount.
RATES = frozenset(map(Decimal, words_of("rates", "vat")))


def rate_of(net: Decimal, tax: Decimal, rates: Iterable[Decimal]) -> Decimal | None:
    """The rate at which a net bears a tax to the cent."""
    return next((rate for rate in rates if rate and abs(percent(net, rate) - tax) <= CENT), None)


def percent(net: Decimal, rate: Decimal) -> Decimal:
    """The tax at a rate, rounded half up to the cent."""
    return (net * rate / 100).quantize(CENT, ROUND_HALF_UP)


def rows_of(found: Figures) -> list[tuple[Amount, Amount]]:
    """Tax and base of the last row for each rate, where a tax is its rate of a base in the same line."""
    rows: dict[Decimal, tuple[Amount, Amount]] = {}
    for here in _by_line(found.amounts).values():
        for rate in {r for a in here for r in a.rates if r in RATES and r}:
            if pair := _row(here, rate):
                rows[rate] = pair
    return list(rows.values())


def shares(net: Decimal, tax: Decimal, rows: Sequence[tuple[Amount, Amount]]) -> tuple[Amount, ...]:
    """The taxes of several rates, where they and their bases add up."""
    if len(rows) < 2 or sum(t.value for t, _ in rows) != tax:
        return ()
    whole = abs(sum(base.value for _, base in rows) - net) <= CENT
    return tuple(t for t, _ in rows) if whole else ()


def by_rate(taxes: Sequence[Amount]) -> dict[Decimal, Amount]:
    """The last tax that stands beside each rate, where a line prints one rate and calls it a tax."""
    last: dict[Decimal, Amount] = {}
    for one in sorted(taxes, key=lambda a: a.line):
        rates = [rate for rate in one.rates & RATES if rate]
        if len(rates) == 1 and one.value and "vat" in one.senses:
            last[rates[0]] = one
    return last


def split(net: Decimal, tax: Decimal, by_rate: Mapping[Decimal, Amount]) -> tuple[Amount, ...]:
    """Taxes of different printed rates without their bases: they add up, and the bases that follow add up too."""
    if len(by_rate) < 2 or sum(one.value for one in by_rate.values()) != tax:
        return ()
    bases = sum(one.value * 100 / rate for rate, one in by_rate.items())
    slack = sum(Decimal("0.5") / rate for rate in by_rate) + CENT  # half a cent of tax, as a base
    return tuple(by_rate.values()) if abs(bases - net) <= slack else ()


def line_rates(net: Amount, tax: Decimal, found: Figures) -> bool:
    """Whether lines that print one rate each add up to the net, and their taxes to the tax."""
    by_rate: dict[Decimal, Decimal] = {}
    whole = Decimal(0)
    for line in reversed(column(found.amounts, net)):
        rates = [rate for rate in line.rates if rate in RATES]
        if len(rates) == 1:
            by_rate[rates[0]] = by_rate.get(rates[0], Decimal(0)) + line.value
            whole += line.value
        if whole == net.value and len(by_rate) > 1:
            return abs(sum(percent(base, rate) for rate, base in by_rate.items()) - tax) <= CENT
    return False


def _row(here: Sequence[Amount], rate: Decimal) -> tuple[Amount, Amount] | None:
    """Tax and base of one line of a table of taxes."""
    for base in here:
        for tax in here:
            if tax is not base and tax.value and abs(percent(base.value, rate) - tax.value) <= CENT:
                return tax, base
    return None


def _by_line(amounts: Iterable[Amount]) -> dict[int, list[Amount]]:
    lines: dict[int, list[Amount]] = {}
    for amount in amounts:
        lines.setdefault(amount.line, []).append(amount)
    return lines


def lines_sum(amounts: Sequence[Amount], of: Amount) -> bool:
    """Whether the amounts over a total, in its column, add up to it: at least two, from a heading on."""
    over = column(
        [
            a
            for a in amounts
            if not a.means("part", "paid", "due", "vat", "net", "total", "gross") or not a.senses
        ],
        of,
    )
    sum_ = Decimal(0)
    for n, amount in enumerate(reversed(over), 1):
        sum_ += amount.value
        if sum_ == of.value and sum(1 for a in over[-n:] if a.value) >= 2:
            return True
    return False


def in_table(amount: Amount, found: Figures) -> bool:
    """Whether its tax or base stands beside it, at a rate that is printed: a table of taxes holds no total."""
    beside = [a.value for a in found.amounts if a.line == amount.line and a is not amount and a.value]
    printed = found.rates & RATES
    pairs = (pair for one in beside for pair in ((amount.value, one), (one, amount.value)))
    return any(rate_of(*pair, printed) for pair in pairs)
