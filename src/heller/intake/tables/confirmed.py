"""Where the layouts lie that a person confirmed, and by what one is known again: its row of headings."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from heller.intake.written.canonical import fold


def folder() -> Path:
    """Where confirmed profiles lie: $HELLER_PROFILES, else the user's configuration."""
    if named := os.environ.get("HELLER_PROFILES"):
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "heller" / "profiles"


def fingerprint(cells: tuple[str, ...]) -> str:
    """The fingerprint of a row of headings: order and words, without case and blanks."""
    return sha256("\x1f".join(fold(cell) for cell in cells).encode()).hexdigest()[:16]
