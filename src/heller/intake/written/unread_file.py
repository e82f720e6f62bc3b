"""What is said of a file that nobody reads, or that no reader could be loaded for."""

from __future__ import annotations

from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import Text, text


def unknown(blob: Blob) -> Finding:
    """Nothing was read from a file; what it may be, and what to do."""
    if not blob.data:
        said = text("{name} is empty: there are no bytes in it.", name=blob.name)
        do = text("Copy or export it again; look whether there was room on the disk.")
        return Finding("empty-file", said, do, Weight.NOTE, Locator(blob.digest))
    return Finding(
        "unknown-format",
        text(
            "Nothing was read from {name}: its format is not known. It is kept as an exhibit.", name=blob.name
        ),
        _what_to_do(blob),
        Weight.NOTE,
        Locator(blob.digest),
    )


def _what_to_do(blob: Blob) -> Text:
    """A table whose columns nobody knows can be told which is which."""
    if _is_table(blob):
        return text(
            "It is a table: heller profile FILE proposes which column is which, --save keeps it; then add it again."
        )
    return text("Enter what matters in it by hand, or add another export of it.")


def _is_table(blob: Blob) -> bool:
    """Whether two rows at its beginning have the same three cells or more."""
    rows = [line for line in numbers.tabular(blob.data[:8192]).splitlines()[:20] if line.strip()]
    counts = [[row.count(mark) for row in rows[:-1]] for mark in ";,\t|"]
    return any(len([n for n in found if n == max(found)]) > 1 and max(found) > 1 for found in counts if found)


def broken(module: str) -> Finding:
    """A reader that could not be loaded."""
    return Finding(
        "reader-not-loaded",
        text("The reader {module} could not be loaded, so its files are not known.", module=module),
        text("Install Heller again, or report the fault."),
    )
