"""Several cases in one folder, for `heller show FOLDER`: by case, by debtor, by deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from heller import casefile
from heller.cli import screen
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.claim import Claim
from heller.model.errors import HellerError
from heller.model.portfolio import Portfolio
from heller.model.text import text


def show_cases(folders: Sequence[Path], day: date, *, json: bool) -> None:
    """All cases on a day; one that cannot be read is said and the others still count."""
    from heller import pipeline  # a single case, as it is kept, is shown without what works out

    claims, broken = dict[str, Claim](), dict[str, HellerError]()
    with screen.progress(tr("Reading"), len(folders)) as done:
        for folder in folders:
            try:
                claims[folder.name] = casefile.claim(folder, day)
            except HellerError as error:
                broken[folder.name] = error
            done(folder.name)
    found = pipeline.portfolio(claims)
    if json:
        unread = {name: screen.words()(error.what) for name, error in broken.items()}
        screen.as_json({"due": found.due, "portfolio": found, "unread": unread})
        return
    say = screen.words()
    show(found, say)
    _unread(broken, say)


def show(found: Portfolio, say: Words) -> None:
    """What is due by case and by debtor, and the deadlines of all."""
    screen.heading(tr("Cases"))
    for one in found.cases:
        firm = f"  {one.firm}" if one.firm else ""
        events = say(text("events: {n}", n=one.events))
        screen.out().print(
            screen.styled((one.name, "bold"), f"{firm}  {events}: {say.span_of_money(one.due)}")
        )
    screen.heading(tr("By debtor"))
    for debtor in found.debtors:
        name = debtor.debtor or say(text("debtor not named"))
        screen.point(f"{name} ({', '.join(debtor.cases)}): {say.span_of_money(debtor.due)}")
    screen.out().print(say(text("Due in all: {sum}", sum=say.span_of_money(found.due))), style="bold")
    if found.deadlines:
        screen.heading(tr("Deadlines"))
    for one_ in found.deadlines:
        screen.point(f"{say.day(one_.deadline.on)}  {one_.case}: {say(one_.deadline.what)}")
    for same in found.shared:
        twice = text(
            "{name} lies in several cases ({cases}): see that nothing of it is counted twice.",
            name=same.name,
            cases=", ".join(same.cases),
        )
        screen.point(say(twice), "?", "yellow")


def _unread(broken: Mapping[str, HellerError], say: Words) -> None:
    for name, error in broken.items():
        said = text("{name} could not be read and is not in the sums: {why}", name=name, why=error.what)
        screen.point(say(said), "!", "red")
