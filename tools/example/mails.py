"""The mails: order confirmation, the promise in writing, a receipt, customers who cancel. All invented."""

from __future__ import annotations

from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from example.calendar import BERLIN
from example.papers import RADIO, cii
from example.shop import Row

FIRM = "Inhaber <inhaber@musterversand.example>"
MANAGER = "Key-Account-Manager <kam@beispiel-telekom.example>"


def files(cancelled: list[Row]) -> dict[str, bytes]:
    """Every mail as its file."""
    made = {
        "auftragsbestaetigung.eml": mail(
            "2014-12-15T09:12:00",
            "Auftrag <auftrag@beispiel-telekom.example>",
            FIRM,
            "Auftragsbestätigung CC-0034-2015",
            "Sehr geehrte Damen und Herren,\n\nwir bestätigen Ihren Auftrag:\n\n"
            "  Produkt          CompanyConnect 34 Mbit/s, symmetrisch, feste IP-Adressen\n"
            "  Vertragsnummer   CC-0034-2015\n"
            "  Grundpreis       500,00 EUR im Monat zuzüglich Umsatzsteuer\n"
            "  Übernahme        4. Februar 2015\n\nMit freundlichen Grüßen\nBeispiel Telekommunikation AG (erfunden)\n",
        ),
        "zusage-bestaetigung.eml": mail(
            "2015-01-12T11:02:00",
            FIRM,
            MANAGER,
            "Übernahme ohne Unterbrechung am 4. Februar",
            "Guten Tag,\n\nich bestätige unser Telefonat von heute, 10:15 Uhr: Sie haben zugesagt, dass der\n"
            "Anschluss am 4. Februar 2015 ohne Unterbrechung übernommen wird. Wenn Sie das anders sehen,\n"
            "widersprechen Sie bitte umgehend.\n\nMit freundlichen Grüßen\nInhaber, Musterversand Beispiel GmbH (erfunden)\n",
        ),
        "rechnung-notanschluss.eml": mail(
            "2015-02-12T16:40:00",
            "Buchhaltung <rechnung@funkanbindung.example>",
            FIRM,
            "Rechnung FB-1042",
            "Guten Tag,\n\nanbei unsere Rechnung FB-1042.\n\nFunkanbindung Beispiel KG (erfunden)\n",
            attached=("rechnung-FB-1042.xml", cii(RADIO)),
        ),
    }
    days = ("2015-02-06T08:41:00", "2015-02-09T17:20:00", "2015-02-11T12:03:00")
    for n, sent in enumerate(days):
        orders = [row.number for row in cancelled[2 * n : 2 * n + 2]]
        made[f"storno-{n + 1}.eml"] = mail(
            sent,
            f"Kunde <kunde{n + 1}@example.org>",
            "Bestellung <bestellung@musterversand.example>",
            f"Stornierung Bestellung {orders[0]}",
            f"Guten Tag,\n\nleider ist unsere Ware nicht gekommen und bei Ihnen niemand zu erreichen.\n"
            f"Wir stornieren hiermit die Bestellung {orders[0]} und die Bestellung {orders[1]} und haben\n"
            "anderswo gekauft.\n\nMit freundlichen Grüßen\n(Kunde, erfunden)\n",
        )
    return made


def mail(
    at: str, sender: str, to: str, subject: str, body: str, attached: tuple[str, bytes] | None = None
) -> bytes:
    """A mail as it would lie on a disk; the same input gives the same bytes."""
    message = EmailMessage(policy.SMTP)
    message["Date"] = format_datetime(datetime.fromisoformat(at).replace(tzinfo=BERLIN))
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{at.replace(':', '')}@musterversand.example>"
    message.set_content(body)
    if attached:
        message.add_attachment(attached[1], maintype="application", subtype="xml", filename=attached[0])
        message.set_boundary("=-=-beispiel-=-=")
    return bytes(message)
