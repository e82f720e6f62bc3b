"""What is due under another reading: another degree of fault, another way to work a loss out, other facts or bounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from msgspec import Struct

from heller.model.amount import Range
from heller.model.damage import NO_RULE, NormRef
from heller.model.text import Text


class TriedKind(Enum):
    """What was taken otherwise."""

    LAW = "law"
    BASELINE = "baseline"
    BOUNDS = "bounds"
    FACT = "fact"


class TriedReading(Struct, frozen=True):
    """One other reading with what would be due under it."""

    key: str
    kind: TriedKind
    text: Text
    due: Range
    norm: NormRef = NO_RULE


class OtherwiseSupposed(Struct, frozen=True):
    """What somebody supposes instead: `facts` in canonical form, and that the line was dead only within two instants
    (None: as it stands)."""

    facts: Mapping[str, str] = {}
    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.facts or self.since or self.until)
