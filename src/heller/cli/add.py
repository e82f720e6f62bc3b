"""heller add: take files into a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile, pipeline
from heller.casefile.inbox import twin_tasks
from heller.casefile.writing.folders import LeftOut, walk
from heller.casefile.writing.take_in import Added
from heller.cli import doubts, screen, typed_words
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.errors import HellerError
from heller.model.finding import alike
from heller.model.text import text

PLACE = 20
VERB = text("Take files into a case: receipts, logs, mails, tables.")


def run(
    case: CaseFolder,
    files: Annotated[list[Path], Parameter(help=tr("Files, or folders of files."))],
    *,
    year: Annotated[
        int | None, Parameter(help=tr("Year of the last line of logs that write no year."))
    ] = None,
    json: AsJson = False,
) -> None:
    """Take files into a case; the same bytes under a name that says more, or with a year, are read again."""
    until = None if year is None else typed_words.last_day(year)
    found = walk(files)
    with screen.progress(tr("Reading")) as done:
        added = casefile.add(case, found.files, progress=done, until=until)
    if json:
        screen.as_json(
            {
                "added": [
                    {"exhibit": a.number, "name": a.name, "known": a.known, "reading": a.reading}
                    for a in added
                ],
                "left_out": [
                    {"path": str(left.path), "why": screen.words()(left.why)} for left in found.left_out
                ],
            }
        )
    else:
        show(added, screen.words_of(case))
        _ask_about_new(case, {item.number for item in added if not item.known})
        show_left_out(found.left_out)


def _ask_about_new(case: Path, numbers: set[int]) -> None:
    """What is to be said of the new files beside those that are there: newer versions, doubles. Nothing else is
    worked out for it."""
    try:
        with screen.progress(tr("Working out")) as done:
            linked = pipeline.link(casefile.load(case, done))
    except HellerError:
        return
    tasks = [task for task in twin_tasks(linked) if task.exhibit in numbers]
    if tasks:
        screen.heading(tr("Is it a version of another file?"))
    for task in tasks:
        screen.point(screen.words()(task.what), f"K {task.exhibit}")
        screen.point(task.command, ">", "dim")


def show(added: tuple[Added, ...], say: Words) -> None:
    """What was taken in: exhibit, what it is, how many records, doubts beside it."""
    rows = screen.table(tr("Exhibit"), tr("File"), tr("Read as"), tr("Records"), right=(3,))
    for item in added:
        kind = tr("already taken in") if item.known and not item.again else say(item.reading.title)
        rows.add_row(f"K {item.number}", item.name, kind, str(len(item.reading.records) or "–"))
    screen.out().print(rows)
    _doubts([item for item in added if not item.known or item.again], say)
    screen.out().print()
    screen.out().print(say(text("{n} files are in the journal.", n=sum(not a.known for a in added))))
    if again := [item for item in added if item.again]:
        screen.out().print(say(text("{n} were read again.", "One was read again.", n=len(again))))


def show_left_out(left_out: tuple[LeftOut, ...]) -> None:
    """What lies in the folders and was not taken in, with its reason."""
    if left_out:
        screen.heading(tr("Left out"))
    for left in left_out:
        screen.point(screen.words()(left.why), str(left.path), "dim")


def _doubts(new: Sequence[Added], say: Words) -> None:
    """The doubts about new files: alike ones of many files are one."""
    found = [(item.number, finding) for item in new for finding in item.reading.findings]
    if not found:
        return
    number = {id(finding): exhibit for exhibit, finding in found}
    screen.heading(tr("Doubts"))
    findings = [finding for _, finding in found]
    doubts.show(findings, say, lambda finding: f"K\N{NO-BREAK SPACE}{number[id(finding)]}")
    if len(alike(findings)) < len(findings):
        screen.point(tr("Each of them by itself: heller show CASE --every-doubt"), " ", "dim")
