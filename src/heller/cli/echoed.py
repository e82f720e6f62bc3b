"""Writes something into a case and answers with what was, what is, and the sums before and after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from heller import casefile
from heller.casefile.echo import FEW, Echo, echo
from heller.cli import screen
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.claim import Claim
from heller.model.errors import HellerError
from heller.model.kinds import kind_of
from heller.model.record import Record
from heller.model.text import text


def echoed(case: Path, write: Callable[[], int]) -> None:
    """Write, say so at once, and then show what it did: that works the case out, before it and with it. The sums are
    those of today; whoever interrupts that has written all the same."""
    known = casefile.entries(case)  # nothing is added to a journal that was changed
    entry = write()
    say = screen.words(casefile.zone(case))
    screen.out().print(say(text("Written as entry {n}.", n=entry)))
    with screen.progress(tr("Working out")) as done:
        before = _unless_none(
            lambda: casefile.claim_before(case, len(known.entries), casefile.today(case), done)
        )
        after = _unless_none(lambda: casefile.claim(case, casefile.today(case), done))
    if after is not None:
        show(echo(entry, before, after, casefile.written(case, entry)), say)


def _unless_none(claim: Callable[[], Claim]) -> Claim | None:
    try:
        return claim()
    except HellerError:
        return None  # the case has no sum yet, such as where an original is missing


def show(told: Echo, say: Words) -> None:
    """What was, what is, and what it moves."""
    for mark, style, records in (("−", "red", told.was), ("+", "green", told.now)):
        for record in records[:FEW]:
            screen.point(line(record, say), mark, style)
        if len(records) > FEW:
            screen.point(say(text("and {n} more", n=len(records) - FEW)), mark, style)
    for asked in told.asked:
        screen.point(say(asked), "?", "bold yellow")
    if told.asked:
        screen.point(f"heller note CASE correct {told.entry} ...", ">", "dim")
    was, now = told.before, told.after
    if was is None or not told.moved:
        said = text("Damage {damage}, due today {due}.", damage=now.damage, due=now.due)
        screen.out().print(say(said), style="dim")
        return
    moves = text(
        "Damage {damage} → {damage_now}, due today {due} → {due_now}.",
        damage=was.damage,
        damage_now=now.damage,
        due=was.due,
        due_now=now.due,
    )
    screen.out().print(say(moves), style="bold")


def line(record: Record, say: Words) -> str:
    """The kind of a record and what it says, in a line."""
    kind = kind_of(record)
    return f"{say(kind.name)}: {say.line(kind.line(record))}"
