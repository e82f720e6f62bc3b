"""Postings that take others back: on the side of those, or on the other one, with the same effect."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from msgspec.structs import replace

from heller.model.kinds.posting import Posting

OTHER = {"S": "H", "H": "S"}


class BatchEntry(NamedTuple):
    """A posting, the side (S or H) on which its first account was booked, whether it takes one back, whether its
    amount was written below zero, and its two accounts as they are written."""

    posting: Posting
    side: str
    reversal: bool = False
    negative: bool = False
    accounts: tuple[str, str] = ("", "")


def taken_back(entries: list[BatchEntry]) -> list[BatchEntry]:
    """The postings, each that takes one back with the sides of that one changed.

    Programs write a reversal on the side of the posting that it takes back, or on the other one; which of them
    it was is told by the posting itself, where it stands in the batch. Otherwise the mark turns the side.
    """
    left = Counter((_pair(entry), entry.side) for entry in entries if not entry.reversal)
    found = []
    for entry in entries:
        if not entry.reversal:
            found.append(entry)
            continue
        same, other = (_pair(entry), entry.side), (_pair(entry), OTHER[entry.side])
        turned = left[same] > 0 or not left[other] > 0
        left[same if turned else other] -= 1
        found.append(_reversal(entry) if turned else entry._replace(side=other[1]))
    return found


def turnover(entries: list[BatchEntry], currency: str) -> tuple[int, int]:
    """Debit and credit turnover in cents, of what was posted in a currency; what takes back comes off its side."""
    totals = {"S": 0, "H": 0}
    for entry in entries:
        if entry.posting.amount.currency == currency:
            side = OTHER[entry.side] if entry.negative else entry.side
            totals[side] += entry.posting.amount.cents * (-1 if entry.reversal is not entry.negative else 1)
    return totals["S"], totals["H"]


def _pair(entry: BatchEntry) -> tuple[object, ...]:
    posting = entry.posting
    return posting.amount, frozenset((posting.debit, posting.credit)), posting.voucher


def _reversal(entry: BatchEntry) -> BatchEntry:
    posting = entry.posting
    return entry._replace(posting=replace(posting, debit=posting.credit, credit=posting.debit))
