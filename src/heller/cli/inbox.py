"""heller inbox: what waits for a person, and how each is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.model.text import Text, text

PLACE = 60
VERB = text("What waits for a person: values read from paper, doubles, receipts without a purpose.")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from heller.casefile.commercial import Commercial
    from heller.casefile.inbox import Task
    from heller.dossier.wording import Words

HEADINGS: dict[str, Text] = {
    "look": text("Look at: what was read from paper"),
    "fact": text("Take over: what documents state"),
    "twin": text("Decide: the same receipt, or two"),
    "doubt": text("Settle: doubts about a document"),
    "purpose": text("Say what it was for"),
}


def run(case: CaseFolder, *, as_of: AsOf = None, json: AsJson = False) -> None:
    """What waits for a person: values not proven, doubles, doubts, receipts without a purpose."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    found = casefile.commercial_documents(claimed.case)
    tasks = [in_folder(task, str(case)) for task in casefile.tasks(claimed, found)]
    if json:
        screen.as_json(tasks)
    else:
        say = screen.words(claimed.case.tz, claimed.case.trade)
        show(tasks, say)
        documents(found, say)


def in_folder(task: Task, folder: str) -> Task:
    """The task with the case's folder in its command."""
    from shlex import quote

    from msgspec.structs import replace

    return replace(task, command=task.command.replace("CASE", quote(folder), 1))


def show(tasks: list[Task], say: Words) -> None:
    """The tasks by kind; values with proof and place, then the command that answers."""
    if not tasks:
        screen.out().print(tr("Nothing waits for you."))
        return
    for kind, heading in HEADINGS.items():
        chosen = [task for task in tasks if task.kind == kind]
        if chosen:
            screen.heading(say(heading))
        for task in chosen:
            _task(task, say)
    screen.out().print()
    screen.out().print(say(text("Tasks that wait for you: {n}", n=len(tasks))), style="bold")


def documents(found: Sequence[Commercial], say: Words) -> None:
    """What every commercial document is, what it counts for or why it counts nothing, and its chain."""
    if found:
        screen.heading(say(text("What the documents are")))
    for one in found:
        screen.point(say(one.what), f"K {one.exhibit}", "bold")
        screen.point(say(one.worth), "    ")
        _chain(one, say)


def _chain(one: Commercial, say: Words) -> None:
    if one.chain:
        steps = " \N{RIGHTWARDS ARROW} ".join(f"{say(step.what)} (K {step.exhibit})" for step in one.chain)
        screen.point(say(text("Chain: {steps}", steps=steps)), "    ", "dim")


def _task(task: Task, say: Words) -> None:
    from heller.dossier.names import head_name

    screen.point(say(task.what), f"K {task.exhibit}", "bold")
    if task.document:
        screen.point(say(task.document.what), "    ")
        _chain(task.document, say)
    if task.values:
        _values(task, say)
    for doubt in task.doubts:
        if doubt.text != task.what:
            screen.point(say(doubt.text), "    ")
        if doubt.do:
            screen.point(say(doubt.do), "    ", "dim")
    if task.proposal:
        proposed = text(
            "Proposed: {head}. {reason}", head=head_name(task.proposal.head), reason=task.proposal.reason
        )
        screen.point(say(proposed), "    ")
    screen.out().print(f"   > {task.command}", style="cyan", soft_wrap=True)


def _values(task: Task, say: Words) -> None:
    from heller.cli.readings import typed_form, where
    from heller.dossier.names import PROOFS, VALUES

    rows = screen.table(tr("Field"), tr("Value"), tr("Proof"), tr("Place"), indent=6)
    for name, value in task.values:
        rows.add_row(
            say(VALUES[name]), typed_form(name, value.value), say(PROOFS[value.grade]), where(value.source)
        )
    screen.out().print(rows)
