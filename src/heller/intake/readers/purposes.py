"""Reads what each receipt is for (belegliste.csv): its head of damage, its share, what is left of its worth.

These are a person's decisions. Whether the receipt exists and what it cost is the business of the invoices.
"""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import Row
from heller.intake.written import numbers
from heller.intake.written.canonical import LONGEST, chosen, did_you_mean, fold, head_of, receipt_heads, share
from heller.model.finding import Weight
from heller.model.heads import HEADS, RECEIPT_HEADS
from heller.model.kinds.purpose import NO_HEAD, PAID_ANSWERS, PaidBy, Purpose
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "purposes"
WHOLE = Decimal(1)
WRITE_SHARE = text("A share is expected as 42,86 %, at most 100 %.")

LAYOUT = Layout(
    NAME,
    text("List of receipts"),
    ("belegliste", "belege", "receipts"),
    (
        ColumnWords(
            "invoice",
            ("Rechnungsnummer", "Rechnungsnr", "Rechnung", "Belegnummer", "Invoice", "Invoice number"),
            needed=True,
        ),
        ColumnWords("head", ("Schadensart", "Art des Schadens", "Head", "Head of damage"), needed=True),
        ColumnWords("share", ("Anteil", "Share")),
        ColumnWords("residual", ("Restwert", "Residual", "Remaining worth")),
        ColumnWords("anyway", ("Ohnehin angeschafft", "Ohnehin", "Anyway", "Bought anyway")),
        ColumnWords("paid", ("Zahlung", "Zahlungsart", "Bezahlt", "Bezahlt mit", "Paid", "Paid by")),
        ColumnWords("reason", ("Grund", "Begründung", "Zweck", "Reason")),
    ),
)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One purpose per row. The shares of one receipt may not exceed the whole."""
    spent: dict[str, Decimal] = {}
    return headings.gather(blob, LAYOUT, lambda row: _purpose(row, spent))


def _purpose(row: Row, spent: dict[str, Decimal]) -> Purpose:
    invoice = row.need("invoice")
    head = _head(row)
    if head == NO_HEAD and not row["share"]:
        return Purpose(invoice, head, WHOLE, row["reason"], source=row.at("invoice", "head"))
    part, residual = _share(row), _residual(row, head)
    if head != NO_HEAD:
        before = spent.get(fold(invoice), Decimal(0))
        if before + part > WHOLE:
            raise row.reject(
                "purpose.overspent",
                text(
                    "Row {row} was not read: with it, {share:percent} of invoice {invoice} would be claimed.",
                    row=row.number,
                    share=before + part,
                    invoice=invoice,
                ),
                text("The shares of one receipt add up to 100 % at most."),
                "invoice",
                "head",
                "share",
            )
        spent[fold(invoice)] = before + part
    place = row.at("invoice", "head", "share", "residual", "anyway")
    return Purpose(invoice, head, part, row["reason"], residual, place, _anyway(row), _paid(row))


def _paid(row: Row) -> PaidBy:
    """How it was paid; an empty cell or a day means that the account shows it, and so does a word that is not known."""
    word = row["paid"]
    found = chosen(PAID_ANSWERS, word) if word else PaidBy.BANK
    if found is None and numbers.day(word) is None:
        said = text("Row {row}: no way to pay is called '{word}'; the account has to show it.",
                    row=row.number, word=word[:60])  # fmt: skip
        row.doubt("purpose.paid", said, did_you_mean(word, PAID_ANSWERS.words), Weight.NOTE)
    return found or PaidBy.BANK


def _anyway(row: Row) -> Decimal:
    """The share that would have been bought without the outage too; an empty cell is nothing of it."""
    if not row["anyway"]:
        return Decimal(0)
    found = share(row.short("anyway", WRITE_SHARE), percent="%" in row.heading("anyway"))
    if found is None or row.torn("anyway"):
        raise row.unreadable("anyway", WRITE_SHARE)
    return found


def _head(row: Row) -> str:
    """The head that the row names. A word that names none under which receipts count is kept as it stands, and asked:
    the damage counts nothing under it until a person has said which head is meant."""
    word = row.need("head")
    head = head_of(word)
    if head == NO_HEAD or head in RECEIPT_HEADS:
        return head
    if head is not None:
        row.doubt(
            "purpose.no_receipts",
            text(
                "Row {row}: '{head}' is not paid by receipt; the receipt counts nothing until you say what it was for.",
                row=row.number,
                head=HEADS[head].title,
            ),
            text("Receipts count under: {heads}.", heads=", ".join(receipt_heads())),
        )
        return head
    row.doubt(
        "purpose.unknown_head",
        text(
            "Row {row}: no head of damage is called '{word}'; the receipt counts nothing until you say what "
            "it was for.",
            row=row.number,
            word=word[:60],
        ),
        did_you_mean(word, receipt_heads()),
    )
    return word[:LONGEST]


def _share(row: Row) -> Decimal:
    """The share of the receipt that is due to the outage; an empty cell is the whole, and that is said."""
    if not row["share"]:
        row.doubt(
            "purpose.no_share",
            text("Row {row}: no share is given; the whole receipt counts.", row=row.number),
            text("Enter the share if the receipt also serves other ends."),
            Weight.NOTE,
        )
        return WHOLE
    found = share(row.short("share", WRITE_SHARE), percent="%" in row.heading("share"))
    if found is None or not found or row.torn("share"):
        raise row.unreadable("share", WRITE_SHARE)
    return found


def _residual(row: Row, head: str) -> Decimal:
    """What the thing is still worth, as a share; an empty cell counts as nothing left."""
    if not row["residual"]:
        if head in HEADS and HEADS[head].lasting:
            row.doubt(
                "purpose.no_residual",
                text("Row {row}: hardware without a remaining worth; it counts as used up.", row=row.number),
                text("Enter what it is still worth, as 40 %: the other side will ask."),
            )
        return Decimal(0)
    found = share(row.short("residual", WRITE_SHARE), percent="%" in row.heading("residual"))
    if found is None or row.torn("residual"):
        raise row.unreadable("residual", WRITE_SHARE)
    return found
