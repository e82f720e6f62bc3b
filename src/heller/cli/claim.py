"""heller claim: who owes what, from the damage to money in hand."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier import names
from heller.dossier.names import STANDS, due_label
from heller.dossier.refs import Refs
from heller.dossier.wording import Words
from heller.model.claim import Claim, Waterfall
from heller.model.decision import Costs
from heller.model.kinds.pleading import DEGREES
from heller.model.kinds.policy import POLICIES, PolicyKind
from heller.model.text import text

PLACE = 180
VERB = text("Who owes what: from the damage to money in hand, step by step.")


def run(
    case: CaseFolder,
    *,
    as_of: AsOf = None,
    lifts: Annotated[bool, Parameter(help=tr("Show what speaks for and against lifting the cap."))] = False,
    json: AsJson = False,
) -> None:
    """Who owes what, from the damage to money in hand."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    if json:
        screen.as_json(claimed.waterfall)
    elif lifts:
        board(claimed, screen.words(claimed.case.tz, claimed.case.trade))
    else:
        show(claimed.waterfall, screen.words(claimed.case.tz, claimed.case.trade))


def show(waterfall: Waterfall, say: Words) -> None:
    """The waterfall with its reasons, then what could change it."""
    steps(waterfall, say)
    pleaded(waterfall, say)
    scenarios(waterfall, say)
    _lifts(waterfall, say)
    _outside(waterfall, say)
    if waterfall.alternatives:
        screen.heading(tr("Other readings, shown and not added"))
        for other in waterfall.alternatives:
            worth = say.span_of_money(other.worth)
            screen.point(f"{say(other.text)} {worth} ({other.norm.cite}, {other.norm.mark})")
    if waterfall.costs:
        screen.heading(tr("What suing costs"))
        _costs(waterfall.costs, say)
    _beyond(waterfall, say)
    _duties(waterfall, say)
    _covers(waterfall, say)
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
    total = say(text("{what}: {likely}", what=due_label(waterfall), likely=due.likely))
    if not due.is_exact:
        total += "  " + say(text("(cautious {low}, high {high})", low=due.low, high=due.high))
    screen.out().print()
    screen.out().print(total, style="bold")
    beside_the_sum(waterfall, say)


def pleaded(waterfall: Waterfall, say: Words) -> None:
    """The degree of fault that is pleaded, its grounds, what is claimed in the alternative."""
    found = waterfall.pleaded
    if found is None:
        return
    screen.heading(tr("Degree of fault that is pleaded"))
    screen.point(f"{say(DEGREES[found.degree])} ({found.norm.cite})")
    for ground in found.grounds:
        screen.point(say(ground.text), " ", "dim")
    if found.auxiliary is not None:
        other = text(
            "In the alternative, {amount}: {reason}",
            amount=found.auxiliary.due.low,
            reason=found.auxiliary.reason,
        )
        screen.point(say(other))


def scenarios(waterfall: Waterfall, say: Words) -> None:
    """What stands after each step under each degree of fault, side by side; likely figures."""
    if not waterfall.scenarios:
        return
    screen.heading(tr("What each degree of fault would change"))
    labels = [
        say(text("{degree} (claimed)", degree=one.label) if one.claimed else one.label)
        for one in waterfall.scenarios
    ]
    rows = screen.table(tr("Step"), *labels, right=range(1, len(labels) + 1))
    for number, step in enumerate(waterfall.before_account):
        stands = [say.money(one.running[number].likely) for one in waterfall.scenarios]
        rows.add_row(say(step.label), *stands, style="bold" if step is waterfall.before_account[-1] else "")
    screen.out().print(rows)


def _lifts(waterfall: Waterfall, say: Words) -> None:
    if not waterfall.lifts:
        return
    screen.heading(tr("What could lift the cap"))
    for lift in waterfall.lifts:
        stand = say(STANDS[lift.stand])
        screen.point(f"{say(lift.text)} {say.span_of_money(lift.worth)}, {stand} ({lift.norm.cite})")
    screen.point(tr("What speaks for and against each: heller claim CASE --lifts"), " ", "dim")


def _outside(waterfall: Waterfall, say: Words) -> None:
    if waterfall.outside:
        screen.heading(tr("What lies outside the cap"))
    for one in waterfall.outside:
        screen.point(f"{say(one.text)} {say.span_of_money(one.amount)} ({one.norm.cite}, {one.norm.mark})")


def _beyond(waterfall: Waterfall, say: Words) -> None:
    """The last steps, for the firm alone: costs, worth of suing, the offer."""
    if not waterfall.beyond:
        return
    screen.heading(tr("Sue or settle, for the firm alone"))
    rows = screen.table(tr("Step"), tr("Stands at"), tr("Why"), right=(1,))
    for step in waterfall.beyond:
        rows.add_row(say(step.label), say.span_of_money(step.running), say(step.reason))
    screen.out().print(rows)
    screen.point(tr("All of it: heller decide CASE"), " ", "dim")


def _duties(waterfall: Waterfall, say: Words) -> None:
    if waterfall.duties:
        screen.heading(tr("What the firm did to keep the damage low"))
    for duty in waterfall.duties:
        mark = "✓" if duty.done else "○" if duty.done is None else "✗"
        day = f"{say.day(duty.on)}  " if duty.on else ""
        worth = f" {say.span_of_money(duty.worth)}" if duty.worth is not None else ""
        screen.point(f"{day}{say(duty.text)}{worth} ({duty.norm.cite})", mark)


def _covers(waterfall: Waterfall, say: Words) -> None:
    if waterfall.covers:
        screen.heading(tr("Own insurances"))
    for cover in waterfall.covers:
        name = f"{say(POLICIES[cover.policy.kind])} {cover.policy.insurer}".strip()
        pays = text("{policy}: would pay {pays}", policy=name, pays=say.span_of_money(cover.pays))
        screen.point(name if cover.policy.kind is PolicyKind.LEGAL_EXPENSES else say(pays))
        screen.point(f"{say(cover.reason)} ({cover.norm.cite})", " ", "dim")


def board(claimed: Claim, say: Words) -> None:
    """Each fact that could lift the cap, with its grounds, the exhibits they stand in, and its worth."""
    refs = Refs(claimed.case.exhibits, say)
    for lift in claimed.waterfall.lifts:
        screen.out().print()
        screen.point(f"{say(lift.text)} ({lift.norm.cite})", "•", "bold")
        stand = text("{stand}; worth {worth}", stand=STANDS[lift.stand], worth=say.span_of_money(lift.worth))
        screen.point(say(stand), " ")
        for mark, grounds in (("+", lift.speaks_for), ("−", lift.speaks_against)):
            for ground in grounds:
                places = ", ".join(ref.label for ref in refs(ground.sources))
                day = say.day(ground.on) if ground.on else ""
                screen.point(f"{day}  {say(ground.text)}  {places}".strip(), f"  {mark}")
    _outside(claimed.waterfall, say)


def beside_the_sum(waterfall: Waterfall, say: Words) -> None:
    """What is never left out where the sum is shown; where the rules are old, with what to check."""
    for finding in names.beside_the_sum(waterfall):
        screen.out().print(say(finding.text), style="bold red")
        if finding is names.stale(waterfall) and finding.do is not None:
            screen.point(say(finding.do), " ")


def _costs(costs: Costs, say: Words) -> None:
    risk = text(
        "Suing for {value} before the {court} risks {risk} in the first instance"
        " (two lawyers and the court).",
        value=costs.value,
        court=costs.court_name,
        risk=costs.risk,
    )
    screen.point(say(risk))
