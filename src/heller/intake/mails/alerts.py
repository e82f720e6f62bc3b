"""The alert of a monitor that came as an e-mail: what it says of a target, and when, proposed as a contact with its
place. Nothing counts before a person confirms it, and no outage is made of it.

The words are those of Uptime Kuma, Zabbix, Nagios and Icinga, PRTG, UptimeRobot, Better Stack and Healthchecks as
samples and their documentation have them; what is not known is left a mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.written import wall_time
from heller.intake.written.wall_time import Moment
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.mail import Mail
from heller.model.kinds.proposed import Proposed

MOST = 4  # proposals of one mail
LONGEST = 300  # characters that are kept
_STATE = re.compile(
    r"\U0001f534|✅|\b(?:down|up|problem|resolved|recovery|recovered|unreachable|offline|online|critical|"
    r"ok|fehler|error|alarm|alert|failed|failure|started|"
    r"störung|ausgefallen|wieder erreichbar|nicht erreichbar|incident (?:started|resolved))\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:^|\b)(?:event timestamp|occurred at|beginn|gestartet|"
    r"time|zeit|date/time|datum/uhrzeit|started at|resolved at|problem started at|"
    r"problem has been resolved at|"
    r"last scan|letzter scan|since|seit|event time|down since|up since|incident started at)\b"
    r"(?:\s{0,9}\((?P<zone>[A-Za-z_]{1,40}/[A-Za-z_]{1,40}|UTC)\))?\s{0,9}:?\s{0,9}(?P<said>.{8,60}?)[^\S\n]{0,20}$",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST = re.compile(
    r"(?P<clock>\d{1,2}:\d\d:\d\d) (?:on|am) (?P<day>\d{4}[.-]\d\d[.-]\d\d)"
)  # as Zabbix writes it
_SOMEWHERE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?|\d{1,2}\.\d{1,2}\.\d{4},? \d{1,2}:\d\d(?::\d\d)?"
)


def alerts(mail: Mail, zone: ZoneInfo) -> tuple[Proposed, ...]:
    """What the alert says; nothing for a mail whose subject names no state or whose text no time of it."""
    if not _STATE.search(mail.subject):
        return ()
    return tuple(_proposals(mail, zone))[:MOST]


def _proposals(mail: Mail, zone: ZoneInfo) -> Iterator[Proposed]:
    for hit in _TIME.finditer(mail.body):
        at = _moment(hit["said"], _zone(hit["zone"]) or zone)
        if at is None:
            continue
        line = hit[0].strip()
        place = replace(mail.source, place="body", raw=line[:200])
        said = f"{mail.subject}: {line}"[:LONGEST]
        yield Proposed(Contact(at.at, ContactKind.CONTACT, "e-mail", mail.sender, said, source=place), place)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (OSError, ValueError, KeyError):  # no such zone here
        return None


def _moment(said: str, zone: ZoneInfo) -> Moment | None:
    if hit := _FIRST.search(said):
        return wall_time.stamp(f"{hit['day'].replace('.', '-')} {hit['clock']}", zone)
    whole = wall_time.stamp(said.removesuffix(" Uhr"), zone)
    inner = _SOMEWHERE.search(said)
    return whole or (wall_time.stamp(inner[0], zone) if inner else None)
