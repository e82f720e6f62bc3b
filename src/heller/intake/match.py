"""Joins what several documents say: the bank proves an invoice, and one invoice counts once.

Pure: readings in, readings and findings out. A duplicate is never deleted: its exhibit stays, and
the finding names both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from heller.intake.decided import provisional
from heller.intake.same import Key, invoices, key_of, letters, name_of
from heller.model.money import Money
from heller.model.paper import Paper
from heller.model.record import BankEntry, Invoice, Reading, Record
from heller.model.value import Grade

SHORT = 4  # a number of fewer letters and digits stands in any purpose by chance
BEFORE, AFTER = timedelta(days=31), timedelta(days=180)  # when a debit that names only the seller may lie


def corroborate(readings: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The same readings, by digest, with the invoices that a booked payment proves.

    A debit of the gross amount proves an invoice when it names its number, or else its seller from 31
    days before to 180 days after the day of issue. Each payment proves one invoice only, also where two
    exports of the account overlap. `places['bank']` is the place of the payment; the proofs that the
    readers found stay.
    """
    payments: defaultdict[Money, list[BankEntry]] = defaultdict(list)
    for entry in (r for reading in readings.values() for r in reading.records if isinstance(r, BankEntry)):
        payments[entry.amount].append(entry)
    left = _occurrences(readings.values())
    open_ = {key_of(invoice): invoice for reading in readings.values() for invoice in invoices(reading)}
    paid: dict[Key, BankEntry] = {}
    for names in (_names_number, _names_seller):
        for key, invoice in sorted(open_.items(), key=lambda pair: pair[1].issued):
            sum_ = invoice.gross if invoice.credit else -invoice.gross  # money in for a credit note
            fits = [e for e in payments[sum_] if sum_ and left[e.booked, sum_] and names(e, invoice)]
            if key in paid or not fits:
                continue
            paid[key] = min(fits, key=lambda entry: abs(entry.booked - invoice.issued))
            left[paid[key].booked, paid[key].amount] -= 1
    return {digest: _proven(reading, paid) for digest, reading in readings.items()}


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


def _proven(reading: Reading, paid: Mapping[Key, BankEntry]) -> Reading:
    def settle(record: Record) -> Record:
        if isinstance(record, Paper):
            return _paid(record, paid)
        if not isinstance(record, Invoice) or not (entry := paid.get(key_of(record))):
            return record
        proofs = tuple(dict.fromkeys((*record.proven_by, "bank")))
        return replace(record, proven_by=proofs, places={**record.places, "bank": entry.source})

    return replace(reading, records=tuple(map(settle, reading.records)))


def _paid(paper: Paper, paid: Mapping[Key, BankEntry]) -> Paper:
    """The paper with its gross proven by a payment, the place of the payment beside its own."""
    invoice = provisional(paper)
    entry = paid.get(key_of(invoice)) if invoice else None
    if entry is None:
        return paper
    gross = paper.values["gross"]
    by, also = tuple(dict.fromkeys((*gross.by, "bank"))), (*gross.also, entry.source)
    proven = replace(gross, grade=Grade.PROVEN, by=by, also=also)
    return replace(paper, values={**paper.values, "gross": proven})
