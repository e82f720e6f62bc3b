"""heller examine try: what would be due under other facts or other bounds of the outage."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from heller.casefile.examination import keep_notes, notes_of
from heller.casefile.suppositions import facts, moment
from heller.cli import screen
from heller.cli.examine.screen import opened, readings
from heller.cli.screen import tr
from heller.model.answer_file import TriedFigure
from heller.model.text import text
from heller.model.tried import OtherwiseSupposed

PLACE = 20
VERB = text("Try other facts or other bounds of the outage, and see what would be due.")


def run(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    *,
    suppose: Annotated[
        tuple[str, ...], Parameter(help=tr("A fact otherwise, as 'fault.share=30 %'; may be repeated."))
    ] = (),
    since: Annotated[
        str | None, Parameter(help=tr("The line was down only from this day and time on."))
    ] = None,
    until: Annotated[
        str | None, Parameter(help=tr("The line was down only until this day and time."))
    ] = None,
    keep: Annotated[bool, Parameter(help=tr("Keep what was tried for the answer."))] = False,
) -> None:
    """Try other facts or other bounds of the outage; nothing but --keep writes anything."""
    examination = opened(bundle)
    zone = examination.claim.case.tz
    say = screen.words(zone, examination.claim.case.trade)
    readings(examination, say)
    supposed = OtherwiseSupposed(facts(suppose, zone), moment(since, zone), moment(until, zone))
    if not supposed:
        return
    due = examination.tried(supposed)
    label = "; ".join([*suppose, *(f"{name} {at}" for name, at in (("≥", since), ("≤", until)) if at)])
    said = text(
        "{what}: {then} would be due instead of {now}.",
        what=label,
        then=say.span_of_money(due),
        now=say.span_of_money(examination.claim.waterfall.due),
    )
    screen.out().print()
    screen.out().print(say(said), style="bold")
    if keep:
        notes = notes_of(examination)
        keep_notes(examination, replace(notes, tried=(*notes.tried, TriedFigure(label, due.low))))
