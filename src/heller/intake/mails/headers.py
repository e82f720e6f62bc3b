"""Headers of a mail as people read them, also where they hold bytes that mail does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from heller.intake.written.encoding import windows_signs
from heller.intake.written.numbers import decode
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import text

if TYPE_CHECKING:
    from email.message import Message


def said(message: Message, name: str) -> str:
    """A header as people read it; one with bytes that mail does not allow is read as bodies are."""
    try:
        raw = _raw(message, name)
        return " ".join(repair(raw if _escaped(raw) else str(message.get(name, ""))).split())
    except Exception:  # a header that the standard library cannot take apart counts as absent
        return ""


def _raw(message: Message, name: str) -> str:
    return str(next((value for key, value in message.raw_items() if key.lower() == name), ""))


def _escaped(raw: str) -> bool:
    """Whether a header holds bytes above ASCII, which the library keeps as halves of pairs."""
    return any("\udc80" <= c <= "\udcff" for c in raw)


def repair(raw: str) -> str:
    """Raw bytes as UTF-8, else Windows-1252, and encoded words beside them; Windows signs in the places of controls."""
    from email.header import decode_header, make_header

    if not _escaped(raw):
        return windows_signs(raw)
    said = decode(raw.encode("ascii", "surrogateescape"))
    return str(make_header(decode_header(said))) if "=?" in said else said


def repaired(message: Message, blob: Blob) -> Iterator[Finding]:
    """The note about headers whose signs had to be guessed."""
    names = [name for name in ("from", "to", "subject") if _escaped(_raw(message, name))]
    if names:
        doubt = text(
            "The headers {names} hold signs without saying in which encoding.", names=", ".join(names)
        )
        do = text("They were read as UTF-8, else as Windows-1252: compare names and umlauts.")
        yield Finding("header-repaired", doubt, do, Weight.NOTE, Locator(blob.digest, names[0]))
