"""E-mails (.eml): who wrote what to whom and when, the orders named, and the attachments as members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.mails import headers, parts, statements
from heller.intake.paper.proposals import Letter, LetterLine
from heller.intake.readers import fritzbox
from heller.intake.reading import NOT_MINE, Confidence, nothing, reading_of_error
from heller.intake.written import numbers
from heller.intake.written.encoding import windows_signs
from heller.intake.written.numbers import decode, head_text
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.mail import Mail
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

if TYPE_CHECKING:
    from email.message import EmailMessage, Message

NAME = "mail"

ZONES = {  # hours before UTC of names that programs write into a date
    "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "WET": 0, "WEST": 1, "BST": 1, "EET": 2, "EEST": 3, "OEZ": 2, "OESZ": 3,
}  # fmt: skip
USUAL_ZONES = frozenset({"CET", "CEST", "WET", "WEST", "EET", "EEST"})
_ZONE_NAME = re.compile(r"\d\s+\(?([A-Za-z]{2,5})\)?\s*$")
_OFFSET = re.compile(r"([+-]\d{2}):?(\d{2})$")
UTC_CLOCK = ZoneInfo("UTC")
_LENGTH = re.compile(rb"(\d{1,9})[ \t]*\r?\n(?=[A-Za-z-]+:)")
LIMIT = 60 * 1024 * 1024
BODY = 200_000  # characters that are kept of a body
_HEADER = re.compile(
    r"^(From|To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Reply-To|Cc):",
    re.IGNORECASE | re.MULTILINE,
)
_ORDER = re.compile(
    r"(?i:\b(?:Bestell(?:ung|nummer|nr\.?)|Auftrag(?:snummer)?|Order))(?i:\s{0,20}(?:Nr\.?|Nummer|No\.?|number))?"
    r"\s{0,20}[:#]?\s{0,20}([A-Z]{0,3}-?\d{5,40})\b"
)


def identify(head: bytes, name: str) -> Confidence:
    """By the headers at its start: two different ones at least, with the sender among them."""
    length = _LENGTH.match(head)
    top = re.split(r"\r?\n\r?\n", head_text(head[length.end() if length else 0 :]).lstrip(), maxsplit=1)[0]
    if not re.match(r"(From |[A-Za-z0-9-]+:)", top):
        return NOT_MINE
    found = {header.lower() for header in _HEADER.findall(top)}
    if len(found) < 2 or not found & {"from", "received", "return-path"}:
        return NOT_MINE
    return Confidence(
        90 if name.lower().endswith(".eml") else 80, text("It begins with the headers of a mail.")
    )


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The mail itself; its attachments are read as members."""
    try:
        message = _message(blob)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    stamp, subject = _stamp(message), headers.said(message, "subject")
    at, odd = _moment(stamp, zone)
    place = "Date"
    if not stamp and (stamp := _received(message)):
        (at, _), place = _moment(stamp, zone), "Received"
        odd = text("The e-mail has no date of its own; the time at which a server received it was taken.")
    if at is None:
        return nothing(blob, _no_date(blob, stamp), NAME)
    body = _body(message)
    mail = Mail(
        at,
        headers.said(message, "from"),
        headers.said(message, "to"),
        subject,
        body,
        Locator(blob.digest, place, stamp),
        tuple(dict.fromkeys(_ORDER.findall(f"{subject}\n{body}"))),
    )
    at_date = Locator(blob.digest, place, stamp)
    do = text("Compare it with the headers 'Received'; an hour more or less may decide.")
    doubts = (
        *headers.repaired(message, blob),
        *((Finding("unknown-zone", odd, do, source=at_date),) if odd else ()),
    )
    return Reading(
        NAME, subject or blob.name, (mail, *statements.of_mail(mail, _letter(mail), zone)), doubts, rows=1
    )


def _pictures(message: EmailMessage, blob: Blob) -> Iterator[Finding]:
    """The note about pictures in the text, which are not read."""
    if count := parts.pictures(message):
        said = text(
            "{n} pictures in the text of the e-mail were not read.",
            "One picture in the text of the e-mail was not read.",
            n=count,
        )
        yield Finding("pictures-unread", said, None, Weight.NOTE, Locator(blob.digest))


def _letter(mail: Mail) -> Letter:
    """The mail as a letter that may state facts; what it quotes of an earlier one is left out."""
    lines = [
        LetterLine(said, replace(mail.source, place="body", raw=said[:200]))
        for said in mail.body.splitlines()
    ]
    own = [line for line in lines if not line.said.lstrip().startswith(">")]
    subject = LetterLine(mail.subject, replace(mail.source, place="Subject", raw=mail.subject))
    return Letter([subject, LetterLine("", mail.source), *own], mail.sender, mail.at, "e-mail")


def members(blob: Blob) -> tuple[Blob, ...]:
    """The attachments and attached mails; pictures that are part of the text are left out and counted."""
    found = []
    for n, part in enumerate(parts.files(_message(blob)), 1):
        data = parts.content(part)
        if data:
            found.append(Blob(parts.filename(part, n), data, blob.digest))
    return (*found, *_router_log(blob))


def _router_log(blob: Blob) -> Iterator[Blob]:
    """The event log that a FRITZ!Box sends as the body of its push mail."""
    if b"FRITZ!" not in blob.data[:8192]:
        return
    try:
        part = _message(blob).get_body(("html", "plain"))
    except Exception:  # a broken structure has no body that could be told apart
        return
    if part is None:
        return
    data = _text(part).encode()
    if fritzbox.identify(data, "").score:
        yield Blob(
            "ereignisse.html" if part.get_content_subtype() == "html" else "ereignisse.txt", data, blob.digest
        )


def _message(blob: Blob) -> EmailMessage:
    if len(blob.data) > LIMIT:
        raise refuse(text("The e-mail is too large ({size} bytes).", size=len(blob.data)))
    from email import message_from_bytes, policy  # loaded for a mail only: every start asks every reader

    try:
        return parts.unsealed(message_from_bytes(_bare(blob.data), policy=policy.default))
    except Exception as error:  # the parser of the standard library has many ways to fail
        raise refuse(text("The e-mail is broken and cannot be read.")) from error


def _bare(data: bytes) -> bytes:
    """The mail itself: Apple Mail (.emlx) writes its length before it and a list of properties behind it."""
    match = _LENGTH.match(data)
    return data[match.end() : match.end() + int(match[1])] if match else data


def refuse(what: Text) -> InputRefused:
    """That nothing is taken from a mail, and what to do."""
    return InputRefused(
        what,
        text("Neither its words nor its attachments can be taken from it."),
        text("Save the mail again from the mail program as .eml, or add its attachments one by one."),
    )


def _stamp(message: Message) -> str:
    """The Date header as it was written: the library's own form of it has lost the name of the zone."""
    raw = next((value for name, value in message.raw_items() if name.lower() == "date"), "")
    return " ".join(str(raw).split())


def _received(message: Message) -> str:
    """When the last server says that it received the mail: what stands behind the last semicolon of its header."""
    raw = next((value for name, value in message.raw_items() if name.lower() == "received"), "")
    return " ".join(str(raw).rpartition(";")[2].split())


def _moment(stamp: str, zone: ZoneInfo) -> tuple[datetime | None, Text | None]:
    """The instant of the Date header, and what is in doubt about its zone.

    '-0000' means that only UTC is known (RFC 5322, 3.3). A name of a zone that mail does not know is taken by the
    table; an unknown one, or none, is taken for the zone of the case.
    """
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(stamp)
        if found.tzinfo is not None:
            return found.astimezone(UTC), None
        name = _ZONE_NAME.search(stamp)
        said = name[1].upper() if name else ""
        if said in ZONES:
            odd = None if said in USUAL_ZONES else _zone_doubt(said)
            return found.replace(tzinfo=timezone(timedelta(hours=ZONES[said]))).astimezone(UTC), odd
        if stamp.rstrip().endswith("-0000"):
            return found.replace(tzinfo=UTC), None
        return found.replace(tzinfo=zone).astimezone(UTC), _zone_doubt(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _otherwise(stamp, zone)


def _otherwise(stamp: str, zone: ZoneInfo) -> tuple[datetime | None, Text | None]:
    """The instant of a Date header as an office or a program writes it: ISO 8601, '14.03.2024 09:30', 'Do, 14 Mrz 2024
    09:30:00 +0100'."""
    if "T" not in stamp and (match := _OFFSET.search(stamp)):
        found = numbers.moment(stamp[: match.start()].rstrip(), "", UTC_CLOCK)
        hours, minutes = int(match[1]), int(match[2])
        ahead = timedelta(hours=abs(hours), minutes=minutes) * (-1 if match[1][0] == "-" else 1)
        return (None if found is None else found - ahead), None
    found = numbers.moment(stamp, "", zone)
    return found, None if found is None or _OFFSET.search(stamp) or stamp.endswith("Z") else _zone_doubt("")


def _zone_doubt(said: str) -> Text:
    if not said:
        return text("The date of the e-mail names no time zone; that of the case was taken.")
    if said in ZONES:
        return text(
            "The date of the e-mail names the zone '{zone}', which is none of mail's own names; it was taken as "
            "UTC+{hours}.",
            zone=said,
            hours=ZONES[said],
        )
    return text(
        "The date of the e-mail names a zone that is not known ('{zone}'); that of the case was taken.",
        zone=said,
    )


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(("plain", "html"))
    except Exception:  # a broken structure has no body that could be told apart
        part = None
    said = "" if part is None else _text(part)
    if part is not None and part.get_content_subtype() == "html":
        from heller.intake.mails import html_words

        said = html_words.without_tags(said)
    return (said.strip() or _in_winmail(message))[:BODY]


def _in_winmail(message: EmailMessage) -> str:
    """The text that Outlook packed into a winmail.dat, where the mail has none of its own."""
    from heller.intake.readers import winmail

    said = (winmail.words(parts.content(part)) for part in parts.files(message))
    return next(filter(None, said), "").strip()


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    try:
        return windows_signs(raw.decode(part.get_content_charset("utf-8")))
    except (LookupError, UnicodeDecodeError):
        return decode(raw.replace(b"\x00", b""))


def _no_date(blob: Blob, stamp: str) -> Finding:
    return Finding(
        "no-date",
        text("The e-mail {name} has no date that can be read.", name=blob.name),
        text("Note the contact by hand, with the day on which it came."),
        Weight.WARNING,
        Locator(blob.digest, "Date", stamp),
    )
