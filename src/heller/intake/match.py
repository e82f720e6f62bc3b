"""Joins what several documents say: the bank proves an invoice, and one invoice counts once.

Pure: readings in, readings and findings out. A duplicate is never deleted: its exhibit stays, and
the finding names both.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from heller.model.case import Exhibit
from heller.model.finding import Finding, Locator, Weight
from heller.model.money import Money
from heller.model.record import BankEntry, Invoice, Reading, Record
from heller.model.text import text

SHORT = 4  # a number of fewer letters and digits stands in any purpose by chance
BEFORE, AFTER = timedelta(days=31), timedelta(days=180)  # when a debit that names only the seller may lie
LEGAL_FORMS = frozenset(
    {
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "gbr",
        "ug",
        "haftungsbeschränkt",
        "se",
        "ek",
        "eg",
        "ev",
        "co",
    }
    | {"und", "and", "inc", "ltd", "limited", "plc", "sa", "sarl", "bv", "nv"}
)


@lru_cache(4096)
def letters(said: str) -> str:
    """Letters and digits only, small: how numbers and names are compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", said).casefold() if c.isalnum())


@lru_cache(4096)
def name_of(seller: str) -> str:
    """A seller's name without its legal form, as letters."""
    kept = [word for word in seller.replace(".", "").split() if letters(word) not in LEGAL_FORMS]
    return letters(" ".join(kept))


def invoices(reading: Reading) -> Iterator[Invoice]:
    """The invoices of a reading."""
    return (record for record in reading.records if isinstance(record, Invoice))


class Key(NamedTuple):
    """What makes two readings of an invoice the same invoice."""

    seller: str
    number: str
    issued: date
    gross: Money
    credit: bool


def key_of(invoice: Invoice) -> Key:
    """Seller and number compared by letters and digits, the rest as stated."""
    return Key(
        name_of(invoice.seller), letters(invoice.number), invoice.issued, invoice.gross, invoice.credit
    )


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
        if not isinstance(record, Invoice) or not (entry := paid.get(key_of(record))):
            return record
        proofs = tuple(dict.fromkeys((*record.proven_by, "bank")))
        return replace(record, proven_by=proofs, places={**record.places, "bank": entry.source})

    return replace(reading, records=tuple(map(settle, reading.records)))


def link(exhibits: tuple[Exhibit, ...]) -> tuple[tuple[Exhibit, ...], tuple[Finding, ...]]:
    """The exhibits without the second copy of anything, and the findings that name both places.

    Same bytes: the second exhibit keeps no records. Same seller, number, day and sum: the second
    reading loses that invoice, unless the lines differ. Same seller and number but another day or sum:
    both stay, and the conflict is a question.
    """
    seen, findings = _Seen(), list[Finding]()
    kept = []
    for exhibit in exhibits:
        twin = seen.bytes.setdefault(exhibit.digest, exhibit)
        if twin is not exhibit:
            findings.append(_same_bytes(twin, exhibit))
            kept.append(replace(exhibit, reading=replace(exhibit.reading, records=())))
            continue
        records = tuple(r for r in exhibit.reading.records if not _repeated(r, exhibit, seen, findings))
        kept.append(replace(exhibit, reading=replace(exhibit.reading, records=records)))
    return tuple(kept), tuple(findings)


class _Seen:
    """What has come by: originals by digest, invoices by key, by seller and number, and by sum."""

    def __init__(self) -> None:
        self.bytes: dict[str, Exhibit] = {}
        self.keys: dict[Key, tuple[Exhibit, Invoice]] = {}
        self.numbers: dict[tuple[str, str], tuple[Exhibit, Invoice]] = {}
        self.sums: dict[tuple[str, date, Money], tuple[Exhibit, Invoice]] = {}


def _repeated(record: Record, exhibit: Exhibit, seen: _Seen, findings: list[Finding]) -> bool:
    """Whether a record is the second copy of an invoice; doubts are added to the findings."""
    if not isinstance(record, Invoice):
        return False
    key = key_of(record)
    if not key.seller or not key.number:
        before = seen.sums.setdefault((key.seller, key.issued, key.gross), (exhibit, record))
        if before[1] is not record:
            findings.append(_suspicion(before[0], exhibit, record))
        return False
    same = seen.keys.get(key)
    if same and _same_lines(same[1], record):
        findings.append(_linked(same[0], exhibit, record))
        return True
    other = seen.numbers.setdefault((key.seller, key.number), (exhibit, record))
    if other[1] is not record:
        findings.append(_conflict(other, (exhibit, record)))
    seen.keys.setdefault(key, (exhibit, record))
    return False


def _same_lines(one: Invoice, other: Invoice) -> bool:
    """Whether the sums of the lines agree; a file without lines does not contradict."""
    sums = [sorted(line.net.cents for line in invoice.lines) for invoice in (one, other)]
    return sums[0] == sums[1] or not all(sums)


def _same_bytes(first: Exhibit, second: Exhibit) -> Finding:
    return Finding(
        "same-file",
        text(
            "Exhibits K {first} and K {second} are the same file ({name}); it counts once.",
            first=first.number,
            second=second.number,
            name=second.name,
        ),
        None,
        Weight.NOTE,
        Locator(second.digest),
    )


def _linked(first: Exhibit, second: Exhibit, invoice: Invoice) -> Finding:
    return Finding(
        "same-invoice",
        text(
            "Invoice {number} of {seller} ({gross}) was handed in twice, "
            "as exhibits K {first} and K {second}; it counts once.",
            number=invoice.number,
            seller=invoice.seller,
            gross=invoice.gross,
            first=first.number,
            second=second.number,
        ),
        None,
        Weight.NOTE,
        invoice.source,
    )


def _conflict(first: tuple[Exhibit, Invoice], second: tuple[Exhibit, Invoice]) -> Finding:
    return Finding(
        "invoice-conflict",
        text(
            "Invoice {number} of {seller} exists twice and differs: K {first} of {day} states {sum}, "
            "K {second} of {other_day} states {other_sum}.",
            number=second[1].number,
            seller=second[1].seller,
            first=first[0].number,
            day=first[1].issued,
            sum=first[1].gross,
            second=second[0].number,
            other_day=second[1].issued,
            other_sum=second[1].gross,
        ),
        text("Both count until you say which one is right: name it in the list of receipts."),
        source=second[1].source,
    )


def _suspicion(first: Exhibit, second: Exhibit, invoice: Invoice) -> Finding:
    return Finding(
        "maybe-same-invoice",
        text(
            "Exhibits K {first} and K {second} may be the same receipt: "
            "same seller, day and sum ({gross}), but no number.",
            first=first.number,
            second=second.number,
            gross=invoice.gross,
        ),
        text("If it is one receipt, leave the second one out of the list of receipts."),
        source=invoice.source,
    )
