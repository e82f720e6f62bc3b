"""E-mails: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime

from heller.model.finding import Locator
from heller.model.record_field import Personal, moment, prose, words
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


FIELDS = (
    moment("at", text("When was it?"), listed=True),
    words("sender", text("From"), personal=Personal.MAILBOX, listed=True),
    words("to", text("To"), personal=Personal.MAILBOX),
    prose("subject", text("Subject"), listed=True),
    prose("body", text("Words of the mail")),
    words("orders", text("Numbers that it names"), many=True),
)
KIND = RecordKind(
    Mail, text("E-mails"), "mail", FIELDS, alone=True, event_of=_event, known_of=lambda record: record.at
)
