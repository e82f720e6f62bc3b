"""What was booked for each invoice: in one sum, in parts, less a discount, with others, and paid back.

Pure: readings in, payments by invoice out. A payment counts once, also where exports of an account overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from types import MappingProxyType

from msgspec import Struct

from heller.intake.across.identity import Key, key_of, letters, name_of
from heller.model.document_class import Payment
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.invoice import Invoice
from heller.model.money import Money
from heller.model.record import Reading

SHORT = 4  # a number of fewer letters and digits stands in any purpose by chance
BEFORE, AFTER = timedelta(days=31), timedelta(days=180)  # when a debit that names only the seller may lie
USUAL = 5  # per cent of discount up to which a shortfall in whole per cents is taken for one without a word
MOST = Decimal("0.1")  # share of discount beyond which nobody takes a shortfall for one
_DISCOUNT = re.compile(
    r"\bskonto|\bskto\b|\bdiscount|\bescompte|\bsconto|\bkorting|\brabatt|\babzug\b", re.IGNORECASE
)
_RETURNED = re.compile(
    r"r(?:ü|ue)ck(?:last|gabe|buchung|ruf)|retoure|\breturn|chargeback|widerspruch", re.IGNORECASE
)
Names = Callable[[BankEntry, Invoice], bool]


class Paid(Struct, frozen=True):
    """The payments of an invoice in order of time, money back negative; `discount` is what they left off in
    gross; `whole`: with it they are all that was owed."""

    parts: tuple[Payment, ...]
    whole: bool
    discount: Money | None = None


def paid(
    readings: Iterable[Reading],
    said: Iterable[Invoice],
    fees: Mapping[str, frozenset[int]] = MappingProxyType({}),
) -> dict[Key, Paid]:
    """The payments of each invoice.

    A debit of the gross amount pays an invoice when it names its number, or else its seller from 31
    days before to 180 days after the day of issue; so does one debit of the sum of all invoices that it names,
    debits in parts that name the number, and one less a discount. A credit note is paid by money in. `fees` are the
    cents that reminders demanded besides the invoice of a number: paid with it, they are no part of it.
    """
    return _Book(list(readings), said, fees).settled()


class _Book:
    """The entries, what is left of them, and the invoices still open."""

    def __init__(
        self, readings: list[Reading], said: Iterable[Invoice], fees: Mapping[str, frozenset[int]]
    ) -> None:
        self.fees = fees
        self.entries = [r for reading in readings for r in reading.records if isinstance(r, BankEntry)]
        self.left = _occurrences(readings)
        self.by_sum: defaultdict[Money, list[BankEntry]] = defaultdict(list)
        for entry in self.entries:
            self.by_sum[entry.amount].append(entry)
        spoken = [letters(entry.purpose) for entry in self.entries]
        self.spoken, self.starts = (
            "\n".join(spoken),
            list(accumulate((len(s) + 1 for s in spoken), initial=0)),
        )
        known = {key_of(invoice): invoice for invoice in said}
        self.open = dict(sorted(known.items(), key=lambda pair: pair[1].issued))
        self.alike = Counter(key.number for key in self.open)
        self.found: dict[Key, Paid] = {}

    def settled(self) -> dict[Key, Paid]:
        """All payments, the surest first."""
        self._in_one_sum(_names_number)
        self._together()
        self._in_one_sum(_names_seller)
        for key, invoice in self._unpaid():
            self._in_parts(key, invoice)
        for key, invoice in self.open.items():
            self._back(key, invoice)
        return self.found

    def _unpaid(self) -> list[tuple[Key, Invoice]]:
        return [(key, invoice) for key, invoice in self.open.items() if key not in self.found]

    def _free(self, entry: BankEntry) -> bool:
        return self.left[entry.booked, entry.amount] > 0

    def _spend(self, entries: Iterable[BankEntry]) -> None:
        for entry in entries:
            self.left[entry.booked, entry.amount] -= 1

    def _in_one_sum(self, names: Names) -> None:
        for key, invoice in self._unpaid():
            sum_ = _payable(invoice)
            fits = [e for e in self.by_sum[sum_] if sum_ and self._free(e) and names(e, invoice)]
            if fits:
                entry = min(fits, key=lambda entry: abs(entry.booked - invoice.issued))
                self._spend([entry])
                self.found[key] = Paid((_payment(entry),), whole=True)

    def _together(self) -> None:
        """One entry for several invoices of one seller that it names, credit notes taken off."""
        named: defaultdict[int, list[Key]] = defaultdict(list)
        for key, invoice in self._unpaid():
            for n, _ in self._naming(key, invoice):
                named[n].append(key)
        for n, keys in named.items():
            entry, group = self.entries[n], [self.open[key] for key in keys if key not in self.found]
            if len(group) < 2 or not self._free(entry):
                continue
            if sum(_payable(invoice).cents for invoice in group) == entry.amount.cents:
                self._spend([entry])
                for invoice in group:
                    part = Payment(entry.booked, _worth(invoice), entry.source)
                    self.found[key_of(invoice)] = Paid((part,), whole=True)

    def _naming(self, key: Key, invoice: Invoice) -> Iterator[tuple[int, BankEntry]]:
        """Entries that surely speak of an invoice: its number, and where that is short or of two, its seller."""
        alone = self.alike[key.number] == 1 and len(key.number) >= SHORT
        for n in self._mentions(key.number):
            entry = self.entries[n]
            sure = alone or not key.seller or key.seller in _names_in(entry)
            if sure and entry.amount.currency == invoice.gross.currency and _names_number(entry, invoice):
                yield n, entry

    def _mentions(self, number: str) -> Iterator[int]:
        """The entries whose purpose holds a number, found in all of them at once."""
        at = self.spoken.find(number) if number else -1
        while at >= 0:
            n = bisect_right(self.starts, at) - 1
            yield n
            at = self.spoken.find(number, self.starts[n + 1])

    def _in_parts(self, key: Key, invoice: Invoice) -> None:
        """Debits in parts, and one less a discount: what they leave open is owed, or was taken off."""
        out = () if invoice.credit else (e for _, e in self._naming(key, invoice) if e.amount.cents < 0)
        fits = [e for e in out if self._free(e)] or [e for e in self._of_seller(invoice) if self._free(e)]
        once = list({(e.booked, e.amount): e for e in fits}.values())
        short = invoice.gross.cents + sum(e.amount.cents for e in once)
        extra = -short if -short in self.fees.get(key.number, ()) else 0
        if not once or short + extra < 0:
            return
        words = any(_DISCOUNT.search(f"{e.purpose} {e.counterparty}") for e in once)
        off = (
            Money(short, invoice.gross.currency) if _is_discount(invoice.gross, short, words=words) else None
        )
        parts = sorted((_payment(e) for e in once), key=lambda p: p.day)
        self._spend(once)
        self.found[key] = Paid(tuple(parts), whole=short <= 0 or off is not None, discount=off)

    def _of_seller(self, invoice: Invoice) -> list[BankEntry]:
        """Entries that name the seller and a discount that fits, where no number is named."""
        if invoice.credit:
            return []
        return [
            e
            for e in self.entries
            if e.amount.currency == invoice.gross.currency
            and _DISCOUNT.search(e.purpose)
            and _is_discount(invoice.gross, invoice.gross.cents + e.amount.cents, words=True)
            and _names_seller(e, invoice)
        ]

    def _back(self, key: Key, invoice: Invoice) -> None:
        """Money in that names a paid invoice: a debit that was returned, or a seller who paid back."""
        before = self.found.get(key)
        if before is None or invoice.credit:
            return
        back = [e for _, e in self._naming(key, invoice) if self._free(e) and e.amount.cents > 0]
        if not back:
            return
        self._spend(back)
        returned = all(_RETURNED.search(f"{e.purpose} {e.counterparty}") for e in back)
        parts = (*before.parts, *(_payment(e) for e in back))
        sum_ = sum(part.amount.cents for part in parts)
        off = None if returned else before.discount
        self.found[key] = Paid(parts, whole=before.whole and not returned and sum_ >= 0, discount=off)


def _payable(invoice: Invoice) -> Money:
    """The entry that pays it in one sum: money out, and money in for a credit note."""
    return invoice.gross if invoice.credit else -invoice.gross


def _worth(invoice: Invoice) -> Money:
    return -invoice.gross if invoice.credit else invoice.gross


def _payment(entry: BankEntry) -> Payment:
    return Payment(entry.booked, -entry.amount, entry.source)


def _is_discount(gross: Money, short: int, *, words: bool) -> bool:
    """Whether a shortfall in cents is a discount: named as one, or of one to five whole per cent to the cent."""
    if short <= 0 or short > gross.cents * MOST:
        return False
    return words or any(
        abs(gross.cents * percent / Decimal(100) - short) < 1 for percent in range(1, USUAL + 1)
    )


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


def _names_in(entry: BankEntry) -> str:
    return name_of(f"{entry.counterparty} {entry.purpose}")


def _names_seller(entry: BankEntry, invoice: Invoice) -> bool:
    seller = name_of(invoice.seller)
    return len(seller) >= SHORT and seller in _names_in(entry) and _in_time(entry, invoice)


def _in_time(entry: BankEntry, invoice: Invoice) -> bool:
    return -BEFORE <= entry.booked - invoice.issued <= AFTER
