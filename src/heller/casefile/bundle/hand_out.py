"""Keeps what was handed out: a copy by running number and day that nothing overwrites, and an entry that says so."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from heller.journal import disk, store
from heller.journal.clock import read_clock
from heller.journal.erasure import HANDED
from heller.journal.places import HANDED_OUT


class HandedOut(NamedTuple):
    """What goes out: the dossier, the bundle and its digest, and the day that they speak of."""

    pdf: Path
    bundle: Path
    digest: str
    as_of: date


def hand_out(folder: Path, made: HandedOut, to: str, now: datetime | None = None) -> Path:
    """Keep dossier and bundle as they were handed out; returns the folder they lie in."""
    day = made.as_of.isoformat()
    with store.open_journal(folder) as (writer, checked):
        number = 1 + sum(entry.kind == HANDED for entry in checked.entries)
        place = folder / HANDED_OUT / f"{number:03}-{day}"
        for file in (made.pdf, made.bundle):
            disk.keep(place / file.name, file.read_bytes())
        body = {
            "as_of": day,
            "bundle": made.digest,
            "number": number,
            "to": to.strip(),
        }  # of the dossier no digest: without the bundle's salts an erased word of it could be tried out
        writer.append_held([(HANDED, body)], read_clock(now))
    return place
