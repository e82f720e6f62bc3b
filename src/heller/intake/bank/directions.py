"""Which way money went where an amount has no sign of its own: by a word beside it, or by the running balance.

Where neither says it, it is a question to a person, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.money import Money
from heller.model.text import text

OUT = frozenset(
    {
        "s", "soll", "d", "debit", "dr", "dbit", "ausgang", "ausgehend", "abgang", "auszahlung", "ausgabe", "ausgaben",
        "belastung", "lastschrift", "out", "outgoing", "outflow", "withdrawal", "expense", "money out", "paid out",
        "minus", "zahlungsausgang", "abbuchung", "sent", "spent", "debet", "outbound", "aufwand", "last",
    }
)  # fmt: skip
IN = frozenset(
    {
        "h", "haben", "c", "k", "credit", "cr", "crdt", "eingang", "eingehend", "zugang", "einzahlung", "einnahme",
        "einnahmen", "gutschrift", "in", "incoming", "inflow", "deposit", "income", "money in", "paid in", "plus",
        "zahlungseingang", "zubuchung", "received", "kredit", "inbound", "ertrag", "gut",
    }
)  # fmt: skip
_MARKED = re.compile(
    r"(?P<amount>.{0,60}\d.{0,20}?)\s{0,20}(?P<word>SOLL|HABEN|S|H|CR|DR|C|D)\.?$", re.IGNORECASE
)


def direction(word: str, out: Sequence[str] = (), into: Sequence[str] = ()) -> int:
    """-1 where a word says that money went out, 1 where it came in, 0 where it says neither.

    `out` and `into` are the words that a person named; where there are any, no others count.

    >>> direction("Ausgang"), direction("H"), direction("-"), direction("Karte"), direction("Karte", ["Karte"])
    (-1, 1, -1, 0, -1)
    """
    bare = word.strip()
    said = fold(bare)
    if out or into:
        ways = {fold(w): -1 for w in out} | {fold(w): 1 for w in into}
        return ways.get(said, (1 if not into else -1 if not out else 0) if said else 0)
    if bare in ("-", "+", "\N{MINUS SIGN}"):
        return 1 if bare == "+" else -1
    return -1 if said in OUT else 1 if said in IN else 0


def parted(raw: str) -> tuple[str, int]:
    """An amount with its letter in the same cell: '119,00 S' is ('119,00', -1); 0 where there is none."""
    if match := _MARKED.fullmatch(raw.strip()):
        return match["amount"], direction(match["word"])
    return raw, 0


def signed(raw: str) -> bool:
    """Whether an amount says by itself which way it went."""
    return bool(re.search(r"[-+\N{MINUS SIGN}]", raw)) or parted(raw)[1] != 0


def by_balance(rows: Sequence[tuple[Money, Money]], opening: Money | None) -> list[int]:
    """The sign of each row's amount by the balance after it: 1, -1, or 0 where the balance leaves it open.

    The newest row may stand first or last. All 0 where the balances follow from the amounts in neither order.
    """
    for order in (rows, rows[::-1]):
        first = _sign(opening, order[0]) if opening is not None and order else 0
        later = [_sign(before, row) for (_, before), row in pairwise(order)]
        if later and all(later):
            found = [first, *later]
            return found if order is rows else found[::-1]
    return [0] * len(rows)


def _sign(before: Money | None, row: tuple[Money, Money]) -> int:
    amount, after = row
    if before is None or len({before.currency, amount.currency, after.currency}) > 1:
        return 0
    step = after.cents - before.cents
    return 1 if step == amount.cents else -1 if step == -amount.cents else 0


def question(heading: str, values: Sequence[str], at: Locator) -> Finding:
    """The question which of two words means money out."""
    said = text(
        "The amounts have no sign, and the column '{heading}' says {values}: which of them is money out is not known.",
        heading=heading or "–",
        values=", ".join(f"'{value}'" for value in values),
    )
    do = text("Say it: heller profile FILE --out WORD --save, with the word for money out.")
    return Finding("direction-unknown", said, do, Weight.REFUSED, at)


def unproven(row: int, at: Locator) -> Finding:
    """An entry whose sign neither a word nor the balance tells."""
    said = text(
        "Row {row} of the bank's table was not read: whether money came or went is not told.", row=row
    )
    do = text("Export the table with its opening balance, or with amounts that have a sign.")
    return Finding("direction-unproven", said, do, Weight.WARNING, at)
