"""Mailboxes (mbox): many mails in one file, each of which is read as a mail of its own.

A mail begins with a line 'From ' that follows a blank line and is followed by a header (RFC 4155); '>From' in a body
is left as it stands.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "mbox"
_BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n(?=[A-Za-z0-9-]+:)")


def identify(head: bytes, name: str) -> Confidence:
    """By the line that begins a mail; a single mail with that line is a mailbox of one."""
    if not _BEGINS.match(head):
        return NOT_MINE
    sure = 92 if len(_BEGINS.findall(head)) > 1 or name.lower().endswith((".mbox", ".mbx")) else 70
    return Confidence(sure, text("It is a mailbox: each mail in it begins with a line 'From '."))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own: what counts are the mails."""
    return Reading(NAME, blob.name)


def members(blob: Blob) -> tuple[Blob, ...]:
    """The mails, in order."""
    starts = list(_BEGINS.finditer(blob.data))
    ends = [match.start() for match in starts[1:]] + [len(blob.data)]
    return tuple(
        Blob(f"mail-{n}.eml", blob.data[match.end() : end], blob.digest)
        for n, (match, end) in enumerate(zip(starts, ends, strict=False), 1)  # no mail, no end
    )
