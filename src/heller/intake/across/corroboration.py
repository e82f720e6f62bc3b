"""Joins what several documents say: the bank, the books and a twin in another syntax prove an invoice.

Pure: readings in, readings out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from heller.intake.across import payments
from heller.intake.across import postings as booked
from heller.intake.across.decisions import provisional
from heller.intake.across.identity import Key, invoices, key_of, letters
from heller.model.document_class import DocumentClass
from heller.model.finding import Locator
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.kinds.posting import Posting
from heller.model.record import Reading, Record
from heller.model.value import Support

SELF_BILLED = DocumentClass.SELF_BILLED  # no cost by itself, but what was paid for it is one


def corroborate(readings: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The same readings, by digest, each invoice with the documents that bear it out.

    `bank`: a booked payment; `posting`: the firm's books by Belegfeld 1; `twin`: the same invoice in another
    syntax. `places` has the place of each; the proofs that the readers found stay.
    """
    said = [invoice for reading in readings.values() for invoice in invoices(reading)]
    postings = (r for reading in readings.values() for r in reading.records if isinstance(r, Posting))
    owed = (i for i in said if i.kind.is_money or i.kind.of is SELF_BILLED)
    paid = payments.paid(readings.values(), owed, _fees(readings.values()))
    whole = {key: one.parts[0].source for key, one in paid.items() if one.whole}
    known = {"bank": whole, "posting": booked.posting_of(said, postings)}
    alike: defaultdict[Key, list[Invoice]] = defaultdict(list)
    for invoice in said:
        alike[key_of(invoice)].append(invoice)

    def proofs(invoice: Invoice) -> dict[str, Locator]:
        key = key_of(invoice)
        found = {path: known[path].get(key) for path in known}
        found["twin"] = booked.twin(invoice, alike[key]) if key.seller and key.number else None
        return {path: place for path, place in found.items() if place}

    return {digest: _proven(reading, proofs, paid) for digest, reading in readings.items()}


def _fees(readings: Iterable[Reading]) -> Mapping[str, frozenset[int]]:
    """The cents that reminders demand besides an invoice, by its number."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for paper in (r for reading in readings for r in reading.records if isinstance(r, Paper) and r.fees):
        for named in paper.refers:
            found[letters(named.number)] |= {paper.fees.cents} if paper.fees else set()
    return {number: frozenset(cents) for number, cents in found.items()}


def _proven(
    reading: Reading, proofs: Callable[[Invoice], dict[str, Locator]], paid: Mapping[Key, payments.Paid]
) -> Reading:
    def settle(record: Record) -> Record:
        if isinstance(record, Paper):
            invoice = provisional(record)
            return _borne_out(record, proofs(invoice)) if invoice and record.kind.is_money else record
        if not isinstance(record, Invoice):
            return record
        found, booked_for = proofs(record), paid.get(key_of(record))
        if booked_for:
            record = replace(record, payments=booked_for.parts, discount=booked_for.discount)
        by = tuple(dict.fromkeys((*record.proven_by, *found)))
        return replace(record, proven_by=by, places={**record.places, **found}) if found else record

    return replace(reading, records=tuple(map(settle, reading.records)))


def _borne_out(paper: Paper, found: Mapping[str, Locator]) -> Paper:
    """The paper with its gross proven by other documents, their places beside its own."""
    if not found:
        return paper
    gross = paper.values["gross"]
    by, also = tuple(dict.fromkeys((*gross.by, *found))), (*gross.also, *found.values())
    proven = replace(gross, grade=Support.PROVEN, by=by, also=also)
    return replace(paper, values={**paper.values, "gross": proven})
