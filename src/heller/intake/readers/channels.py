"""Reads a list of the channels of a firm: margin, VAT, value of a unit, who comes later, what a substitute carried."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.reading import Confidence
from heller.intake.tables import headings
from heller.intake.tables.headings import ColumnWords, Layout
from heller.intake.tables.row import WRITE_MOMENT, Row
from heller.intake.written import canonical, numbers
from heller.intake.written.shares import share_range
from heller.model.kinds.sales_channel import SalesChannel
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value_form import HOW, ValueKind

NAME = "channels"

LAYOUT = Layout(
    NAME,
    text("Channels"),
    ("kanaele", "kanäle", "channels"),
    (
        ColumnWords("name", ("Kanal", "Kanäle", "Geschäft", "Channel"), needed=True),
        ColumnWords(
            "margin",
            ("Deckungsbeitrag", "Deckungsbeitragsquote", "Marge", "Contribution margin", "Margin"),
            needed=True,
        ),
        ColumnWords("vat", ("USt-Satz", "MwSt-Satz", "Steuersatz", "VAT rate", "VAT")),
        ColumnWords(
            "value", ("Erlös je Einheit brutto", "Preis je Einheit", "Wert brutto", "Value gross", "Value")
        ),
        ColumnWords("net", ("Erlös je Einheit netto", "Erlös je Einheit", "Wert netto", "Value net")),
        ColumnWords("later", ("Kommt später", "Nachgeholt", "Später", "Comes later", "Caught up later")),
        ColumnWords("carried", ("Ersatz trug", "Notanschluss trug", "Carried", "Substitute carried")),
        ColumnWords("carried_from", ("Ersatz ab", "Notanschluss ab", "Carried from", "Substitute from")),
    ),
)


def identify(head: bytes, name: str) -> Confidence:
    """By the headings."""
    return headings.claim(head, name, LAYOUT)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One channel per row."""
    return headings.gather(blob, LAYOUT, lambda row: _channel(row, zone))


def _channel(row: Row, zone: ZoneInfo) -> SalesChannel:
    least, most = _later(row)
    return SalesChannel(
        row.need("name"),
        margin=_share(row, "margin"),
        vat=_share(row, "vat"),
        value=row.money("net") if row["net"] else row.money("value") if row["value"] else None,
        gross=not row["net"],
        later_least=least,
        later_most=most,
        carried=_share(row, "carried"),
        carried_from=_moment(row, zone) if row["carried_from"] else None,
        source=row.at("name"),
    )


def _share(row: Row, key: str) -> Decimal | None:
    if not row[key]:
        return None
    found = canonical.share(row.short(key, HOW[ValueKind.SHARE]), percent=row[key].isdigit())
    if found is None:
        raise row.unreadable(key, HOW[ValueKind.SHARE])
    return found


def _later(row: Row) -> tuple[Decimal | None, Decimal | None]:
    if not row["later"]:
        return None, None
    said = canonical.yes_no(row["later"])
    found = "0" if said == "no" else share_range(row.short("later", HOW[ValueKind.SHARES]))
    if found is None:
        raise row.unreadable("later", HOW[ValueKind.SHARES])
    least, _, most = found.partition("..")
    return Decimal(least), Decimal(most or least)


def _moment(row: Row, zone: ZoneInfo) -> datetime:
    raw = row.short("carried_from", WRITE_MOMENT)
    found = numbers.moment(raw, "", zone)
    if found is None and (on := numbers.day(raw)):
        found = numbers.local(datetime.combine(on, time()), zone)
    if found is None:
        raise row.unreadable("carried_from", WRITE_MOMENT)
    return found.astimezone(UTC)
