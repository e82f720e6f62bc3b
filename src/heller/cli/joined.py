"""Takes over what another copy of a case wrote, and says what came, what stays there, and what it moves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from heller.casefile.bundle.verify import PAPER, read
from heller.casefile.writing.join import Joined, copy_in, join
from heller.cli import echoed, screen
from heller.dossier.names import ENTRIES
from heller.journal.mend import source_of
from heller.model.text import text


def joined(case: Path, other: Path, by: str) -> None:
    """Take it over and show it; the sums are those of today."""
    copy = copy_in(other, lambda bundle: source_of(read(bundle, PAPER)))
    done: list[Joined] = []

    def take() -> int:
        done.append(join(case, copy, by))
        return done[-1].first

    echoed.echoed(case, take)
    _show(done[-1])


def _show(found: Joined) -> None:
    say = screen.words()
    count = found.last - found.first
    came = text(
        "{n} entries were written elsewhere, by {who}: they are entries {first} to {last} here, each provable by its "
        "line in the other copy. To take them back: heller note CASE correct {first}-{last} WHY",
        "One entry was written elsewhere, by {who}: it is entry {last} here, provable by its line in the other copy. "
        "To take it back: heller note CASE correct {last} WHY",
        n=count,
        who=found.by,
        first=found.first + 1,
        last=found.last,
    )
    screen.out().print(say(came if count else text("No note and no exhibit was written there.")))
    for entry, own in found.twice:
        both = text(
            "Both copies changed entry {n}: here entry {own} did. What came last counts.", n=entry, own=own
        )
        screen.point(say(both), "?", "bold yellow")
    for kind, n in Counter(entry.kind for entry in found.stays).items():
        named = say(ENTRIES[kind]) if kind in ENTRIES else kind
        which = ", ".join(str(entry.seq) for entry in found.stays if entry.kind == kind)
        stays = text("Not taken over: {n} × {kind} (there entry {which}).", n=n, kind=named, which=which)
        screen.point(say(stays), "!", "yellow")
