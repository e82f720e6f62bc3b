"""The receipts of a case by their numbers, and what a person decided each was for. It judges no amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from heller.damage.margin import is_share
from heller.model.case import Case
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.kinds.purpose import NO_HEAD, Purpose

EXHIBIT = re.compile(r"\s*K\s*(\d{1,6})\s*", re.IGNORECASE)


@lru_cache(4096)  # the same few numbers are compared under every head
def number(invoice: str) -> str:
    """An invoice number without what people type differently."""
    return "".join(invoice.split()).casefold()


def reference(case: Case, receipt: Invoice | Paper) -> str:
    """How a person names a receipt: by its number or, where it has none, by its exhibit ('K7')."""
    said = receipt.said("number") if isinstance(receipt, Paper) else receipt.number
    exhibit = None if said else case.exhibit_of(receipt.source.object)
    return f"K{exhibit.number}" if exhibit else said


def invoices(case: Case) -> Mapping[str, tuple[Invoice, ...]]:
    """The invoices by their number; more than one where two sellers use the same number."""
    out: dict[str, tuple[Invoice, ...]] = {}
    for invoice in case.records(Invoice):
        name = number(reference(case, invoice))
        out[name] = (*out.get(name, ()), invoice)
    return out


def papers(case: Case) -> Mapping[str, list[Paper]]:
    """The papers by their number, those that wait for a person too."""
    out: dict[str, list[Paper]] = {}
    for paper in case.records(Paper):
        out.setdefault(number(reference(case, paper)), []).append(paper)
    return out


def purposes(case: Case) -> tuple[Purpose, ...]:
    """The decisions in force: a later one for the same receipt stands in the place of the earlier ones, but for
    shares under other heads, as long as they make no more than the whole together. What a list calls by a word that is
    no head gives way to it."""
    known: dict[str, list[Purpose]] = {}
    for said in case.records(Purpose):
        purpose = _by_number(case, said)
        before = [p for p in known.get(number(purpose.invoice), ()) if not _settles(purpose, p)]
        split = purpose.head != NO_HEAD and all(p.head != NO_HEAD for p in before)
        whole = sum(p.share for p in (*before, purpose) if is_share(p.share))  # nonsense displaces no share
        known[number(purpose.invoice)] = [*(before if split and whole <= 1 else ()), purpose]
    return tuple(purpose for said in known.values() for purpose in said)


def _settles(later: Purpose, before: Purpose) -> bool:
    """Whether a later decision stands in the place of an earlier one: of the same head, or one of a list whose word is
    no head, where a person says anew what the receipt was for."""
    lists = [one.source.object if one.source else "" for one in (later, before)]
    return later.head == before.head or (not before.decides and lists[0] != lists[1])


def _by_number(case: Case, purpose: Purpose) -> Purpose:
    """The decision by the number of its receipt, also where a person named its exhibit ('K 8')."""
    named = EXHIBIT.fullmatch(purpose.invoice)
    exhibit = next((e for e in case.exhibits if e.number == int(named[1])), None) if named else None
    held = [r for r in exhibit.reading.records if isinstance(r, Invoice | Paper)] if exhibit else []
    names = {name for receipt in held if (name := reference(case, receipt))}
    return replace(purpose, invoice=names.pop()) if len(names) == 1 else purpose
