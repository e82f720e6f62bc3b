"""Several answers of the inbox at once: what was ticked is confirmed as it was read and proposed, each by an entry of
its own. What cannot be confirmed is said; the others are."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from heller import casefile
from heller.casefile.inbox import LOOK, Task
from heller.casefile.writing.decide import PURPOSE as FOR
from heller.model.document_class import DocumentClass
from heller.model.errors import InputRefused
from heller.model.kinds.paper import NEEDED, WAITING
from heller.model.kinds.purpose import Purpose
from heller.model.text import text
from heller.web.desk import Desk
from heller.web.memory import TURN

WHO_COOKIE = "heller_who"
NO_NAME = InputRefused(
    text("It is not said who decides."),
    text("Each decision is written into the journal with a name."),
    text("Write your name above the list."),
)


def key_of(task: Task) -> str:
    """How a form names a task: by what it is about, whatever stands in the list beside it."""
    return "|".join((task.kind, str(task.exhibit), str(task.other), task.invoice, task.member))


def can_be_ticked(task: Task) -> bool:
    """Whether a tick is answer enough: the document is known with all it needs, a fact or a purpose is proposed."""
    match task.kind:
        case "look":
            known = task.document is not None and task.document.link.kind.of is not DocumentClass.OTHER
            values = dict(task.values)
            return known and all(name in values and values[name].value is not None for name in NEEDED)
        case "fact":
            return True
        case "purpose":
            return task.proposal is not None
    return False


def is_proven(task: Task) -> bool:
    """Whether it may be ticked beforehand: nothing speaks against it, and no value is merely read."""
    if not can_be_ticked(task) or task.doubts:
        return False
    return task.kind != LOOK or not any(
        value.grade in WAITING for name, value in task.values if name in NEEDED
    )


def act_of(task: Task, desk: Desk, who: str) -> Callable[[], int]:
    """What confirms a task; the number of its entry."""
    folder = desk.folder
    head = task.proposal.head if task.proposal else ""
    match task.kind:
        case "look":
            said = {FOR: head} if head else {}
            return lambda: casefile.give(folder, task.exhibit, said, who, member=task.member)
        case "fact":
            return lambda: casefile.take(folder, task.exhibit, task.other, who)
    return lambda: casefile.note(folder, Purpose(task.invoice, head, Decimal(1), "", Decimal(0)))


@require_POST
def view(request: HttpRequest) -> HttpResponse:
    """Confirm what was ticked."""
    desk = Desk(request, looks_back=False)
    ticked, who = set(request.POST.getlist("task")), request.POST.get("who", "").strip()
    if not who:
        raise NO_NAME
    mine = [task for task in casefile.tasks(desk.claim) if key_of(task) in ticked and can_be_ticked(task)]
    if not mine:
        return HttpResponseRedirect("/inbox/")
    failed: list[str] = []
    entry = desk.write(lambda: _all(mine, desk, who, failed))
    again = "".join(f"&left={number}" for number in failed)
    back = HttpResponseRedirect(f"/inbox/?entry={entry}&done={len(mine) - len(failed)}{again}")
    back.set_cookie(WHO_COOKIE, who[:80], max_age=30 * 86400, samesite="Strict", httponly=True)
    return back


def _all(tasks: list[Task], desk: Desk, who: str, failed: list[str]) -> int:
    """Confirm each; the number of the last entry."""
    entry = 0
    with TURN:
        for task in tasks:
            try:
                entry = act_of(task, desk, who)()
            except InputRefused:
                failed.append(str(task.exhibit))
    return entry


URLS = [path("inbox/confirm", view)]
