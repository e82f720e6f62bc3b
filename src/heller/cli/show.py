"""heller show: where the case stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.stamping.summary import summary
from heller.cli import cases, doubts, screen
from heller.cli.claim import beside_the_sum
from heller.cli.event import show as event_show
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier import account_words, event_table, route_words
from heller.dossier.names import answer_words, due_label, early_words
from heller.dossier.wording import Words
from heller.machine.files import others_may_look
from heller.model.claim import Claim
from heller.model.finding import Finding, Weight, alike
from heller.model.outage import OpenEnd
from heller.model.text import text

PLACE = 50
VERB = text("Where the case stands, what to do next, what is missing.")

SHOWN = 8  # proofs; the others are listed by `heller missing`


def run(
    case: CaseFolder,
    *,
    as_of: AsOf = None,
    listed: Annotated[
        bool, Parameter(name="--doubts", help=tr("List all doubts, and what to do about each."))
    ] = False,
    every_doubt: Annotated[
        bool, Parameter(help=tr("List every doubt by itself, also those that are alike."))
    ] = False,
    json: AsJson = False,
) -> None:
    """Where the case stands."""
    day = screen.as_day(as_of, case)
    if folders := casefile.cases_in(case):
        cases.show_cases(folders, day, json=json)
        return
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    if json:
        screen.as_json(
            {
                "exhibits": len(claimed.case.exhibits),
                "entries": claimed.case.entries,
                "outages": claimed.detection.outages,
                "events": event_table.rows(claimed),
                "debts": claimed.debts,
                "damage": claimed.assessment.total,
                "due": claimed.waterfall.due,
                "country": claimed.waterfall.jurisdiction,
                "next_steps": claimed.next_steps,
                "missing": claimed.missing,
                "questions": claimed.questions,
                "estimates": claimed.estimates,
                "findings": claimed.findings,
                "stamped": screen.words()(summary(case, casefile.entries(case))),
            }
        )
    else:
        say = screen.words(claimed.case.tz, claimed.case.trade)
        if listed or every_doubt:
            show_doubts(claimed, say, each=every_doubt)
        else:
            show(claimed, say)
            screen.out().print()
            screen.out().print(say(summary(case, casefile.entries(case))), style="dim")
            if others_may_look(case):
                wide = text(
                    "Other users of this machine may look into the case. Close it with: chmod 700 {folder}",
                    folder=str(case),
                )
                screen.point(say(wide), "?", "yellow")


def show(claimed: Claim, say: Words) -> None:
    """The case on one screen: outage, damage, claim, next steps, what is missing."""
    out = screen.out()
    case, total, due = claimed.case, claimed.assessment.total, claimed.waterfall.due
    firm, product = case.fact("firm.name") or tr("Case"), case.fact("line.product") or ""
    out.print(screen.styled((firm, "bold"), f"  {product}"))
    exhibits = text("{n} exhibits", "one exhibit", n=len(case.exhibits))
    entries = text("{n} journal entries", "one journal entry", n=case.entries)
    out.print(f"{say(exhibits)}, {say(entries)}", style="dim")
    out.print()
    if (first := route_words.lead(claimed.waterfall)) is not None:
        out.print(say(first), style="bold red")
        out.print()
    if event_table.several(claimed):
        event_show.show(claimed, say)
        event_show.choices(claimed, say)
        out.print()
    else:
        _outages(claimed, say)
    out.print(
        say(
            text(
                "Damage: cautious {low}, likely {likely}, high {high}.",
                low=total.low,
                likely=total.likely,
                high=total.high,
            )
        ),
    )
    out.print(
        say(text("{what}: {likely}", what=due_label(claimed.waterfall), likely=due.likely)),
        style="bold",
    )
    for account in claimed.waterfall.accounts:
        if account.lines:
            said = text(
                "{owner}: {what}",
                owner=account_words.owner(account, case),
                what=account_words.conclusion(account),
            )
            screen.point(say(said))
    for early in claimed.estimates:
        screen.point(say(early_words(early)))
        for answer in early.replaced:
            screen.point(say(answer_words(answer)))
    beside_the_sum(claimed.waterfall, say)
    next_steps(claimed, say)
    missing(claimed, say)
    open_questions(claimed, say)
    if tasks := casefile.tasks(claimed):
        out.print()
        out.print(
            say(text("Tasks that wait for you: {n}. They are listed by heller inbox.", n=len(tasks))),
        )
    if claimed.findings:
        out.print()
        out.print(
            say(text("Doubts: {n}. They are listed with --doubts.", n=len(claimed.findings))), style="dim"
        )


def _outages(claimed: Claim, say: Words) -> None:
    """When the line was dead."""
    out = screen.out()
    for outage in claimed.detection.outages:
        if isinstance(outage.end, OpenEnd):
            still = text(
                "Offline since {start} and still down, last measured at {last}: at least {shortest} so far.",
                start=outage.start.latest,
                last=outage.end.earliest,
                shortest=outage.shortest,
            )
            out.print(say(still))
            continue
        lasted = text(
            "Offline from {start} to {end}: at least {shortest}.",
            start=outage.start.latest,
            end=outage.end.earliest,
            shortest=outage.shortest,
        )
        out.print(say(lasted))


def show_doubts(claimed: Claim, say: Words, *, each: bool = False) -> None:
    """The doubts, the heaviest first, with where they stand and what to do: alike ones as one, or `each`."""
    order = list(Weight)
    findings = sorted(claimed.findings, key=lambda f: -order.index(f.weight))

    def where(finding: Finding) -> str:
        exhibit = claimed.case.exhibit_of(finding.source.object) if finding.source else None
        return f"K\N{NO-BREAK SPACE}{exhibit.number}" if exhibit else ""

    (doubts.show_each if each else doubts.show)(findings, say, where)
    if not each and len(alike(findings)) < len(findings):
        screen.point(tr("Each of them by itself: heller show CASE --every-doubt"), " ", "dim")


def next_steps(claimed: Claim, say: Words) -> None:
    """What to do, with dates; what is done is ticked."""
    if not claimed.next_steps:
        return
    screen.heading(tr("Next steps"))
    for step in sorted(claimed.next_steps, key=lambda s: (s.done, s.until or date.max)):
        until = f"{say.day(step.until)}  " if step.until else ""
        screen.point(f"{until}{say(step.text)}", "✓" if step.done else "○", "dim" if step.done else "")


def open_questions(claimed: Claim, say: Words) -> None:
    """The open questions that change the sum, with the euros between their answers."""
    open_ = [question for question in claimed.questions if question.worth]
    if not open_:
        return
    screen.heading(tr("What is not stated yet"))
    for question in open_:
        screen.point(f"{say(question.label)}?  ({say.money(question.worth)})")
    screen.point(tr("All of them: heller questions CASE"), " ", "dim")


def missing(claimed: Claim, say: Words) -> None:
    """Which proof would raise the sum, the most valuable first."""
    if not claimed.missing:
        return
    screen.heading(tr("What is missing"))
    for item in claimed.missing[:SHOWN]:
        worth = f"  ({say.span_of_money(item.worth)})" if item.worth else ""
        until = say(text("until {day}", day=item.until)) + ": " if item.until else ""
        screen.point(f"{until}{say(item.text)}{worth}", style="dim" if item.gone else "")
    if len(claimed.missing) > SHOWN:
        rest = text("{n} more: heller missing", n=len(claimed.missing) - SHOWN)
        screen.point(say(rest), " ", "dim")
