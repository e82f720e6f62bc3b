"""Outlook's own format for a mail (.msg): put back into the form of RFC 5322, and read like any other mail.

A compound file with a stream for each property of the mail, of its recipients and of its attachments
(MS-OXMSG); mails that are attached are storages of the same kind inside it (2.2.2.1). What stands only in
formatted text (RTF) is not read, which is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.readers import mail
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.mail import Mail
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from heller.intake.mails.outlook import Message

NAME = "msg"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROPERTIES = "__properties_version1.0".encode("utf-16-le")  # MS-OXMSG 2.4: each message has this stream


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of a compound file, and by the stream of properties or the name."""
    if not head.startswith(OLE):
        return NOT_MINE
    if PROPERTIES in head or name.lower().endswith(".msg"):
        return Confidence(90, text("It is a compound file with the properties of a mail."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The mail itself; its attachments are read as members."""
    try:
        message = _message(blob)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)
    reading = replace(mail.read(_eml(blob, message), zone), reader=NAME)
    if not message.only_rich or not any(isinstance(record, Mail) for record in reading.records):
        return reading
    return replace(reading, findings=(*reading.findings, _only_rich(blob)))


def members(blob: Blob) -> tuple[Blob, ...]:
    """The attachments, and attached mails as .eml; pictures that are part of the text are left out."""
    return mail.members(_eml(blob, _message(blob)))


def _message(blob: Blob) -> Message:
    if len(blob.data) > mail.LIMIT:
        raise mail.refuse(text("The e-mail is too large ({size} bytes).", size=len(blob.data)))
    from heller.intake.mails import outlook  # loaded for a mail only: every start asks every reader

    found = outlook.message(blob.data)
    if found is None:
        raise mail.refuse(text("The e-mail is broken and cannot be read."))
    return found


def _eml(blob: Blob, message: Message) -> Blob:
    return Blob(blob.name, _mime(message, count()), blob.digest)


def _mime(message: Message, numbers: Iterator[int]) -> bytes:
    """The mail as RFC 5322 and MIME write it; the same bytes for the same mail."""
    from email.encoders import encode_base64
    from email.header import Header
    from email.mime.base import MIMEBase
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    made = MIMEMultipart(boundary=f"=_part_{next(numbers)}_")
    for name, said in message.headers:
        made[name] = said if said.isascii() else Header(said, "utf-8", header_name=name).encode()
    made.attach(MIMEText(message.body, "html" if message.html else "plain", "utf-8"))
    for file in message.files:
        part = MIMEBase("application", "octet-stream")
        part.set_payload(file.data if file.inner is None else _mime(file.inner, numbers))
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", file.name))
        made.attach(part)
    return made.as_bytes()


def _only_rich(blob: Blob) -> Finding:
    return Finding(
        "only-rich-text",
        text(
            "The text of the e-mail {name} is only there as formatted text (RTF), which is not read.",
            name=blob.name,
        ),
        text("Open it in Outlook, save it as .eml or as text, and add that as well."),
        Weight.WARNING,
        Locator(blob.digest),
    )
