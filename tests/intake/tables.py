"""What the tests of tables share: a blob from text, and the codes of the findings."""

from __future__ import annotations

from hashlib import sha256
from types import ModuleType
from zoneinfo import ZoneInfo

from heller.intake.readers import contacts, facts, hours, orders, purposes, shopify, wages
from heller.model.record import Blob, Reading

BERLIN = ZoneInfo("Europe/Berlin")
READERS: tuple[ModuleType, ...] = (contacts, facts, hours, orders, purposes, shopify, wages)


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
