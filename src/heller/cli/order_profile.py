"""The part of `heller profile` for lists of orders: which column is which, and the rate of tax of gross amounts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.cli import screen
from heller.cli.screen import tr
from heller.intake import as_plain
from heller.intake.readers import orders
from heller.intake.tables import propose
from heller.intake.tables.export import find
from heller.intake.tables.profile import TableProfile, look, save
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.kinds.order import Order
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

SHOWN = 5
ROLES: dict[str, Text] = {
    "number": text("Number"),
    "date": text("Day"),
    "net": text("Net amount"),
    "gross": text("Gross amount"),
    "taxes": text("Tax"),
    "rate": text("Rate of the tax"),
    "currency": text("Currency"),
    "status": text("State"),
    "refunded": text("Paid back"),
    "channel": text("Channel"),
    "customer": text("Customer"),
}
GREATEST = Decimal(30)  # per cent


def is_one(blob: Blob, content: str, columns: Mapping[str, str]) -> bool:
    """Whether a table is a list of orders, or is said to be one by its columns."""
    if {"number", "gross", "net"} & columns.keys():
        return True
    known = orders.identify(blob.data[:65536], blob.name).score >= 50
    return known or (not columns and bool(propose.orders(content)))


def show(
    blob: Blob,
    content: str,
    columns: Mapping[str, str],
    rate: str,
    dates: str,
    currency: str = "",
    *,
    keep: bool,
    json: bool,
) -> None:
    """The proposal with its preview; kept where it is asked for. Raises InputRefused."""
    profile = _profile(content, columns, rate, dates)
    profile = replace(profile, currency=currency.upper() or profile.currency)
    listing = find(content, profile.columns, profile.needed)
    if listing is None:
        raise _no_orders(blob.name)
    reading = orders.read_by(blob, ZoneInfo("Europe/Berlin"), profile, orders.layout_of(profile))
    if keep and not any(isinstance(record, Order) for record in reading.records):
        raise InputRefused(
            text("The layout is not kept: no row can be read by it."),
            text("A layout is recalled by its headings, and is only worth keeping where it reads."),
            text("Say which column is which, and the rate of gross amounts: --column gross=... --rate 19"),
        )
    named = {role: listing.head.cells[at] for role, at in listing.places.items() if role in ROLES}
    own = replace(profile, source="confirmed by a person")
    path = save(own, listing.head.cells) if keep else None
    if json:
        values = {
            key: value.value for d in as_plain.documents(reading)[:1] for key, value in d.values.items()
        }
        screen.as_json({"columns": named, "orders": values, **({"saved": str(path)} if path else {})})
        return
    _print(blob.name, named, reading, path)


def _profile(content: str, columns: Mapping[str, str], rate: str, dates: str) -> TableProfile:
    found = look(content[:32768], orders.NAME)
    profile = found.profile if found else orders.proposed()
    if not columns and find(content, profile.columns, profile.needed) is None:
        columns = propose.orders(content)
    if columns:
        known = {role: words for role, words in profile.columns.items() if role not in columns}
        known |= {role: (word,) for role, word in columns.items()}
        profile = replace(profile, columns=known, needed=("number", "date", *columns))
    if rate:
        value = numbers.decimal(rate.strip(" %"))
        if value is None or not 0 <= value <= GREATEST:
            raise InputRefused(
                text("{rate} is no rate of VAT.", rate=rate),
                text("Net amounts are worked out from it."),
                text("Write it as --rate 19"),
            )
        profile = replace(profile, rate=str(value))
    return replace(profile, dates=(dates,)) if dates else profile


def _print(name: str, named: Mapping[str, str], reading: Reading, path: Path | None) -> None:
    say = screen.words()
    screen.heading(say(text("{name}: which column is which", name=name)))
    roles = screen.table(tr("Role"), tr("Column"))
    for role, column in named.items():
        roles.add_row(say(ROLES[role]), column)
    screen.out().print(roles)
    rows = screen.table(tr("Row"), tr("Day"), tr("Order"), tr("Net"), right=(3,))
    for order in [r for r in reading.records if isinstance(r, Order)][:SHOWN]:
        rows.add_row(order.source.place, say.day(order.at.date()), order.number, say.money(order.net))
    screen.out().print(rows)
    for finding in reading.findings[:SHOWN]:
        screen.point(say(finding.text), "!", "yellow")
    if path:
        screen.point(
            say(text("Kept as {path}. Tables with these headings are now read by it.", path=str(path)))
        )
    else:
        said = text("If this is right, keep it: heller profile {name} --save", name=name)
        screen.point(say(said), " ", "dim")


def _no_orders(name: str) -> InputRefused:
    return InputRefused(
        text("In {name} no row was found that has a number and a day.", name=name),
        text("Which column is which is not guessed."),
        text("Say it: --column number=HEADING --column date=HEADING --column gross=HEADING --rate 19"),
    )
