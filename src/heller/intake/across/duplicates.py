"""One invoice counts once: the ladder of doubles, from the same bytes to a mere suspicion.

Pure: exhibits in, exhibits and findings out. A double is never deleted: its exhibit stays, and the finding
names both. What a person decided about two exhibits comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from heller.intake.across.decisions import APART, SAME, provisional
from heller.intake.across.identity import Key, key_of, same_lines, same_payee
from heller.model.case import Exhibit
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.decided import Decided
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.money import Money
from heller.model.record import Record
from heller.model.text import text
from heller.model.value import Support


def link(
    exhibits: Sequence[Exhibit], decisions: Iterable[Decided] = ()
) -> tuple[tuple[Exhibit, ...], tuple[Finding, ...]]:
    """The exhibits without the second copy of anything, and the findings that name both places.

    Same bytes: the second exhibit keeps no records. Same canonical XML: the same e-invoice in another
    wrapping, and the second reading loses it. Same seller, number, day, sum and kind: so too, unless lines,
    quantities or payee differ. Same seller and number but another day or sum: both stay,
    and the conflict is a question. No number: same seller, day and sum are a suspicion. A paper that waits
    is compared like an invoice; the strongest of twins represents them, not the one that came first.
    A document that is no cost (a reminder, a pro forma invoice) is no twin of the invoice.
    """
    seen, findings = _Register(decisions), list[Finding]()
    kept = {_id(exhibit): exhibit for exhibit in exhibits}
    for exhibit in sorted(exhibits, key=lambda e: e.number):
        twin = seen.bytes.setdefault(exhibit.digest, exhibit)
        if twin is not exhibit:
            findings.append(_same_bytes(twin, exhibit))
            kept[_id(exhibit)] = replace(exhibit, reading=replace(exhibit.reading, records=()))
    said = [(exhibit, record) for exhibit in kept.values() for record in exhibit.reading.records]
    said.sort(key=lambda pair: (-_strength(pair[1]), pair[0].number))  # stable: in the order of the file
    dropped = {id(record) for exhibit, record in said if _repeated(record, exhibit, seen, findings)}
    return tuple(_without(kept[_id(exhibit)], dropped) for exhibit in exhibits), tuple(findings)


def _without(exhibit: Exhibit, dropped: set[int]) -> Exhibit:
    """The exhibit without some of its records."""
    records = tuple(record for record in exhibit.reading.records if id(record) not in dropped)
    if len(records) == len(exhibit.reading.records):
        return exhibit
    return replace(exhibit, reading=replace(exhibit.reading, records=records))


def _id(exhibit: Exhibit) -> str:
    return f"{exhibit.number} {exhibit.digest}"


def _strength(record: Record) -> int:
    """How strong a document is among its twins: data with lines, data, what a person confirmed, paper whose sums
    prove themselves, paper with a sum."""
    if isinstance(record, Invoice):
        return 5 if record.syntax and record.lines else 4 if record.syntax else 3
    gross = record.values.get("gross") if isinstance(record, Paper) else None
    return 0 if gross is None else 2 if gross.grade is Support.PROVEN else 1


class _Register:
    """What has come by: originals by digest, invoices by their XML, by key, by seller and number, and by sum."""

    def __init__(self, decisions: Iterable[Decided]) -> None:
        self.bytes: dict[str, Exhibit] = {}
        self.xml: defaultdict[str, list[tuple[Exhibit, Invoice]]] = defaultdict(list)
        self.keys: defaultdict[Key, list[tuple[Exhibit, Invoice]]] = defaultdict(list)
        self.numbers: dict[tuple[str, str], tuple[Exhibit, Invoice]] = {}  # of those that cost or give back
        self.sums: dict[tuple[str, date, Money], tuple[Exhibit, Invoice]] = {}
        self.said = {frozenset((d.object, d.other)): d.what for d in decisions if d.what in (SAME, APART)}

    def decided(self, one: Exhibit, other: Exhibit) -> str:
        """What a person said of two exhibits, '' where nobody did."""
        return self.said.get(frozenset((one.digest, other.digest)), "")

    def before(self, key: Key, invoice: Invoice, exhibit: Exhibit) -> tuple[Exhibit, Invoice] | None:
        """The one that says the same in all, where no person said that they are two."""
        alike = self.keys[key] if key.seller and key.number else ()
        kin = (one for one in alike if one[1].kind.is_money == invoice.kind.is_money)
        said = (one for one in kin if same_lines(one[1], invoice) and same_payee(one[1], invoice))
        wrapped = self.xml[invoice.canonical] if invoice.canonical else ()
        return next((one for one in (*wrapped, *said) if self.decided(one[0], exhibit) != APART), None)


def _repeated(record: Record, exhibit: Exhibit, seen: _Register, findings: list[Finding]) -> bool:
    """Whether a record is the second copy of an invoice; doubts are added to the findings."""
    if isinstance(record, Paper):
        invoice = None if record.left else provisional(record)
    else:
        invoice = record if isinstance(record, Invoice) else None
    if invoice is None or not (invoice.kind.is_money or invoice.syntax):
        return False
    key = key_of(invoice)
    same = seen.before(key, invoice, exhibit)
    if same:
        findings.append(_linked(same, (exhibit, invoice)))
        return True
    seen.xml[invoice.canonical].append((exhibit, invoice))
    if not key.seller or not key.number:
        return _unnumbered(key, invoice, exhibit, seen, findings)
    seen.keys[key].append((exhibit, invoice))
    if not invoice.kind.is_money:
        return False
    other = seen.numbers.setdefault((key.seller, key.number), (exhibit, invoice))
    return other[1] is not invoice and _are_one(
        other[0], exhibit, seen, findings, _conflict(other, (exhibit, invoice))
    )


def _unnumbered(
    key: Key, invoice: Invoice, exhibit: Exhibit, seen: _Register, findings: list[Finding]
) -> bool:
    """Receipts up to 250 EUR need no number (§ 33 UStDV): seller, day and sum are only a suspicion."""
    before = seen.sums.setdefault((key.seller, key.issued, key.gross), (exhibit, invoice))
    if before[1] is invoice:
        return False
    return _are_one(before[0], exhibit, seen, findings, _suspicion(before[0], exhibit, invoice))


def _are_one(
    one: Exhibit, other: Exhibit, seen: _Register, findings: list[Finding], question: Finding
) -> bool:
    """Whether a person said that two are one; the question is put where nobody said anything."""
    said = seen.decided(one, other)
    if not said:
        findings.append(question)
    elif said == SAME:
        findings.append(_double_finding(one, other))
    return said == SAME


def _double_finding(first: Exhibit, second: Exhibit) -> Finding:
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


def _linked(first: tuple[Exhibit, Invoice], second: tuple[Exhibit, Invoice]) -> Finding:
    invoice, said = second[1], {"first": first[0].number, "second": second[0].number}
    if invoice.canonical and invoice.canonical == first[1].canonical:
        words = text(
            "Exhibits K {first} and K {second} hold the same e-invoice ({number} of {seller}, {gross}), wrapped "
            "in two ways; it counts once.",
            number=invoice.number or text("without a number"),
            seller=invoice.seller,
            gross=invoice.gross,
            **said,
        )
        return Finding("same-xml", words, None, Weight.NOTE, invoice.source)
    words = text(
        "Invoice {number} of {seller} ({gross}) was added twice, as exhibits K {first} and K {second}; it counts "
        "once.",
        number=invoice.number,
        seller=invoice.seller,
        gross=invoice.gross,
        **said,
    )
    return Finding("same-invoice", words, None, Weight.NOTE, invoice.source)


def _conflict(first: tuple[Exhibit, Invoice], second: tuple[Exhibit, Invoice]) -> Finding:
    if key_of(first[1]) == key_of(second[1]):
        return _differs(first, second)
    return Finding(
        "invoice-conflict",
        text(
            "Invoice {number} of {seller} exists twice and differs: K {first} of {day} states {sum}, K {second} "
            "of {other_day} states {other_sum}.",
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


def _differs(first: tuple[Exhibit, Invoice], second: tuple[Exhibit, Invoice]) -> Finding:
    """Day and sum agree, and yet it is not the same: other lines, or another payee."""
    invoice = second[1]
    said: dict[str, str | int | Money] = {"number": invoice.number, "seller": invoice.seller}
    said |= {"gross": invoice.gross, "first": first[0].number, "second": second[0].number}
    if same_lines(first[1], second[1]):
        words = text(
            "Invoice {number} of {seller} ({gross}) exists twice, and K {first} and K {second} name different "
            "payees or accounts.",
            **said,
        )
        do = text("Ask the seller whom to pay, a changed account may be fraud; until you decide, one counts.")
    else:
        words = text(
            "Invoice {number} of {seller} ({gross}) exists twice, and K {first} and K {second} have different "
            "lines.",
            **said,
        )
        do = text("Say whether they are one; until then only one counts.")
    return Finding("invoice-conflict", words, do, source=second[1].source)


def _suspicion(first: Exhibit, second: Exhibit, invoice: Invoice) -> Finding:
    return Finding(
        "maybe-same-invoice",
        text(
            "Exhibits K {first} and K {second} may be the same receipt: same seller, day and sum ({gross}), but "
            "no number.",
            first=first.number,
            second=second.number,
            gross=invoice.gross,
        ),
        text("Say whether it is one receipt; until then both wait for a purpose."),
        source=invoice.source,
    )
