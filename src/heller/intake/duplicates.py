"""One invoice counts once: the ladder of doubles, from the same bytes to a mere suspicion.

Pure: exhibits in, exhibits and findings out. A double is never deleted: its exhibit stays, and the finding
names both. What a person decided about two exhibits comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from msgspec.structs import replace

from heller.intake.decided import APART, SAME, provisional
from heller.intake.match import Key, key_of
from heller.model.case import Exhibit
from heller.model.finding import Finding, Locator, Weight
from heller.model.money import Money
from heller.model.paper import Decided, Paper
from heller.model.record import Invoice, Record
from heller.model.text import text


def link(
    exhibits: Sequence[Exhibit], decisions: Iterable[Decided] = ()
) -> tuple[tuple[Exhibit, ...], tuple[Finding, ...]]:
    """The exhibits without the second copy of anything, and the findings that name both places.

    Same bytes: the second exhibit keeps no records. Same seller, number, day and sum: the second reading
    loses that invoice, unless the lines differ. Same seller and number but another day or sum: both stay,
    and the conflict is a question. No number: same seller, day and sum are a suspicion. A paper that waits
    is compared like an invoice; where an e-invoice says the same, the paper is its picture.
    """
    seen, findings = _Seen(decisions), list[Finding]()
    kept: dict[str, Exhibit] = {}
    order = sorted(exhibits, key=lambda e: (_on_paper(e), e.number))  # what is structured counts first
    for exhibit in order:
        twin = seen.bytes.setdefault(exhibit.digest, exhibit)
        if twin is not exhibit:
            findings.append(_same_bytes(twin, exhibit))
            kept[_id(exhibit)] = replace(exhibit, reading=replace(exhibit.reading, records=()))
            continue
        records = tuple(r for r in exhibit.reading.records if not _repeated(r, exhibit, seen, findings))
        kept[_id(exhibit)] = replace(exhibit, reading=replace(exhibit.reading, records=records))
    return tuple(kept[_id(exhibit)] for exhibit in exhibits), tuple(findings)


def _id(exhibit: Exhibit) -> str:
    return f"{exhibit.number} {exhibit.digest}"


def _on_paper(exhibit: Exhibit) -> bool:
    return any(isinstance(record, Paper) for record in exhibit.reading.records)


class _Seen:
    """What has come by: originals by digest, invoices by key, by seller and number, and by sum."""

    def __init__(self, decisions: Iterable[Decided]) -> None:
        self.bytes: dict[str, Exhibit] = {}
        self.keys: dict[Key, tuple[Exhibit, Invoice]] = {}
        self.numbers: dict[tuple[str, str], tuple[Exhibit, Invoice]] = {}
        self.sums: dict[tuple[str, date, Money], tuple[Exhibit, Invoice]] = {}
        self.said = {frozenset((d.object, d.other)): d.what for d in decisions if d.what in (SAME, APART)}

    def decided(self, one: Exhibit, other: Exhibit) -> str:
        """What a person said of two exhibits, '' where nobody did."""
        return self.said.get(frozenset((one.digest, other.digest)), "")


def _repeated(record: Record, exhibit: Exhibit, seen: _Seen, findings: list[Finding]) -> bool:
    """Whether a record is the second copy of an invoice; doubts are added to the findings."""
    if isinstance(record, Paper):
        invoice = None if record.left else provisional(record)
    else:
        invoice = record if isinstance(record, Invoice) else None
    if invoice is None:
        return False
    key = key_of(invoice)
    if not key.seller or not key.number:
        return _unnumbered(key, invoice, exhibit, seen, findings)
    same = seen.keys.get(key)
    if same and _same_lines(same[1], invoice) and seen.decided(same[0], exhibit) != APART:
        findings.append(_linked(same[0], exhibit, invoice))
        return True
    other = seen.numbers.setdefault((key.seller, key.number), (exhibit, invoice))
    seen.keys.setdefault(key, (exhibit, invoice))
    return other[1] is not invoice and _asked(
        other[0], exhibit, seen, findings, _conflict(other, (exhibit, invoice))
    )


def _unnumbered(key: Key, invoice: Invoice, exhibit: Exhibit, seen: _Seen, findings: list[Finding]) -> bool:
    """Receipts up to 250 EUR need no number (§ 33 UStDV): seller, day and sum are only a suspicion."""
    before = seen.sums.setdefault((key.seller, key.issued, key.gross), (exhibit, invoice))
    if before[1] is invoice:
        return False
    return _asked(before[0], exhibit, seen, findings, _suspicion(before[0], exhibit, invoice))


def _asked(one: Exhibit, other: Exhibit, seen: _Seen, findings: list[Finding], question: Finding) -> bool:
    """Whether a person said that two are one; the question is put where nobody said anything."""
    said = seen.decided(one, other)
    if not said:
        findings.append(question)
    elif said == SAME:
        findings.append(_told(one, other))
    return said == SAME


def _same_lines(one: Invoice, other: Invoice) -> bool:
    """Whether the sums of the lines agree; a file without lines does not contradict."""
    sums = [sorted(line.net.cents for line in chain(invoice.lines)) for invoice in (one, other)]
    return sums[0] == sums[1] or not all(sums)


def _told(first: Exhibit, second: Exhibit) -> Finding:
    return Finding(
        "same-by-decision",
        text(
            "Exhibits K {first} and K {second} are the same receipt, as a person decided; it counts once.",
            first=first.number,
            second=second.number,
        ),
        None,
        Weight.NOTE,
        Locator(second.digest),
    )


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
        text("The smaller one counts until you say which one is right."),
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
        text("Say whether it is one receipt; until then both wait for a purpose."),
        source=invoice.source,
    )
