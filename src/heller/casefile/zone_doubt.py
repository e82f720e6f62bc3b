"""Whether the papers of a case point to another time zone than that of its site: it is asked, never decided. Pure.

Asked are the offsets that logs and mails write beside their times, and the country of the firm's bank account (the
first two letters of an IBAN, ISO 13616). One kind of witness that speaks for the zone outweighs one that does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.law.book.seat import zones_of
from heller.model.case import Case, Exhibit
from heller.model.finding import Finding, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.contact import Contact
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.mail import Mail
from heller.model.kinds.order import Order
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.kinds.speed_test import SpeedTest
from heller.model.text import Text, text

IBAN = re.compile(r"([A-Z]{2})\d{2}[0-9A-Z]{4}")
LOGS = (
    DeviceLog,
    HitLog,
    ProbeLog,
    QueueLog,
    SpeedTest,
    Order,
    Contact,
)  # their times are those of the site's clocks
FEW = 3  # mails that point elsewhere; fewer may come from abroad
SEASONS = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))


class ZoneWitness(Struct, frozen=True):
    """What one exhibit says: of which kind, whether it fits the zone of the site, in words, and the zones that it
    speaks for where it does not."""

    kind: str
    fits: bool
    what: Text
    zones: tuple[str, ...] = ()


def zone_doubts(case: Case) -> tuple[Finding, ...]:
    """One finding where at least as many kinds of papers point elsewhere as to the zone of the site; else none."""
    found = [witness for exhibit in case.exhibits for witness in _witnesses(exhibit, case.tz)]
    here = {one.kind for one in found if one.fits}
    against = [one for one in found if one.kind not in here]
    kinds = {one.kind for one in against}
    if not against or len(kinds) < len(here) or (kinds == {"mail"} and len(against) < FEW):
        return ()
    said = text(
        "The papers point to another time zone than {zone}, that of the site: {what}; {n} papers in all.",
        "The papers point to another time zone than {zone}, that of the site: {what}.",
        n=len(against),
        zone=case.zone,
        what=against[0].what,
    )
    zones = sorted({zone for one in against for zone in one.zones})
    do = text(
        "If the site lies elsewhere: heller note CASE zone {zone} WHY. It shows first what that moves.",
        zone=zones[0] if len(zones) == 1 else "ZONE",
    )
    return (Finding("zone-doubt", said, do, Weight.WARNING),)


def _witnesses(exhibit: Exhibit, zone: ZoneInfo) -> Iterator[ZoneWitness]:
    offsets = exhibit.reading.offsets
    if offsets and (kind := _kind(exhibit)):
        away = [one for one in offsets if one.minutes != _minutes(zone, one.at)]
        odd = (away or offsets)[0].minutes
        named = f"UTC{'-' if odd < 0 else '+'}{abs(odd) // 60:02}:{abs(odd) % 60:02}"
        what = text("K {n} ({name}) writes {offset}", n=exhibit.number, name=exhibit.name, offset=named)
        yield ZoneWitness(kind, len(away) < len(offsets), what)
    for account in sorted({str(row.account) for row in exhibit.reading.by_kind.get(BankEntry, ())}):  # type: ignore[attr-defined]
        found = IBAN.match("".join(account.split()))
        there = zones_of(found[1]) if found else ()
        if found and there:
            fits = any(_alike(zone, ZoneInfo(name)) for name in there)
            what = text("K {n} is of an account in {country}", n=exhibit.number, country=found[1])
            yield ZoneWitness("bank", fits, what, there)


def _kind(exhibit: Exhibit) -> str:
    """Which kind of witness an exhibit is; '' where its times are those of somebody else's computer."""
    records = exhibit.reading.by_kind
    if Mail in records:
        return "mail"
    return "log" if any(kind in records for kind in LOGS) else ""


def _minutes(zone: ZoneInfo, at: datetime) -> int:
    away = at.astimezone(zone).utcoffset() or timedelta()
    return int(away.total_seconds() // 60)


def _alike(one: ZoneInfo, other: ZoneInfo) -> bool:
    return all(_minutes(one, at) == _minutes(other, at) for at in SEASONS)
