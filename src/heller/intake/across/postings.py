"""What other documents say of an invoice: the firm's own books, and the same invoice in another syntax.

Pure: records in, the place of the proof by invoice out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from heller.intake.across.identity import Key, key_of, letters, same_lines, same_payee
from heller.model.finding import Locator
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.posting import Posting
from heller.model.money import Money

SHORT = 4  # a number of fewer letters and digits stands on other vouchers by chance
BEFORE, AFTER = timedelta(days=31), timedelta(days=180)  # when a voucher of so short a number may be booked


def posting_of(invoices: Iterable[Invoice], postings: Iterable[Posting]) -> dict[Key, Locator]:
    """The posting of each invoice: its Belegfeld 1 is the number, and it, or all of one day and file
    together, are the gross. What was reversed proves nothing, nor does a posting that fits two sellers."""
    vouchers: defaultdict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        vouchers[letters(posting.voucher)].append(posting)
    found = {
        key: at for key in map(key_of, invoices) if key.number and (at := _entry(key, vouchers[key.number]))
    }
    sellers: defaultdict[Locator, set[str]] = defaultdict(set)
    for key, at in found.items():
        sellers[at] |= {key.seller} - {""}  # a paper may not tell its seller
    return {key: at for key, at in found.items() if len(sellers[at]) <= 1}


def _entry(key: Key, vouchers: list[Posting]) -> Locator | None:
    near = [p for p in vouchers if len(key.number) >= SHORT or -BEFORE <= p.day - key.issued <= AFTER]
    back = Counter((p.amount, p.credit, p.debit) for p in near)
    kept = []
    for posting in near:  # each reversal takes back one posting
        key_ = posting.amount, posting.debit, posting.credit
        if back[key_] > 0:
            back[key_] -= 1
        else:
            kept.append(posting)
    parts: defaultdict[tuple[date, str], list[Posting]] = defaultdict(list)
    for posting in kept:
        parts[posting.day, posting.source.object].append(posting)
    sums = ([posting] for posting in kept), parts.values()
    fits = (group[0].source for groups in sums for group in groups if _sum(group) == key.gross)
    return next(fits, None) if key.gross else None


def _sum(postings: list[Posting]) -> Money | None:
    units = {posting.amount.currency for posting in postings}
    return Money(sum(p.amount.cents for p in postings), units.pop()) if len(units) == 1 else None


def twin(invoice: Invoice, alike: Iterable[Invoice]) -> Locator | None:
    """Where another syntax says the same: net, tax and gross, which add up, lines, quantities and payee."""
    if not invoice.syntax or not invoice.lines or invoice.net + invoice.vat != invoice.gross:
        return None
    return next((other.source for other in alike if _says_the_same(invoice, other)), None)


def _says_the_same(one: Invoice, other: Invoice) -> bool:
    apart = bool(other.lines) and other.syntax not in ("", one.syntax)
    sums = (one.net, one.vat, one.gross) == (other.net, other.vat, other.gross)
    return apart and sums and same_lines(one, other) and same_payee(one, other)
