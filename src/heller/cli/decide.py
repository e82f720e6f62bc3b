"""heller decide: settle or sue, with every input beside the figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli import screen
from heller.cli.claim import beside_the_sum
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier import route_words
from heller.dossier.names import nothing_to_weigh
from heller.dossier.wording import BERLIN, Words
from heller.intake.written import canonical
from heller.model.decision import Decision, Offer
from heller.model.errors import InputRefused
from heller.model.facts import FACTS
from heller.model.terms import WAIVERS
from heller.model.text import Text, text

PLACE = 190
VERB = text("Settle or sue: the offer, the odds, the costs, the sum to sue for.")


@Parameter(name="*")
@dataclass(frozen=True)
class Supposed:
    """What is supposed for this run and not written down; what is left out comes from the case."""

    odds: Annotated[
        str | None, Parameter(help=tr("Your odds that the claim succeeds: '40-60', or one figure."))
    ] = None
    instances: Annotated[str | None, Parameter(help=tr("One instance or two."))] = None
    months: Annotated[str | None, Parameter(help=tr("Months until a judgment."))] = None
    money_rate: Annotated[str | None, Parameter(help=tr("What money costs the firm a year, e.g. '6 %'."))] = (
        None
    )
    funding: Annotated[
        str | None, Parameter(help=tr("Share that a litigation funder takes, e.g. '30 %'."))
    ] = None


def run(
    case: CaseFolder,
    supposed: Supposed = Supposed(),
    *,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Settle or sue: what suing is worth, what an offer is worth, what to offer, how much to sue for."""
    day, facts = screen.as_day(as_of, case), facts_of(supposed)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.supposing(case, day, facts, done)
    decided = claimed.waterfall.decision
    if json:
        screen.as_json({"as_of": day.isoformat(), "decision": decided})
    elif decided is None:
        screen.point(screen.words()(nothing_to_weigh(claimed.waterfall)))
    else:
        say = screen.words(claimed.case.tz, claimed.case.trade)
        beside_the_sum(claimed.waterfall, say)
        show(decided, say)


def facts_of(supposed: Supposed) -> dict[str, str]:
    """The facts that the options state, in canonical form. Raises InputRefused for what cannot be read."""
    low, _, high = (supposed.odds or "").replace("–", "-").partition("-")
    said = {
        "suit.odds_low": low.strip(),
        "suit.odds_high": (high or low).strip(),
        "suit.instances": supposed.instances or "",
        "suit.months": supposed.months or "",
        "suit.money_rate": supposed.money_rate or "",
        "suit.funding_share": supposed.funding or "",
    }
    return {key: _fact_value(key, raw) for key, raw in said.items() if raw}


def _fact_value(key: str, raw: str) -> str:
    spec = FACTS[key]
    value = canonical.canonical(spec, raw, BERLIN)
    if value is None:
        raise InputRefused(
            what=text("{raw} is no value for {name}.", raw=raw, name=spec.label),
            why=text("A decision on a guessed number would be no decision."),
            do=spec.how,
        )
    return value


def show(decided: Decision, say: Words) -> None:
    """What stops the claim first, then the inputs, what suing is worth, the offers, the ways, the sums, and what
    matters most."""
    _gates(decided, say)
    screen.heading(tr("What this rests on"))
    screen.labels([(say(label), say(value)) for label, value in decided.inputs])
    _chances(decided, say)
    screen.heading(tr("The offers"))
    if not decided.offers:
        screen.point(tr("No offer is noted yet: heller note CASE offer 'words' --amount 3000"))
    for offer in decided.offers:
        _offer(offer, say)
    _answer(decided, say)
    _routes(decided, say)
    _sizes(decided, say)
    _swings(decided, say)
    for note in decided.notes:
        screen.point(say(note), "•", "dim")


def _gates(decided: Decision, say: Words) -> None:
    if not decided.gates:
        return
    screen.heading(tr("What stops the claim"))
    for gate in decided.gates:
        screen.point(say(gate.label), "✗" if gate.shut else "?", "bold red" if gate.shut else "yellow")
        screen.point(say(gate.why), " ")
        screen.point(say(route_words.columns(gate)), " ")


def _routes(decided: Decision, say: Words) -> None:
    """The ways beside each other; below each what it means."""
    screen.heading(tr("The ways"))
    ends = range(2) if any(one.expected for one in decided.routes) else ()
    odds = decided.odds or (Decimal(0), Decimal(1))
    heads = [say(text("Worth at {odds:percent}", odds=odds[n])) for n in ends]
    columns = (tr("Way"), tr("Costs at risk"), *heads, tr("Better than nothing from"))
    rows = screen.table(*columns, right=range(1, len(columns)))
    for one in decided.routes:
        worths = [say.money(one.expected[n]) if one.expected else "–" for n in ends]
        even = "–" if one.break_even is None else say.percent(round(one.break_even, 3))
        rows.add_row(say(one.label), say.money(one.risk), *worths, even)
    screen.out().print(rows)
    for one in decided.routes:
        screen.point(say(one.label), "•", "bold")
        screen.point(" ".join(say(said) for said in route_words.beside(one)), " ", "dim")
    if decided.best_route is not None:
        screen.out().print()
        screen.out().print(say(decided.best_route), style="bold")


def _chances(decided: Decision, say: Words) -> None:
    screen.heading(tr("What suing is worth"))
    columns = (tr("Odds"), tr("On average"), tr("Worst of twenty"), tr("Middle"), tr("Best of twenty"))
    rows = screen.table(*columns, right=(0, 1, 2, 3, 4))
    for one in decided.chances:
        mark = "▸ " if one.asked else ""
        figures = (one.expected, one.low, one.middle, one.high)
        rows.add_row(
            mark + say.percent(one.odds), *map(say.money, figures), style="bold" if one.asked else ""
        )
    screen.out().print(rows)
    if decided.odds is not None:
        screen.out().print(tr("▸ your odds; the others are a scale and nobody's estimate"), style="dim")


def _offer(offer: Offer, say: Words) -> None:
    who = offer.who or say(text("the other side"))
    head = text("{day}, {who}: {worth}", day=offer.on, who=who, worth=offer.worth)
    screen.point(say(head if offer.incoming else text("Ours: {head}", head=head)), "•", "bold")
    screen.point(say(terms(offer)), " ", "dim")
    screen.point(say(offer.words), " ")
    for warning in offer.warnings:
        screen.point(say(warning), " ", "yellow")


def terms(offer: Offer) -> Text:
    """Cash, credit, early end, waiver and day of an offer."""
    credit: Text | str = text(", credit {credit}", credit=offer.credit) if offer.credit else ""
    ends: Text | str = text(", contract ends on {day}", day=offer.exit) if offer.exit else ""
    until: Text | str = text(", open until {day}", day=offer.until) if offer.until else ""
    return text(
        "cash {cash}{credit}{exit}; gives up: {waiver}{until}",
        cash=offer.cash,
        credit=credit,
        exit=ends,
        waiver=WAIVERS[offer.waiver],
        until=until,
    )


def _answer(decided: Decision, say: Words) -> None:
    if decided.counter is None or decided.expected is None:
        return
    low, high = decided.counter
    said = text(
        "A counter-offer makes sense between {low}, what suing is worth on your cautious odds, and {high}, "
        "what the other side loses on average on your hopeful ones.",
        low=low,
        high=high,
    )
    screen.out().print()
    screen.out().print(say(said), style="bold")


def _sizes(decided: Decision, say: Words) -> None:
    screen.heading(tr("How much to sue for"))
    odds = decided.odds
    ends = [text("Worth at {odds:percent}", odds=one) for one in dict.fromkeys(odds)] if odds else []
    columns = (tr("Sum"), tr("Sued for"), tr("Costs at risk"), tr("Lost to costs"), tr("Left if it succeeds"))
    rows = screen.table(*columns, *map(say, ends), right=range(1, 5 + len(ends)))
    for size in decided.sizes:
        figures = (size.value, size.risk, size.lost_to_costs, size.won)
        worths = size.expected[: len(ends)] if size.expected else ()
        rows.add_row(say(size.label), *map(say.money, figures), *map(say.money, worths))
    screen.out().print(rows)


def _swings(decided: Decision, say: Words) -> None:
    if not decided.swings:
        return
    screen.heading(tr("What moves it most"))
    rows = screen.table(tr("Input"), tr("from"), tr("to"), tr("moves it by"), right=(1, 2, 3))
    for swing in decided.swings:
        rows.add_row(say(swing.label), *map(say.money, (swing.low, swing.high, swing.width)))
    screen.out().print(rows)
