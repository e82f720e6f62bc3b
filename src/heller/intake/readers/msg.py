"""Outlook's own format for a mail (.msg): recognised and refused, with the way to a format that is open.

Its libraries for Python are under the GPL, and a mail that was saved as .eml keeps its headers as received.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Claimed, refused
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "msg"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROPERTIES = "__properties_version1.0".encode("utf-16-le")  # MS-OXMSG 2.4: each message has this stream


def identify(head: bytes, name: str) -> Claimed:
    """By the mark of a compound file, and by the stream of properties or the name."""
    if not head.startswith(OLE):
        return NOT_MINE
    if PROPERTIES in head or name.lower().endswith(".msg"):
        return Claimed(90, text("It is a compound file with the properties of a mail."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing: the finding says how to hand the mail in."""
    error = InputRefused(
        text("The mail is saved in Outlook's own format (.msg), which is not read."),
        text("A mail as a .eml file keeps the headers as they were received, which prove when it came."),
        text("Save it as .eml, or forward it as an attachment to another mailbox, and hand that in."),
    )
    return refused(NAME, blob, error)
