"""What the tests of tables share: a blob from text, and the codes of the findings."""

from __future__ import annotations

from hashlib import sha256
from types import ModuleType
from typing import cast
from zoneinfo import ZoneInfo

from heller.intake.reading import all_readers
from heller.intake.tables.headings import Layout
from heller.model.record import Blob, Reading

BERLIN = ZoneInfo("Europe/Berlin")
# Every reader of a table with a layout of its own: a new one is fuzzed as soon as its file is there.
READERS: tuple[ModuleType, ...] = tuple(
    cast("ModuleType", reader)
    for reader in all_readers().readers
    if isinstance(getattr(reader, "LAYOUT", None), Layout)
)


def blob(content: str | bytes, name: str = "table.csv") -> Blob:
    """A file with this content."""
    data = content.encode() if isinstance(content, str) else content
    return Blob(name, data, sha256(data).hexdigest())


def codes(reading: Reading) -> list[str]:
    """The codes of the findings in order."""
    return [finding.code for finding in reading.findings]


def said(reading: Reading) -> str:
    """All that the findings say and advise, for a look at words in it."""
    return "\n".join(f"{finding.text} {finding.do or ''}" for finding in reading.findings)
