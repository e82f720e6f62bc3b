"""The shop's orders: real order lines, moved in time, with the outage and a partial catch-up cut in."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from example.calendar import BACK, BERLIN, DEAD

WEEKS = 188  # 29 June 2011 becomes 4 February 2015; weekdays stay
EVERY = 8  # one order in eight
FIRST, LAST = datetime(2014, 7, 9), datetime(2015, 6, 1)
LARGEST = Decimal(2500)  # single bulk orders above this are left out
BY_PHONE, CAME_BACK = 0.22, 0.25


class Row(NamedTuple):
    """One order as the shop exports it."""

    number: str
    at: datetime
    customer: str
    net: Decimal
    status: str = "abgeschlossen"


class Cut(NamedTuple):
    """What the shop exports, and what was cut into it."""

    rows: list[Row]
    dropped: list[Row]
    back: list[Row]
    cancelled: list[Row]


def source(path: Path) -> Iterator[Row]:
    """Every eighth order of the real shop, moved by 188 weeks."""
    with path.open(newline="") as file:
        kept = [
            r for r in csv.DictReader(file) if not r["order"].startswith("C") and Decimal(r["total_gbp"]) > 0
        ]
    for row in kept[::EVERY]:
        at = datetime.fromisoformat(row["placed_at"]) + timedelta(weeks=WEEKS)
        net = Decimal(row["total_gbp"])
        if FIRST <= at < LAST and net <= LARGEST:
            yield Row(f"B-{row['order']}", at, f"K{row['customer'] or '00000'}", net)


def cut(path: Path) -> Cut:
    """Drop the orders of the dead days but those by phone, let some come back, cancel six before."""
    dice = random.Random(188)
    dead, back = DEAD.replace(tzinfo=None), BACK.replace(tzinfo=None)
    rows: list[Row] = []
    dropped: list[Row] = []
    returned: list[Row] = []
    for row in source(path):
        if not dead <= row.at < back or dice.random() < BY_PHONE:
            rows.append(row)
        else:
            dropped.append(row)
            if dice.random() < CAME_BACK:
                later = min(13, int(dice.expovariate(1 / 4)))
                day = back.date() + timedelta(days=later)
                day += timedelta(days=day.weekday() == 5)  # the shop takes no orders on Saturdays
                at = datetime.combine(day, row.at.time()) + timedelta(hours=2 if later == 0 else 0)
                returned.append(row._replace(at=max(at, back + timedelta(minutes=7))))
    before = [
        r for r in rows if dead - timedelta(days=2) <= r.at < dead and Decimal(150) < r.net < Decimal(900)
    ]
    cancelled = [r._replace(status="storniert") for r in before[-6:]]
    gone = {r.number for r in cancelled}
    kept = [r for r in rows if r.number not in gone]
    return Cut(
        sorted([*kept, *returned, *cancelled], key=lambda r: (r.at, r.number)), dropped, returned, cancelled
    )


def table(made: Cut) -> bytes:
    """The export: semicolons, decimal comma, local time."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Bestellnummer", "Bestelldatum", "Kunde", "Netto", "Währung", "Status", "Kanal"])
    for row in made.rows:
        stamp = row.at.replace(tzinfo=BERLIN).isoformat(timespec="seconds")
        writer.writerow(
            [row.number, stamp, row.customer, f"{row.net}".replace(".", ","), "EUR", row.status, "shop"]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def truth(made: Cut) -> list[str]:
    """What was cut in, so that an estimate can be judged."""

    def sums(rows: list[Row]) -> str:
        return f"{len(rows)} orders, {sum((r.net for r in rows), Decimal(0))} EUR"

    return [
        f"exported  {sums(made.rows)}",
        f"dropped   {sums(made.dropped)}",
        f"came back {sums(made.back)}",
        f"cancelled {sums(made.cancelled)}",
    ]
