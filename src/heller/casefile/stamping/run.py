"""What one run of the queue works with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from heller.casefile.stamping.settings import Settings
from heller.casefile.stamping.wire import PATIENCE
from heller.journal.stamps.chain import Trust


class Run(Struct, frozen=True):
    """The case, its settings and trust, our clock (None: read it), and how long to wait for an answer."""

    folder: Path
    settings: Settings
    trust: Trust
    now: datetime | None = None
    patience: float = PATIENCE

    @property
    def moment(self) -> datetime:
        """What our clock says."""
        return self.now or datetime.now(UTC)
