"""The heads of loss: what every room needs to know of each, from its one file in `heller/damage/heads`.

Only its ROW is read there, from the source: who asks what a head is called does not load what works it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

HOME = Path(__file__).parents[1] / "damage" / "heads"
ROW = re.compile(r"^ROW = (HeadOfLoss\(.*?\))$", re.MULTILINE | re.DOTALL)


def _rows() -> Iterator[HeadOfLoss]:
    for path in sorted(HOME.glob("[!_]*.py")):
        if (said := ROW.search(path.read_text(encoding="utf-8"))) is None:
            raise LookupError(f"{path.name} in heller/damage/heads says no ROW = HeadOfLoss(...)")
        yield eval(said[1], {"HeadOfLoss": HeadOfLoss, "InsuredAs": InsuredAs, "text": text})


def _in_order() -> dict[str, HeadOfLoss]:
    rows = sorted(_rows(), key=lambda row: row.rank)
    ranks = [row.rank for row in rows]
    if len(set(ranks)) < len(ranks):
        twice = sorted(row.key for row in rows if ranks.count(row.rank) > 1)
        raise ValueError(f"two heads of loss with one rank: {', '.join(twice)}")
    return {row.key: row for row in rows}


HEADS: dict[str, HeadOfLoss] = _in_order()  # in the order of their ranks
RECEIPT_HEADS = tuple(key for key, head in HEADS.items() if head.receipts or head.own_papers)
VOUCHER_HEADS = tuple(key for key, head in HEADS.items() if head.vouchers or (head.receipts and head.whole))
