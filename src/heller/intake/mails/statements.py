"""What a provider's mail says of a disturbance with a time of day: since when, reported when, over when, planned
from when. Each is proposed as a contact at the instant that stands there, with its sentence; nothing counts before a
person confirms it. A time of day without a day is of the day of the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.mails.alerts import alerts
from heller.intake.paper.proposals import Letter, proposals
from heller.intake.written import wall_time
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.mail import Mail
from heller.model.kinds.proposed import Proposed

MOST = 6  # proposals of one mail
LONGEST = 300  # characters that are kept
_ABOUT = re.compile(
    r"st[öo]rung|ausf[aä]ll|wartung|unterbrech|outage|incident|maintenance|disturbance", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:(?P<day>\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d|heute|gestern|today|yesterday),?\s{0,3})?"
    r"(?:(?:um|gegen|ab|seit|at|from|since)\s{1,3})?(?P<clock>\d{1,2}[:.]\d{2})(?::\d{2})?\s?(?:Uhr|h\b|o'clock|CES?T\b)"
)
_END = re.compile(r"(?<=[!?])\s+|(?<=[a-zäöüß)]\.)\s+(?=[A-ZÄÖÜ])|\n\s*\n")
_REPORTED = re.compile(r"gemeldet|gemeldete|ihre meldung|reported", re.IGNORECASE)
_SAYS = re.compile(
    r"behoben|beseitigt|entst[öo]rt|wiederhergestellt|wieder verf[üu]gbar|gemeldet|ihre meldung|reported|seit|wartung|"
    r"restored|resolved|since|maintenance|besteht|beginn",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"voraussichtlich|rechnen mit|expected|bis (?:sp[äa]testens|zum)|termin", re.IGNORECASE
)


def of_mail(mail: Mail, letter: Letter, zone: ZoneInfo) -> tuple[Proposed, ...]:
    """All that a mail states: as any letter, as a monitor's alert, as a provider's word on times. A report with its own
    time goes before one that is dated by the mail."""
    timed = statements(mail, zone)
    own = {one.record.said for one in timed if isinstance(one.record, Contact)}
    stated = [
        one
        for one in proposals(letter)
        if not (
            isinstance(one.record, Contact)
            and one.record.kind is ContactKind.FAULT_REPORT
            and one.record.said in own
        )
    ]
    return (*stated, *alerts(mail, zone), *timed)


def statements(mail: Mail, zone: ZoneInfo) -> tuple[Proposed, ...]:
    """What the mail says of times of a disturbance; nothing for a mail that speaks of none."""
    if not _ABOUT.search(f"{mail.subject}\n{mail.body}"):
        return ()
    found = {
        one.record.said + str(one.record.at): one
        for one in _found(mail, zone)
        if isinstance(one.record, Contact)
    }
    return tuple(found.values())[:MOST]


def _found(mail: Mail, zone: ZoneInfo) -> Iterator[Proposed]:
    for sentence in _END.split(mail.body):
        said = " ".join(sentence.split())
        if not _SAYS.search(said) or _PROMISED.search(said):
            continue
        hits = list(_TIME.finditer(said))
        for n, hit in enumerate(hits):
            at = _moment(hit, mail, zone)
            if at is None:
                continue
            # What is said of a time stands before the next one.
            part = said[hits[n - 1].end() if n else 0 : hits[n + 1].start() if n + 1 < len(hits) else None]
            kind = ContactKind.FAULT_REPORT if _reported(part, hit, said) else ContactKind.CONTACT
            place = replace(mail.source, place="body", raw=said[:200])
            incoming = kind is not ContactKind.FAULT_REPORT
            yield Proposed(
                Contact(at.at, kind, "e-mail", mail.sender, said[:LONGEST], incoming=incoming, source=place),
                place,
            )


def _reported(part: str, hit: re.Match[str], said: str) -> bool:
    """Whether a time is that of the report: its word stands nearer than one for the end."""
    after = said[hit.end() : hit.end() + 25]
    return bool(_REPORTED.search(part)) and not re.match(
        r"[^,;]{0,12}(?:behoben|beseitigt|entst|wieder)", after
    )


def _moment(hit: re.Match[str], mail: Mail, zone: ZoneInfo) -> wall_time.Moment | None:
    day = (hit["day"] or "heute").lower()
    if not day[0].isdigit():
        written = mail.at.astimezone(zone) - timedelta(days=day in ("gestern", "yesterday"))
        day = f"{written:%Y-%m-%d}"
    return wall_time.stamp(f"{day} {hit['clock'].replace('.', ':')}", zone)
