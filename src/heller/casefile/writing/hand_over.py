"""A copy of a case for somebody who adds to it, such as the firm's lawyer: whole, and named in the journal of both.

What he writes comes back with `join`. It is no copy for the other side: that one gets a bundle.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from heller.casefile.changes import LENT
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.disk import PART
from heller.journal.places import ANCHORS, BODIES, JOURNAL, OBJECTS, SAMPLES
from heller.model.errors import InputRefused
from heller.model.text import Text, text

GOES = (
    JOURNAL,
    BODIES,
    OBJECTS,
    ANCHORS,
    SAMPLES,
)  # what is kept under other names is made anew, or stays at home


def hand_over(folder: Path, to: str, target: Path, now: datetime | None = None) -> Path:
    """Write down that a copy goes to somebody, and make it; returns its folder. Raises InputRefused where something
    lies there already or nobody is named."""
    if not to.strip():
        raise _refused(text("It is not said to whom the copy goes."), text("Give a name: --to NAME"))
    if target.exists():
        raise _refused(
            text("{name} is there already.", name=str(target)), text("Name another place: --out FOLDER")
        )
    part = target.with_name(target.name + PART)
    with store.failing(target), store.open_journal(folder) as (writer, _):
        writer.append_held([(LENT, {"to": to.strip()})], read_clock(now))
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for name in GOES:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, part / name, ignore=shutil.ignore_patterns(f"*{PART}"))
            elif (folder / name).is_file():
                shutil.copy2(folder / name, part / name)
        part.rename(target)
    return target


def _refused(what: Text, do: Text) -> InputRefused:
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
