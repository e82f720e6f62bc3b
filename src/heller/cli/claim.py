"""heller claim: who owes what, from the damage to money in hand."""

from __future__ import annotations

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.claim import Costs, Waterfall
from heller.model.text import text


def run(
    case: CaseFolder,
    *,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Who owes what, from the damage to money in hand."""
    day = screen.as_day(as_of)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    if json:
        screen.as_json(claimed.waterfall)
    else:
        show(claimed.waterfall, screen.words(claimed.case.tz))


def show(waterfall: Waterfall, say: Words) -> None:
    """The waterfall with its reasons, then what could change it."""
    steps(waterfall, say)
    if waterfall.lifts:
        screen.heading(tr("What could lift the cap"))
        for lift in waterfall.lifts:
            screen.point(f"{say(lift.text)} {say.span_of_money(lift.worth)} ({lift.norm.cite})")
    if waterfall.alternatives:
        screen.heading(tr("Other readings, shown and not added"))
        for other in waterfall.alternatives:
            worth = say.span_of_money(other.worth)
            screen.point(f"{say(other.text)} {worth} ({other.norm.cite}, {other.norm.mark})")
    if waterfall.costs:
        screen.heading(tr("What suing costs"))
        _costs(waterfall.costs, say)
    if waterfall.settlement:
        screen.heading(tr("The offer"))
        screen.point(say(waterfall.settlement.words))
    if waterfall.deadlines:
        screen.heading(tr("Deadlines"))
        for deadline in waterfall.deadlines:
            screen.point(say(deadline.what), say.day(deadline.on))
            screen.point(say(deadline.computation), " " * len(say.day(deadline.on)), "dim")


def steps(waterfall: Waterfall, say: Words) -> None:
    """The chain of steps: effect and what stands after it, likely figures, range at the end."""
    rows = screen.table(tr("Step"), tr("Effect"), tr("Stands at"), tr("Why"), right=(1, 2))
    for step in waterfall.steps:
        first = step is waterfall.steps[0]
        effect = "" if first else say.money(step.effect.likely, sign=True)
        rows.add_row(say(step.label), effect, say.money(step.running.likely), say(step.reason))
    screen.out().print(rows)
    due = waterfall.due
    total = say(text("To be demanded on {day}: {likely}", day=waterfall.as_of, likely=due.likely))
    if not due.is_exact:
        total += "  " + say(text("(cautious {low}, high {high})", low=due.low, high=due.high))
    screen.out().print()
    screen.out().print(f"[bold]{total}[/]")
    time_bar(waterfall, say)


def time_bar(waterfall: Waterfall, say: Words) -> None:
    """A claim that may be time-barred is never shown without that."""
    for finding in waterfall.findings:
        if finding.code == "law.time_barred":
            screen.out().print(say(finding.text), style="bold red", markup=False)


def _costs(costs: Costs, say: Words) -> None:
    risk = text(
        "Suing for {value} before the {court} risks {risk} in the first instance"
        " (two lawyers and the court).",
        value=costs.value,
        court=costs.court_name,
        risk=costs.risk,
    )
    screen.point(say(risk))
