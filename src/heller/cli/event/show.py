"""heller event show: every event with bounds, cause, proof, sum and state; outages near each other both ways."""

from __future__ import annotations

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier import event_table
from heller.dossier.wording import Words
from heller.model.claim import Claim
from heller.model.text import text

PLACE = 10
VERB = text("Every event: bounds, cause, proof, sum and state; outages near each other priced both ways.")


def run(case: CaseFolder, *, as_of: AsOf = None, json: AsJson = False) -> None:
    """Every event: bounds, cause, proof, sum and state; outages near each other priced both ways."""
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, screen.as_day(as_of, case), done)
    if json:
        screen.as_json(
            {"events": event_table.rows(claimed), "debts": claimed.debts, "choices": claimed.choices}
        )
        return
    say = screen.words(claimed.case.tz, claimed.case.trade)
    show(claimed, say)
    choices(claimed, say)


def show(claimed: Claim, say: Words) -> None:
    """The table of events."""
    for n, one in enumerate(event_table.rows(claimed), 1):
        due = "" if one.due is None else say.span_of_money(one.due)
        head = " · ".join(filter(None, (one.line, say(one.kind), say(one.when))))
        screen.out().print(screen.styled((f"{n}. {head}", "bold" if one.due else "dim")))
        words = f"{say(one.cause)}, {say(one.proof)}; {say(one.state)}" if one.due else say(one.state)
        screen.out().print(f"   {words}" + (f": {due}" if due else ""))
    if len(claimed.by_debtor) > 1:
        for debtor in claimed.by_debtor:
            name = debtor.debt.debtor or say(text("debtor not named"))
            screen.out().print(f"{name}: {say.span_of_money(debtor.waterfall.due)}")


def choices(claimed: Claim, say: Words) -> None:
    """Outages near each other that may be one event or two, with both prices and the command that decides."""
    for one in claimed.choices:
        if one.decided:
            continue
        both = text(
            "The outages of {one} and {other} may be one event ({together}) or two ({apart}).",
            one=one.one,
            other=one.other,
            together=one.due_together.likely,
            apart=one.due_apart.likely,
        )
        screen.point(say(both), "?", "yellow")
        verb = "split" if one.together else "join"
        first, second = (f"{at.astimezone(claimed.case.tz):%Y-%m-%dT%H:%M}" for at in (one.one, one.other))
        line = f" --line {one.line}" if one.line else ""
        screen.point(f"heller event {verb} CASE {first} {second}{line}", " ", "dim")
