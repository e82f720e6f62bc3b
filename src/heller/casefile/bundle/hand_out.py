"""Keeps what was handed out: a copy by running number and day that nothing overwrites, and an entry that says so."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from heller.casefile.changes import HANDED
from heller.journal import disk, store
from heller.journal.clock import read_clock

if TYPE_CHECKING:
    from heller.casefile.bundle.build import Built

HOME = "handed-out"


def hand_out(folder: Path, built: Built, to: str, now: datetime | None = None) -> Path:
    """Keep dossier and bundle as they were handed out; returns the folder they lie in."""
    number = 1 + sum(entry.kind == HANDED for entry in store.load(folder).entries)
    day = built.claim.waterfall.as_of.isoformat()
    place = folder / HOME / f"{number:03}-{day}"
    with disk.failing(folder):
        for made in (built.pdf, built.bundle):
            disk.keep(place / made.name, made.read_bytes())
    body = {"as_of": day, "bundle": built.digest, "number": number, "to": to.strip(),
            "dossier": sha256(built.pdf.read_bytes()).hexdigest()}  # fmt: skip
    store.append(folder, [(HANDED, body)], read_clock(now))
    return place
