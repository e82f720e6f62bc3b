"""E-mails: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime

from heller.model.finding import Locator
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import text


class Mail(RecordNoun, frozen=True, tag="mail"):
    """An e-mail. `orders` are the order numbers that it names."""

    at: datetime
    sender: str
    to: str
    subject: str
    body: str
    source: Locator
    orders: tuple[str, ...] = ()


LONGEST = 4000  # characters of a mail that are shown


def _line(record: Mail) -> tuple[object, ...]:
    return (
        record.at,
        record.sender,
        record.subject,
    )


def _persons(record: Mail) -> tuple[str, ...]:
    return tuple(said for said in (record.sender, record.to) if "<" in said)


def _event(record: Mail) -> ChronologyEvent:
    return ChronologyEvent(
        record.at,
        "mail",
        text("E-mail: {subject}", subject=record.subject),
        who=f"{record.sender} → {record.to}",
        quoted=record.body[:LONGEST] + ("…" if len(record.body) > LONGEST else ""),
        sources=(record.source,),
        printed=False,
    )


KIND = RecordKind(Mail, text("E-mails"), "mail", _line, _persons, alone=True, event=_event)
