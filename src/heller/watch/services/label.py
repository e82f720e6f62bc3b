"""What the watch of a case is called among the services of a system."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path


def label(case: Path) -> str:
    """The folder's name, and six digits that tell two folders of one name apart."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", case.name).strip("-") or "case"
    return f"heller-watch-{stem[:60]}-{sha256(str(case).encode()).hexdigest()[:6]}"
