"""JSON files as the tools leave them: one document, one per line, or documents one after the other."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from heller.intake.written.numbers import decode
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import text

_BETWEEN = re.compile(r"[\s,]*")
_NEXT = re.compile(r"\n[ \t]*(?=[{\[])")


class Document(NamedTuple):
    """One document and the row on which it begins."""

    row: int
    value: Any


class Documents(NamedTuple):
    """The documents of a file, and the rows at which something stands that is none."""

    found: list[Document]
    broken: list[int]

    def rejected(self, blob: Blob) -> tuple[Finding, ...]:
        """One finding for all that is no JSON; none where all is."""
        if not self.broken:
            return ()
        said = text(
            "{n} parts of {name} are no whole JSON; the first is in line {row}.",
            n=len(self.broken),
            name=blob.name,
            row=self.broken[0],
        )
        do = text("Where the file was cut off, add the whole one.")
        return (
            Finding("json.broken", said, do, Weight.WARNING, Locator(blob.digest, f"row {self.broken[0]}")),
        )


def documents(blob: Blob) -> Documents:
    """All documents in order. Raises InputRefused for NUL characters; what is no JSON is counted."""
    content = decode(blob.data)
    decoder = json.JSONDecoder()
    found: list[Document] = []
    broken: list[int] = []
    at, row, counted = 0, 1, 0
    while True:
        blank = _BETWEEN.match(content, at)
        at = blank.end() if blank else at
        if at >= len(content):
            return Documents(found, broken)
        row, counted = row + content.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(content, at)
            found.append(Document(row, value))
        except (ValueError, RecursionError):
            broken.append(row)
            later = _NEXT.search(content, at)
            if later is None:
                return Documents(found, broken)
            at = later.end()


def number(raw: Any) -> float | None:
    """A finite number, from JSON's own or from text as Prometheus writes it; None for all else."""
    try:
        found = float(raw) if isinstance(raw, int | float | str) and not isinstance(raw, bool) else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and abs(found) < float("inf") else None


def mapping(raw: Any) -> dict[str, Any]:
    """The object, empty where it is none."""
    return raw if isinstance(raw, dict) else {}


def as_list(raw: Any) -> list[Any]:
    """The list, empty where it is none."""
    return raw if isinstance(raw, list) else []
