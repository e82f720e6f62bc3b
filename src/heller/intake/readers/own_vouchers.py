"""Reads lists of own vouchers (eigenbelege.csv) and logs of journeys (fahrtenbuch.csv): costs without an invoice.

Whether one counts, and under which head, is decided by its own word or by a person.
"""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import Row
from heller.intake.written import numbers
from heller.intake.written.canonical import chosen, share
from heller.model.kinds.own_voucher import HEAD_ANSWERS, OWN_COSTS, OwnVoucher
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "own_vouchers"
DATE = ColumnWords("at", ("Datum", "Tag", "Date", "Day"), needed=True)
WHO = ColumnWords("who", ("Gegenüber", "Empfänger", "Gast", "Kunde", "Other side", "Guest", "Customer"))
WRITE_RATE = text("A rate is expected as 7 %.")
WRITE_KM = text("Kilometres are expected as 48.")

VOUCHERS = Layout(
    NAME,
    text("Own vouchers"),
    ("eigenbelege", "eigenbeleg", "barauslagen", "own vouchers"),
    (
        DATE,
        ColumnWords("what", ("Wofür", "Zweck", "Bezeichnung", "Anlass", "What", "Purpose"), needed=True),
        ColumnWords("head", ("Schadensart", "Eigenbeleg", "Head of loss"), needed=True),
        ColumnWords("amount", ("Betrag", "Summe", "Wert", "Amount"), needed=True),
        ColumnWords("vat", ("USt-Satz", "MwSt-Satz", "Steuersatz", "VAT rate")),
        WHO,
    ),
)
JOURNEYS = Layout(
    NAME,
    text("Log of journeys"),
    ("fahrtenbuch", "fahrten", "fahrtkosten", "mileage"),
    (
        DATE,
        ColumnWords(
            "what",
            ("Zweck", "Zweck der Fahrt", "Anlass", "Ziel", "Strecke", "Fahrt", "Purpose", "Journey"),
            needed=True,
        ),
        ColumnWords(
            "km", ("km", "Kilometer", "gefahrene km", "Strecke km", "Kilometres", "Kilometers"), needed=True
        ),
        ColumnWords("per_km", ("EUR je km", "Satz je km", "Kilometersatz", "Satz", "Rate", "Rate per km")),
        ColumnWords("amount", ("Betrag", "Summe", "Amount")),
        WHO,
    ),
)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings of either."""
    return max((headings.claim(head, name, one) for one in (VOUCHERS, JOURNEYS)), key=lambda one: one.score)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One own voucher per row."""
    layout = max(
        (VOUCHERS, JOURNEYS), key=lambda one: headings.claim(blob.data[:65536], blob.name, one).score
    )
    return headings.gather(blob, layout, _journey if layout is JOURNEYS else _voucher)


def _voucher(row: Row) -> OwnVoucher:
    return OwnVoucher(
        at=row.day("at"),
        what=row.need("what"),
        head=_head(row),
        amount=row.money("amount"),
        vat=_vat(row),
        who=row["who"],
        source=row.at("at", "what", "amount"),
    )


def _head(row: Row) -> str:
    """The head that the row names; a word that is none is kept with the costs, and asked."""
    word = row["head"]
    if not word:
        return OWN_COSTS
    if head := chosen(HEAD_ANSWERS, word):
        return str(head)
    said = text(
        "Row {row}: no head of loss is called '{word}'; it counts as a cost without an invoice.",
        row=row.number,
        word=word[:60],
    )
    row.doubt("own_voucher.head", said, text("Say under which head of loss it belongs."))
    return OWN_COSTS


def _vat(row: Row) -> Decimal:
    found = share(row.short("vat", WRITE_RATE)) if row["vat"] else Decimal(0)
    if found is None:
        raise row.unreadable("vat", WRITE_RATE)
    return found


def _journey(row: Row) -> OwnVoucher:
    driven = numbers.decimal(row.short("km", WRITE_KM))
    if driven is None or driven <= 0:
        raise row.unreadable("km", WRITE_KM)
    return OwnVoucher(
        at=row.day("at"),
        what=row.need("what"),
        amount=row.money("amount") if row["amount"] else None,
        km=round(driven),
        per_km=row.money("per_km") if row["per_km"] else None,
        who=row["who"],
        source=row.at("at", "what", "km"),
    )
