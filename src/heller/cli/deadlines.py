"""heller deadlines: the days of a case that must not pass unseen, and the calendar file of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.unanswered import unanswered
from heller.cli import screen
from heller.cli.options import AsOf, CaseFolder
from heller.cli.screen import tr
from heller.cli.written_file import writing
from heller.dossier.calendar_file import Entry, calendar, stable_uid
from heller.dossier.wording import Words
from heller.model.claim import Claim, Deadline
from heller.model.errors import InputRefused
from heller.model.kinds.contact import Contact
from heller.model.text import Text, text

PLACE = 210
VERB = text("The deadlines of a case: rule, computation, what happens when they pass.")

REMIND = 14  # days before: time enough to mandate a lawyer


def run(
    case: CaseFolder,
    *,
    as_of: AsOf = None,
    ics: Annotated[Path | None, Parameter(help=tr("Write them to a calendar file too."))] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The deadlines of a case: rule, computation, what happens when they pass."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    say = screen.words(claimed.case.tz, claimed.case.trade)
    if ics is not None:
        write(ics, calendar(entries(claimed, say), day, tr("Heller: deadlines")))
    if json:
        screen.as_json(as_plain(claimed, say))
        return
    show(claimed, say)
    show_unanswered(claimed, say)
    if ics is not None:
        screen.out().print()
        screen.point(say(text("Calendar file: {path}", path=str(ics))))


def show(claimed: Claim, say: Words) -> None:
    """Day by day: what it is, under which rule, how it was worked out, what follows."""
    found = claimed.waterfall.deadlines
    if not found:
        screen.point(tr("There is no deadline yet: it takes an outage and a demand letter with a date."))
    for one in found:
        on = say.day(one.on)
        blank = " " * len(on)
        screen.out().print()
        screen.point(say(text("{what} ({cite})", what=one.what, cite=one.norm.cite)), on, "bold")
        screen.point(say(distance(one, claimed.waterfall.as_of)), blank, "red" if one.passed else "")
        screen.point(say(one.computation), blank, "dim")
        screen.point(say(text("If it passes: {what}", what=one.otherwise)), blank, "dim")


def show_unanswered(claimed: Claim, say: Words) -> None:
    """Letters of ours that nobody has answered in time."""
    for one, due in _unanswered(claimed):
        screen.out().print()
        screen.point(
            say(text("An answer to our letter of {day} was due; none has come", day=one.at.date())),
            say.day(due),
            "bold",
        )


def _unanswered(claimed: Claim) -> list[tuple[Contact, date]]:
    return unanswered(claimed.case.records(Contact), claimed.waterfall.as_of)


def distance(one: Deadline, as_of: date) -> Text:
    """How far away it is, as seen on the day asked for."""
    days = (one.on - as_of).days
    if one.passed:
        return text("Passed; days since then: {n}.", n=-days)
    return text("Days left: {n}.", n=days)


def as_plain(claimed: Claim, say: Words) -> dict[str, object]:
    """For machines: days as ISO, sentences in the language of this run."""
    as_of = claimed.waterfall.as_of
    return {
        "as_of": as_of.isoformat(),
        "deadlines": [
            {
                "on": one.on.isoformat(),
                "what": say(one.what),
                "rule": {
                    "id": one.norm.id,
                    "cite": one.norm.cite,
                    "mark": one.norm.mark,
                    "source": one.norm.source,
                },
                "computation": say(one.computation),
                "otherwise": say(one.otherwise),
                "passed": one.passed,
                "days_left": (one.on - as_of).days,
            }
            for one in claimed.waterfall.deadlines
        ],
        "unanswered": [
            {
                "sent": one.at.date().isoformat(),
                "letter": one.letter.kind if one.letter else one.kind.value,
                "to": (one.letter.to if one.letter else "") or one.who,
                "due": due.isoformat(),
            }
            for one, due in _unanswered(claimed)
        ],
    }


def entries(claimed: Claim, say: Words) -> Iterator[Entry]:
    """One entry of the calendar for each deadline; a deadline that moves keeps its identity."""
    seen: Counter[str] = Counter()
    for one in claimed.waterfall.deadlines:
        seen[one.norm.id] += 1
        yield Entry(
            uid=stable_uid(claimed.case.id, one.norm.id, str(seen[one.norm.id])),
            on=one.on,
            title=say(one.what),
            description="\n".join(
                (
                    say(one.computation),
                    say(text("If it passes: {what}", what=one.otherwise)),
                    f"{one.norm.cite} ({one.norm.mark})",
                )
            ),
            remind=0 if one.passed else REMIND,
        )


def write(path: Path, content: str) -> None:
    """Write the calendar; another file is never overwritten.

    Raises InputRefused where something else lies there, StoreFailed where the disk refuses.
    """
    why = text("The calendar file was not made; the case is as it was.")
    with writing(path, why, text("Choose a folder that exists and may be written to.")):
        if path.exists() and not (path.is_file() and path.read_bytes().startswith(b"BEGIN:VCALENDAR")):
            raise InputRefused(
                what=text("{path} is no calendar file.", path=str(path)),
                why=text("It would be overwritten and lost."),
                do=text("Choose another name, such as deadlines.ics."),
            )
        part = path.with_name(path.name + ".part")
        part.write_bytes(content.encode())
        part.replace(path)
