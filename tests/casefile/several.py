"""A firm with several outages and lines, by hand: routers' logs, contacts, receipts. For tests of events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller import pipeline
from heller.model.case import Case, Exhibit
from heller.model.claim import Claim
from heller.model.finding import Locator
from heller.model.kinds.access_line import AccessLine, LineRole
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.purpose import Purpose
from heller.model.money import Money
from heller.model.record import Reading, Record

BERLIN = ZoneInfo("Europe/Berlin")
TAKEN = datetime(2026, 9, 30, tzinfo=UTC)
FACTS = {
    "firm.name": "Erfundene Maß GmbH",
    "firm.deducts_input_vat": "yes",
    "firm.state": "Hamburg",
    "line.country": "DE",
    "line.monthly_fee": "300.00",
    "provider.name": "Netz A (erfunden)",
}


def at(day: str, hour: int = 9) -> datetime:
    """An hour of a day at the site, in UTC."""
    return (
        datetime.combine(date.fromisoformat(day), datetime.min.time(), BERLIN)
        .replace(hour=hour)
        .astimezone(UTC)
    )


def exhibit(number: int, name: str, *records: Record) -> Exhibit:
    """A file that says these records."""
    return Exhibit(
        number, f"{number:064x}", name, "text/plain", 1, TAKEN, number, Reading("test", name, records)
    )


def router(number: int, name: str, *downs: tuple[datetime, datetime], device: str = "router") -> Exhibit:
    """A router's log with the times in which its line was down."""
    signs = (DeviceSign.LINE_DOWN, DeviceSign.LINE_UP)
    rows = sorted((when, sign.value, sign) for span in downs for when, sign in zip(span, signs, strict=True))
    events = tuple(DeviceEvent(when, sign, "DSL", n) for n, (when, _, sign) in enumerate(rows, 1))
    return exhibit(number, name, DeviceLog(device, events, Locator(f"{number:064x}", "")))


def receipt(number: int, name: str, day: str, net: str) -> Exhibit:
    """An invoice of a day, without VAT."""
    amount = Money.of(net)
    found = Invoice(
        name, date.fromisoformat(day), "Händler", amount, Money(0), amount, Locator(f"{number:064x}", "")
    )
    return exhibit(number, f"{name}.pdf", found)


def purpose(invoice: str, head: str = "hardware") -> Purpose:
    """What a receipt was for."""
    return Purpose(invoice, head, Decimal(1), "for the outage")


def demand(day: str, until: str) -> Contact:
    """A demand with a day, by the firm."""
    until_day = date.fromisoformat(until)
    said = f"Pay by {until}."
    return Contact(at(day), ContactKind.DEMAND, "letter", "Netz A", said, incoming=False, until=until_day)


def case(exhibits: Iterable[Exhibit], *noted: Record, **facts: str) -> Case:
    """A case; `provider__name` is the fact `provider.name`."""
    said = FACTS | {key.replace("__", "."): value for key, value in facts.items()}
    records = (*(Fact(key, value) for key, value in said.items()), *noted)
    return Case(
        "c" * 32, at("2022-01-01"), tuple(exhibits), records, noted_in=tuple(range(100, 100 + len(records)))
    )


def more(of: Case, *noted: Record, exhibits: Iterable[Exhibit] = ()) -> Case:
    """The case with more written down at its end."""
    entries = tuple(range(200, 200 + len(noted)))
    return replace(
        of,
        exhibits=(*of.exhibits, *exhibits),
        noted=(*of.noted, *noted),
        noted_in=(*of.noted_in, *entries),
    )


def claim(of: Case, as_of: str) -> Claim:
    """What is owed on a day."""
    return pipeline.claim(of, date.fromisoformat(as_of))


def backup(name: str = "backup") -> tuple[AccessLine, AccessLine]:
    """A main line and its backup."""
    return AccessLine("main"), AccessLine(name, LineRole.BACKUP, backs="main")
