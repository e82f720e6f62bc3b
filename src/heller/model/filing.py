"""Files as a court takes them: the rules of a day, and what is filed."""

from __future__ import annotations

from msgspec import Struct

from heller.model.damage import NormRef


class FilingRules(Struct, frozen=True):
    """How many files and bytes a message may have, how many characters a name, which version of the message beside
    them; the rules that say so."""

    files: int
    size: int
    name: int
    message: str
    norms: tuple[NormRef, ...]


class FiledDocument(Struct, frozen=True):
    """A file that is filed: its name, what it is called, SHA-256 and bytes; `exhibit` is its number, 0 for a pleading
    and what goes with it."""

    file: str
    title: str
    digest: str
    size: int
    exhibit: int = 0
    pages: int = 0
