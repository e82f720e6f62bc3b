"""Joins what several documents say: the bank, the books and a twin in another syntax prove an invoice.

Pure: readings in, readings out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from heller.intake.across import postings as booked
from heller.intake.across.decisions import provisional
from heller.intake.across.identity import Key, invoices, key_of, letters, name_of
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.paper import Paper
from heller.model.record import BankEntry, Invoice, Posting, Reading, Record
from heller.model.value import Support

SHORT = 4  # a number of fewer letters and digits stands in any purpose by chance
BEFORE, AFTER = timedelta(days=31), timedelta(days=180)  # when a debit that names only the seller may lie


def corroborate(readings: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The same readings, by digest, each invoice with the documents that bear it out.

    `bank`: a booked payment; `posting`: the firm's books by Belegfeld 1; `twin`: the same invoice in another
    syntax. `places` has the place of each; the proofs that the readers found stay.
    """
    said = [invoice for reading in readings.values() for invoice in invoices(reading)]
    postings = (r for reading in readings.values() for r in reading.records if isinstance(r, Posting))
    known = {"bank": _paid_ones(readings, said), "posting": booked.posting_of(said, postings)}
    alike: defaultdict[Key, list[Invoice]] = defaultdict(list)
    for invoice in said:
        alike[key_of(invoice)].append(invoice)

    def proofs(invoice: Invoice) -> dict[str, Locator]:
        key = key_of(invoice)
        found = {path: known[path].get(key) for path in known}
        found["twin"] = booked.twin(invoice, alike[key]) if key.seller and key.number else None
        return {path: place for path, place in found.items() if place}

    return {digest: _proven(reading, proofs) for digest, reading in readings.items()}


def _paid_ones(readings: Mapping[str, Reading], said: Iterable[Invoice]) -> dict[Key, Locator]:
    """Where each invoice was paid.

    A debit of the gross amount proves an invoice when it names its number, or else its seller from 31
    days before to 180 days after the day of issue. Each payment proves one invoice only, also where two
    exports of the account overlap.
    """
    payments: defaultdict[Money, list[BankEntry]] = defaultdict(list)
    for entry in (r for reading in readings.values() for r in reading.records if isinstance(r, BankEntry)):
        payments[entry.amount].append(entry)
    left = _occurrences(readings.values())
    open_ = {key_of(invoice): invoice for invoice in said}
    paid: dict[Key, Locator] = {}
    for names in (_names_number, _names_seller):
        for key, invoice in sorted(open_.items(), key=lambda pair: pair[1].issued):
            sum_ = invoice.gross if invoice.credit else -invoice.gross  # money in for a credit note
            fits = [e for e in payments[sum_] if sum_ and left[e.booked, sum_] and names(e, invoice)]
            if key in paid or not fits:
                continue
            entry = min(fits, key=lambda entry: abs(entry.booked - invoice.issued))
            paid[key] = entry.source
            left[entry.booked, entry.amount] -= 1
    return paid


def _occurrences(readings: Iterable[Reading]) -> Counter[tuple[date, Money]]:
    """How often a sum was booked on a day: the most that one file says, so that overlaps count once."""
    most: Counter[tuple[date, Money]] = Counter()
    for reading in readings:
        most |= Counter((e.booked, e.amount) for e in reading.records if isinstance(e, BankEntry))
    return most


def _names_number(entry: BankEntry, invoice: Invoice) -> bool:
    number = letters(invoice.number)
    if len(number) >= SHORT:
        return number in letters(entry.purpose)
    return bool(number) and number in map(letters, entry.purpose.split()) and _in_time(entry, invoice)


def _names_seller(entry: BankEntry, invoice: Invoice) -> bool:
    seller = name_of(invoice.seller)
    named = name_of(f"{entry.counterparty} {entry.purpose}")
    return len(seller) >= SHORT and seller in named and _in_time(entry, invoice)


def _in_time(entry: BankEntry, invoice: Invoice) -> bool:
    return -BEFORE <= entry.booked - invoice.issued <= AFTER


def _proven(reading: Reading, proofs: Callable[[Invoice], dict[str, Locator]]) -> Reading:
    def settle(record: Record) -> Record:
        if isinstance(record, Paper):
            invoice = provisional(record)
            return _borne_out(record, proofs(invoice)) if invoice else record
        if not isinstance(record, Invoice) or not (found := proofs(record)):
            return record
        by = tuple(dict.fromkeys((*record.proven_by, *found)))
        return replace(record, proven_by=by, places={**record.places, **found})

    return replace(reading, records=tuple(map(settle, reading.records)))


def _borne_out(paper: Paper, found: Mapping[str, Locator]) -> Paper:
    """The paper with its gross proven by other documents, their places beside its own."""
    if not found:
        return paper
    gross = paper.values["gross"]
    by, also = tuple(dict.fromkeys((*gross.by, *found))), (*gross.also, *found.values())
    proven = replace(gross, grade=Support.PROVEN, by=by, also=also)
    return replace(paper, values={**paper.values, "gross": proven})
