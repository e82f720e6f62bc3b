"""Lists of orders as offices keep them, and what the words of a status mean; customers by a pseudonym."""

from __future__ import annotations

import re
from hashlib import sha256

from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.written.canonical import fold
from heller.model.text import text

NAME = "orders"

LAYOUT = Layout(
    NAME,
    text("List of {units}"),
    ("bestellungen", "bestellliste", "orders"),
    (
        ColumnWords(
            "number",
            (
                "Bestellnummer", "Bestellnr", "Bestellung", "Auftragsnummer", "Order number", "Order no",
                "Order", "Commande n°", "N° de commande", "Order ID", "Bestell-ID", "Auftrags-ID",
            ),
            needed=True,
        ),
        ColumnWords(
            "date",
            (
                "Bestelldatum", "Auftragsdatum", "Datum", "Order date", "Placed at", "Date", "Created at",
                "Date created",
                "Erstellt am", "Bestellt am", "Eingegangen am",
            ),
            needed=True,
        ),
        ColumnWords("time", ("Uhrzeit", "Bestellzeit", "Time")),
        ColumnWords("customer", ("Kunde", "Kundennummer", "Kundennr", "Customer", "Client")),
        ColumnWords(
            "net",
            (
                "Netto", "Nettobetrag", "Nettosumme", "Nettoumsatz", "Netto Umsatz", "Net", "Net sales",
                "Net total", "Summe netto", "Gesamt netto", "Total excl. VAT", "Total excl. tax",
                "Ventes nettes", "Order Total Amount without Tax",
            ),
        ),
        ColumnWords(
            "gross",
            (
                "Brutto", "Bruttobetrag", "Gesamtbetrag", "Gesamtsumme", "Betrag", "Summe", "Gross", "Total",
                "Order Total Amount", "Summe brutto", "Bruttosumme", "Gesamt brutto", "Gesamtsumme brutto",
                "Grand total",
                "Order total", "Total incl. VAT", "Total incl. tax",
            ),
        ),
        ColumnWords("currency", ("Währung", "Currency", "Devise")),
        ColumnWords("status", ("Status", "Bestellstatus", "Order status", "État")),
        ColumnWords("channel", ("Kanal", "Vertriebskanal", "Channel")),
        ColumnWords("refunded", ("Erstattet", "Erstattung", "Erstattungsbetrag", "Refunded", "Refund amount")),
        ColumnWords("rate", ("USt-Satz", "MwSt-Satz", "Steuersatz", "Tax rate", "VAT rate")),
        ColumnWords("taxes", ("MwSt", "USt", "Steuer", "Umsatzsteuer", "Mehrwertsteuer", "Tax", "Taxes", "VAT",
                              "Order Tax Amount", "Tax amount", "Total tax", "Steuerbetrag", "MwSt-Betrag")),
    ),
)  # fmt: skip
CANCELLED = (
    "stornier",
    "abgebrochen",
    "annullier",
    "cancel",
    "voided",
    "annulee",
    "geloescht",
    "deleted",
    "zurueckgezogen",
)
STANDS = frozenset(
    {
        "", "abgeschlossen", "bezahlt", "versendet", "verschickt", "geliefert", "offen", "neu",
        "komplett abgeschlossen",
        "in bearbeitung", "erstattet", "retourniert", "completed", "complete", "processing", "pending", "closed",
        "on hold", "holded", "paid", "open", "shipped", "fulfilled", "delivered", "refunded", "partially refunded",
        "terminee", "en cours", "zahlung erfolgt", "zahlung erhalten", "payment accepted", "bestellt", "bestaetigt",
        "authorized", "partially paid", "unshipped", "new", "in progress", "teilerstattet", "gepackt", "versandbereit",
    }
)  # fmt: skip
NO_ORDER = frozenset({"failed", "fehlgeschlagen", "draft", "entwurf", "checkout draft", "trash"})
_CUSTOMER_NUMBER = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d[\d-]*", re.ASCII)


def is_cancelled(status: str) -> bool:
    """Whether the word of a status says that the order was cancelled.

    >>> is_cancelled("Storniert / Abgelehnt"), is_cancelled("canceled"), is_cancelled("bezahlt")
    (True, True, False)
    """
    return fold(status).startswith(CANCELLED)


def order_number(raw: str) -> str:
    """The number as mails name it: without '#' and without a spreadsheet's apostrophe."""
    return raw.strip("'# ") or raw


def customer(raw: str) -> str:
    """A customer's number as it is; a name or an address as a pseudonym that is the same in all files.

    >>> customer("K-10023"), customer("Erika Mustermann") == customer("erika  mustermann")
    ('K-10023', True)
    """
    if not raw or _CUSTOMER_NUMBER.fullmatch(raw):
        return raw
    return "P-" + sha256(fold(raw).encode()).hexdigest()[:12]
