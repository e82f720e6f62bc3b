"""Seals what a watch measured, and writes raw pings for the provider."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from heller.casefile import router_pieces, watching
from heller.cli import screen
from heller.cli.screen import tr
from heller.model.text import text


def seal(case: Path, *, hours: bool, as_json: bool) -> int:
    """Seal, and say what was kept."""
    found = watching.seal(case, hours=hours)
    taken = () if hours else router_pieces.take(case)
    if as_json:
        screen.as_json(found)
        return 0
    say = screen.words()
    for one in taken:
        screen.point(say(text("Exhibit {n}: {name}, what the router told.", n=one.number, name=one.name)))
    if not found:
        screen.out().print(tr("Everything is sealed already."))
        return 0
    begin, end = (datetime.fromtimestamp(at / 1_000_000, UTC) for at in (found[0].start, found[-1].end))
    kept = text(
        "{n} probes from {begin} to {end} are sealed in the case, {lost} of them lost.",
        "One probe from {begin} to {end} is sealed in the case; lost: {lost}.",
        n=sum(one.samples for one in found),
        begin=say.moment(begin, seconds=True),
        end=say.moment(end, seconds=True),
        lost=sum(one.lost for one in found),
    )
    screen.out().print(say(kept))
    for piece in found:
        screen.point(f"samples/{piece.name}  {piece.digest[:12]}", style="dim")
    return 0


def hand_over(case: Path, place: Path, begin: datetime | None, end: datetime | None) -> int:
    """Write the pings of a time into a folder, as `ping -D` would have."""
    watching.seal(case)
    with screen.progress(tr("Writing")) as done:
        written = watching.export(case, place, begin, end, done)
    say = screen.words()
    for path, count in written:
        screen.point(say(text("{name}: {n} probes", "{name}: one probe", name=str(path), n=count)))
    return 0
