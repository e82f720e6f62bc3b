"""The heads of loss that there are: each a file in the folder `heads`."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head
from heller.damage.own_vouchers import by_voucher
from heller.model.head import HeadOfLoss
from heller.model.heads import HEADS


@cache
def heads() -> tuple[Head, ...]:
    """Every head, by its key: as its file works it out, or of receipts alone."""
    return tuple(_working_head(key) or _of_receipts(HEADS[key]) for key in sorted(HEADS))


def _working_head(key: str) -> Head | None:
    """What the file of a head works out; None where it has a row and nothing else."""
    head: Head | None = getattr(import_module(f"heller.damage.heads.{key}"), "HEAD", None)
    return head


def _of_receipts(row: HeadOfLoss) -> Head:
    """A head under which nothing but receipts count; raises LookupError where nothing says how it is worked out."""
    if not (row.receipts or row.vouchers) or row.reason is None:
        raise LookupError(
            f"heller.damage.heads.{row.key} has no HEAD that works it out, and no reason for receipts"
        )
    work = by_receipt if row.receipts else by_voucher
    head = Head(row, lambda inputs: work(head, inputs, row.reason or row.title))
    return head
