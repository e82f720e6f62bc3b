"""One file per head of loss, each with a HEAD. Put a file here and it is found.

A head of nothing but receipts is complete with it; any other is worked out by a file of the same name in
`heller.damage.heads`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from heller.model.head import HeadOfLoss


def _found() -> dict[str, HeadOfLoss]:
    rows: list[HeadOfLoss] = [
        import_module(f"{__name__}.{module.name}").HEAD for module in iter_modules(__path__)
    ]
    ranks = [row.rank for row in rows]
    if len(set(ranks)) < len(ranks):
        twice = sorted(row.key for row in rows if ranks.count(row.rank) > 1)
        raise ValueError(f"two heads of loss with one rank: {', '.join(twice)}")
    return {row.key: row for row in sorted(rows, key=lambda row: row.rank)}


HEADS: dict[str, HeadOfLoss] = _found()  # in the order of their ranks
RECEIPT_HEADS = tuple(key for key, head in HEADS.items() if head.receipts)
