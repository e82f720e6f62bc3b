"""Signed envelopes (.p7m, CMS after RFC 5652): the file inside is read as if it had been handed in by itself.

The signature is not checked: it stays in the exhibit, for whoever wants to check it. A signature without its file
(.p7s), and what is encrypted, holds nothing that could be read, and says so.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from heller.intake.mails import envelope
from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "cms"


def identify(head: bytes, name: str) -> Confidence:
    """By the object identifier of signed, enveloped or compressed data at its beginning."""
    return Confidence(90, text("It is an envelope of CMS.")) if envelope.kind(head) else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own; why nothing can be taken from it where that is so."""
    found = envelope.opened(blob.data)
    if found is not None:
        return Reading(NAME, blob.name)
    at = Locator(blob.digest)
    if envelope.kind(blob.data[:65536]) == "signed":
        said = text("{name} is a signature without the file that it signs.", name=blob.name)
        return Reading(NAME, blob.name, findings=(Finding("signature-only", said, None, Weight.NOTE, at),))
    return reading_of_error(NAME, blob, envelope.refused())


def members(blob: Blob) -> tuple[Blob, ...]:
    """The file inside, by the name of the envelope without its ending."""
    found = envelope.opened(blob.data)
    if not found:
        return ()
    name = (
        re.sub(r"(?i)\.(p7m|p7c|p7b|p7s)$", "", blob.name.replace("\\", "/").rpartition("/")[2]) or "content"
    )
    return (Blob(name, found, blob.digest),)
