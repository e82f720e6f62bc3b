"""The heads of loss that there are: each a file in the folder `heads`, or a row that receipts alone fill."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head
from heller.model.head import HeadOfLoss
from heller.model.heads import HEADS


@cache
def heads() -> tuple[Head, ...]:
    """Every head, by name of its file: worked out by a file in the folder `heads`, or of receipts alone."""
    home = import_module("heller.damage.heads")
    names = {module.name for module in iter_modules(home.__path__)}
    worked: dict[str, Head] = {name: import_module(f"{home.__name__}.{name}").HEAD for name in names}
    return tuple(worked.get(key) or _of_receipts(HEADS[key]) for key in sorted(HEADS.keys() | worked.keys()))


def _of_receipts(row: HeadOfLoss) -> Head:
    """A head under which nothing but receipts count; raises LookupError where nothing says how it is worked out."""
    if not row.receipts or row.reason is None:
        raise LookupError(
            f"no file in heller.damage.heads works out {row.key}, and it has no reason for receipts"
        )
    head = Head(row, lambda inputs: by_receipt(head, inputs, row.reason or row.title))
    return head
