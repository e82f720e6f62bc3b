"""What the slip of a till says of its total besides words: the money given and given back, the rounding to coins, a
coupon between two totals.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from heller.intake.paper.amounts import Amount, Figures
from heller.intake.paper.totals import Totals

COIN = Decimal("0.05")  # to which slips of a till are rounded, at most
NEAR = 5  # lines from the money given to the money given back, at most
_TOTAL = frozenset({"gross", "total", "due"})
_NO_TOTAL = frozenset({"paid", "change", "vat", "off", "rounding", "count"})


def with_cash(made: Totals, found: Figures) -> Totals:
    """Money given less money back is the total: the second path on the slip of a till.

    Words alone may name a line ('Kaffee gross') or be misread ('TOTL'): the figure that the money bears out goes first.
    """
    paid = set(_paid(found))
    if not made.proven and (made.gross is None or not _bears_out(made.gross.value, paid, found)):
        total = _borne_out(paid, found)
        unclear = tuple(u for u in made.unclear if u != "gross")
        vat = made.vat if total and made.vat and 0 < made.vat.value * 2 < total.value else None
        made = Totals(vat=vat, gross=total, unclear=unclear) if total else made
    if made.gross is not None and made.gross.value in set(_paid(found, changed=True)):
        return replace(made, by=(*made.by, "cash-change"), cash=True)
    given = [
        a.value for a in found.amounts if "paid" in a.senses and "change" not in a.senses and a.value > 0
    ]
    if made.gross is not None and made.gross.value in given:  # in one sum, nothing given back
        return replace(made, by=(*made.by, "paid-on-it"))
    return made


def _paid(found: Figures, *, changed: bool = False) -> Iterator[Decimal]:
    """What was paid: money given less money back, some lines below. With `changed` only where money was given back."""
    given = [a for a in found.amounts if "paid" in a.senses and "change" not in a.senses and a.value]
    back = [a for a in found.amounts if "change" in a.senses and (a.value or not changed)]
    for cash in given:
        for change in back:
            if 0 <= change.line - cash.line <= NEAR and abs(cash.value) > abs(change.value):
                yield abs(cash.value) - abs(change.value)


def _bears_out(gross: Decimal, paid: set[Decimal], found: Figures) -> bool:
    """Whether the money is the gross, or the gross rounded by a step that the slip prints."""
    return gross in paid or any(gross + step in paid for step in steps(found))


def _borne_out(paid: set[Decimal], found: Figures) -> Amount | None:
    """The figure that the money bears out: named as a total, else as a sum, else printed without a word."""
    able = [a for a in found.amounts if a.value in paid and (a.senses & _TOTAL or not a.senses & _NO_TOTAL)]
    able = able or [
        a for a in found.amounts if a.value in paid and "paid" in a.senses
    ]  # 'TOTAL' is unreadable
    for senses in (_TOTAL, {"net", "part"}):
        if named := [a for a in able if a.senses.intersection(senses)]:
            return named[-1]
    return able[-1] if able else None


def steps(found: Figures) -> frozenset[Decimal]:
    """By how much the slip rounds, as printed and with the other sign: many print it without one."""
    printed = {a.value for a in found.amounts if "rounding" in a.senses and 0 < abs(a.value) <= COIN}
    return frozenset(printed | {-step for step in printed})


def unrounded(rows: list[Amount], found: Figures) -> list[Amount]:
    """Totals without those that are another one rounded, and without nil where something else is named."""
    some = [a for a in rows if a.value] or rows
    printed = steps(found)
    if not printed:
        return some
    return [a for a in some if not any(a.line > b.line and a.value - b.value in printed for b in some)]


def alone(made: Totals, found: Figures) -> Totals:
    """On the slip of a card the one sum that is printed is what was paid, whether a word names it or not."""
    sums = {amount.value: amount for amount in found.amounts if amount.value > 0}
    return replace(made, gross=next(iter(sums.values()))) if made.gross is None and len(sums) == 1 else made


def with_coupon(made: Totals, found: Figures) -> Totals:
    """Whether a coupon or voucher leads from one printed total to another. It may lower the price or pay a part of it,
    and the slip does not say which: no sum tells what the thing cost."""
    gross = made.gross
    if gross is None:
        return made
    printed = {a.value for a in found.amounts if a is not gross and abs(a.value) not in found.coupons}
    beside = (gross.value + step for worth in found.coupons for step in (worth, -worth))
    return replace(made, coupon=any(value in printed for value in beside))


def rounded(made: Totals, found: Figures) -> Totals:
    """What is to be paid where the slip of a till rounds the gross to coins and prints both."""
    if made.gross is None or made.cash or (made.due is not None and made.due.value != made.gross.value):
        return made
    gross = made.gross.value
    printed = steps(found)
    for amount in found.amounts:
        step = amount.value - gross
        coins = not amount.value % COIN and gross % COIN  # 80.91 and, below, 80.90
        named = coins and amount.means("gross", "total", "due", "paid", "rounding")
        if 0 < abs(step) <= COIN and amount.line > made.gross.line and (step in printed or named):
            return replace(made, due=amount)
    return made
