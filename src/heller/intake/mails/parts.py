"""The parts of a mail: which are files, which are its text, which are pictures in the text; what is in a signed one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from heller.intake.mails import envelope, headers

if TYPE_CHECKING:
    from email.message import EmailMessage, Message

SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


def unsealed(message: EmailMessage) -> EmailMessage:
    """The mail with what lies in a signed envelope in its place; one that is encrypted as it is."""
    from email import message_from_bytes, policy

    if message.get_content_type() not in SEALED:
        return message
    data = message.get_payload(decode=True)
    inner = envelope.opened(data) if isinstance(data, bytes) else None
    if inner is None:
        return message
    outer = [
        f"{name}: {value}".encode("utf-8", "surrogateescape")
        for name, value in message.raw_items()
        if not name.lower().startswith(("content-", "mime-version"))
    ]
    return message_from_bytes(b"\r\n".join([*outer, inner]), policy=policy.default)


def files(message: Message) -> Iterator[Message]:
    """The attachments and attached mails, in order; signatures and pictures of the text are none."""
    for part in _leaves(message):
        if part.get_content_type() not in SIGNATURES and not is_picture(part) and _is_file(part):
            yield part


def pictures(message: Message) -> int:
    """How many pictures are part of the text."""
    return sum(1 for part in _leaves(message) if is_picture(part))


def signed(message: Message) -> bool:
    """Whether the mail bears a signature of its own."""
    return message.get_content_type() in (*SEALED, "multipart/signed")


def _leaves(message: Message, around: str = "") -> Iterator[Message]:
    """The parts that hold something, each text but the first that is no other form of it marked as a file."""
    from email.message import EmailMessage

    if message.get_content_type() == "message/rfc822" and around:
        yield message
    elif isinstance(message, EmailMessage) and message.is_multipart():
        kind, told = message.get_content_subtype(), False
        for part in message.iter_parts():
            plain = part.get_content_type() in ("text/plain", "text/html")
            if plain and kind in ("mixed", "signed") and told and not part.get_filename():
                part.add_header("X-Further-Text", "yes")
            told = told or plain or part.is_multipart()
            yield from _leaves(part, kind)
    else:
        yield message


def is_picture(part: Message) -> bool:
    """Whether a part is a picture that the text shows."""
    return part.get_content_maintype() == "image" and part.get("content-id") is not None


def _is_file(part: Message) -> bool:
    if part.get_content_type() == "message/rfc822" or part.get("X-Further-Text"):
        return True
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return True
    return part.get_content_type() not in ("text/plain", "text/html")


def content(part: Message) -> bytes:
    """The bytes of a part."""
    if part.get_content_type() == "message/rfc822":
        from email.message import Message

        inner = part.get_payload()
        mail = inner[0] if isinstance(inner, list) and inner else None
        return mail.as_bytes() if isinstance(mail, Message) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def filename(part: Message, n: int) -> str:
    """The name without folders and control characters."""
    named = part.get_filename() or ""
    given = headers.repair(named).replace("\\", "/").rpartition("/")[2]
    kind = {
        "message/rfc822": ".eml",
        "text/calendar": ".ics",
        "text/plain": ".txt",
        "text/html": ".html",
    }.get(part.get_content_type(), ".p7m" if part.get_content_type() in SEALED else "")
    return "".join(c for c in given if c.isprintable()).strip() or f"part-{n}{kind}"
