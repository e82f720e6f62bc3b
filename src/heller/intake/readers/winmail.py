"""Outlook's winmail.dat: the attachments that it packs are read as if they had been handed in, its text as a file."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.mails import tnef
from heller.intake.reading import NOT_MINE, Confidence
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "winmail"


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of the format."""
    return (
        Confidence(92, text("It begins as Outlook's winmail.dat does."))
        if head.startswith(tnef.MAGIC)
        else NOT_MINE
    )


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """Nothing of its own; that its text is only there as formatted text, where that is so."""
    found = tnef.packed(blob.data)
    if found is None or not found.only_rich:
        return Reading(NAME, blob.name)
    said = text(
        "The text in {name} is only there as formatted text (RTF), which is not read.", name=blob.name
    )
    do = text("Open the mail in Outlook, save it as .eml or as text, and add that as well.")
    doubt = Finding("only-rich-text", said, do, Weight.WARNING, Locator(blob.digest))
    return Reading(NAME, blob.name, findings=(doubt,))


def members(blob: Blob) -> tuple[Blob, ...]:
    """The attachments; the text of the mail is part of the mail around it."""
    found = tnef.packed(blob.data)
    if found is None:
        return ()
    return tuple(
        Blob(name or f"part-{n}", data, blob.digest) for n, (name, data) in enumerate(found.files, 1) if data
    )


def words(data: bytes) -> str:
    """The text of the mail that is packed in it, '' where there is none."""
    found = tnef.packed(data)
    if found is None:
        return ""
    from heller.intake.mails import html_words  # its parser is loaded for mails in HTML only

    return found.plain or html_words.without_tags(found.html.decode("utf-8", "replace"))
