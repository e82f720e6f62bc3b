"""heller estimate: five questions, three figures, and the notice of unusually high damage ready to send."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.letter import write
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.damage.quick import Answers, Quick
from heller.dossier.wording import BERLIN, Words
from heller.model.advice import CapAhead
from heller.model.case import Case
from heller.model.errors import InputRefused
from heller.model.facts import first_estimate
from heller.model.money import Money
from heller.model.text import Text, text
from heller.model.trades import trade_of

PLACE = 40
VERB = text("A first estimate from five answers, and the notice to the provider ready to send.")

T = TypeVar("T")


@Parameter(name="*")
@dataclass(frozen=True)
class FiveAnswers:
    """The five answers; what is left out is asked."""

    since: Annotated[
        str | None, Parameter(help=tr("Since when the line is down, e.g. '04.02.2015 08:12'."))
    ] = None
    people: Annotated[str | None, Parameter(help=tr("How many people cannot work."))] = None
    hour: Annotated[
        str | None, Parameter(help=tr("What an hour of one of them costs, employer's share included."))
    ] = None
    units: Annotated[
        str | None,
        Parameter(help=tr("How many appointments, bookings or projects a usual working day has.")),
    ] = None
    each: Annotated[str | None, Parameter(help=tr("What one of them brings, net."))] = None
    revenue: Annotated[
        str | None, Parameter(help=tr("Revenue of a usual working day, net, instead of those two."))
    ] = None
    share: Annotated[str | None, Parameter(help=tr("Share of it that needs the line, e.g. '80 %'."))] = None
    margin: Annotated[
        str | None, Parameter(help=tr("What is left of it when its direct cost is paid, e.g. '38 %'."))
    ] = None
    until: Annotated[
        str | None, Parameter(help=tr("When the line worked again; left out while it is down."))
    ] = None
    trade: Annotated[
        str | None,
        Parameter(help=tr("What kind of business it is, e.g. 'dentist'; that of the case if left out.")),
    ] = None
    at: Annotated[str | None, Parameter(help=tr("The moment for which it holds; now if left out."))] = None


def run(
    case: Annotated[
        Path | None, Parameter(help=tr("A case folder: the estimate is kept in its journal."))
    ] = None,
    given: FiveAnswers = FiveAnswers(),
    *,
    letter: Annotated[Path | None, Parameter(help=tr("Write the notice to this file, too."))] = None,
    json: AsJson = False,
) -> None:
    """A first estimate from five answers, the cap that it meets, and the notice to the provider."""
    from heller import casefile, pipeline
    from heller.dossier.letter_frame import facts_of, plain
    from heller.dossier.letters.damage_warning import notice

    known = casefile.load(case) if case else None
    zone = known.tz if known else BERLIN
    trade = known.trade if known and not given.trade else trade_of(given.trade or _trade(given))
    say = screen.words(zone, trade)
    quick, cap = pipeline.estimate(_answers(_filled(given, known), zone, say), zone, known)
    facts, made = facts_of(known) if known else {}, quick.record()
    by = cap.answer_by or made.at.astimezone(zone).date()
    # A notice that the damage grows is for a line that is still dead.
    ready = plain(notice(made, facts, say, cap.warning, by)) if made.until is None else None
    entry = casefile.keep_estimate(case, made) if case else None
    if letter is not None and ready is not None:
        write(letter, ready.body.encode())
    if json:
        screen.as_json(as_plain(quick, cap, say) | {"notice": ready, "entry": entry})
        return
    show(quick, cap, say)
    if ready is not None:
        screen.heading(tr("Ready to send: notice of unusually high damage"))
        screen.out().print()
        screen.out().print(ready.body, soft_wrap=True)
        if letter is not None:
            screen.point(say(text("Written to {path}.", path=str(letter))))
    if case is not None and entry is None:
        screen.point(tr("The same answers stand in the journal already; nothing was written."))
    if entry is not None:
        screen.point(say(text("Written as entry {n}.", n=entry)))
        if ready is not None:
            screen.point(tr("When it is sent, note it: heller note CASE damage_warning ... --ours"))


def show(quick: Quick, cap: CapAhead, say: Words) -> None:
    """Three figures a day and so far, how they were reached, what they rest on, the cap."""
    rows = screen.table("", tr("Cautious"), tr("Likely"), tr("High"), right=(1, 2, 3))
    for label, amount in (
        (tr("for each working day"), quick.per_day),
        (say(_how_long(quick)), quick.so_far),
    ):
        rows.add_row(label, *(say.money(m) for m in (amount.low, amount.likely, amount.high)), style="bold")
    screen.out().print(rows)
    screen.heading(tr("How it was worked out"))
    screen.labels([(say.money(line.amount.likely), say(line.text)) for line in quick.working if line.amount])
    screen.heading(tr("What it rests on"))
    for said in quick.rests_on:
        screen.point(say(said))
    screen.heading(tr("The cap that it will meet"))
    for said in cap.words:
        screen.point(say(said))


def _how_long(quick: Quick) -> Text:
    if quick.answers.until is None:
        return text("so far ({days:1} working days)", days=_places(quick))
    return text("in all ({days:1} working days)", days=_places(quick))


def as_plain(quick: Quick, cap: CapAhead, say: Words) -> dict[str, object]:
    """For machines: cents, sentences in the language of this run."""
    return {
        "per_day": quick.per_day,
        "so_far": quick.so_far,
        "working_days": _places(quick),
        "working": [{"text": say(line.text), "amount": line.amount} for line in quick.working],
        "rests_on": [say(said) for said in quick.rests_on],
        "cap": {
            "amount": cap.amount,
            "rule": cap.norm,
            "reached_after": cap.reached,
            "words": [say(said) for said in cap.words],
        },
    }


def _places(quick: Quick) -> Decimal:
    days = quick.days.likely
    return (Decimal(days.numerator) / days.denominator).quantize(Decimal("0.1"))


def _answers(given: FiveAnswers, zone: ZoneInfo, say: Words) -> Answers:
    """The answers as given or asked; raises InputRefused for what cannot be read or asked."""
    from heller.intake.written import canonical, numbers

    def moment(raw: str) -> datetime | None:
        found = numbers.moment(raw, "", zone)
        day = numbers.day(raw)
        return found or (datetime(day.year, day.month, day.day, tzinfo=zone) if day else None)

    now = (
        datetime.now(zone).replace(microsecond=0)
        if given.at is None
        else _parsed_or_refused(given.at, moment, WHEN)
    )
    people = _ask(given.people, text("How many people cannot work? (0 if none)"), numbers.decimal, COUNT, say)
    return Answers(
        since=_ask(given.since, text("Since when is the line down? (day and time)"), moment, WHEN, say),
        until=_parsed_or_refused(given.until, moment, WHEN) if given.until else None,
        now=now,
        people=people,
        per_hour=_ask(
            given.hour, text("What does an hour of one of them cost, in euros?"), numbers.amount, SUM, say
        )
        if people or given.hour
        else None,
        revenue=_revenue(given, say),
        share=_ask(
            given.share, text("Which share of it needs the line? (e.g. 80 %)"), canonical.share, SHARE, say
        ),
        margin=_ask(
            given.margin,
            text("What is left of it when {costs} are paid? (e.g. 38 %)"),
            canonical.share,
            SHARE,
            say,
        ),
    )


def _trade(given: FiveAnswers) -> str:
    """What kind of business it is, where nothing says it, somebody can be asked and its units matter; '' else."""
    if given.revenue is not None or given.units is not None or not sys.stdin.isatty():
        return ""
    asked = text("What kind of business is it? (e.g. dentist, hotel, engineers; may be left empty)")
    return _ask(None, asked, lambda raw: raw, asked, screen.words())


def _revenue(given: FiveAnswers, say: Words) -> Money:
    """What a usual day brings: how many units of the trade times what one of them does, or a sum where it is said."""
    from heller.intake.written import numbers

    if given.revenue is not None and given.units is None:
        return _parsed_or_refused(given.revenue, numbers.amount, SUM)
    many = text("How many {units} does a usual working day have?")
    units = _ask(given.units, many, numbers.decimal, COUNT, say)
    each = _ask(given.each, text("What does one of them bring, net, in euros?"), numbers.amount, SUM, say)
    return each * units


def _filled(given: FiveAnswers, known: Case | None) -> FiveAnswers:
    """What was not given and the case knows already is not asked again."""
    if known is None:
        return given
    stated = {
        name: fact.value
        for name, spec in first_estimate.ANSWERS.items()
        if getattr(given, name) is None and (fact := known.facts.statement(spec)) is not None
    }
    return replace(given, **stated)


WHEN = text("Write day and time as 04.02.2015 08:12.")
COUNT = text("Write a number, as 12.")
SUM = text("Write the amount as 1.234,56.")
SHARE = text("Write the share as 38 %.")


def _ask(raw: str | None, question: Text, read: Callable[[str], T | None], how: Text, say: Words) -> T:
    """The answer as given; asked in a terminal, again until it can be read."""
    if raw is not None:
        return _parsed_or_refused(raw, read, how)
    if not sys.stdin.isatty():
        raise InputRefused(
            what=text("An answer is missing: {question}", question=question),
            why=text("The estimate needs all five answers, and nobody can be asked here."),
            do=text("Give it as an option, see: heller estimate --help"),
        )
    while True:
        screen.err().print(say(question), end=" ")
        try:
            found = read(input().strip())
        except EOFError:
            raise KeyboardInterrupt from None
        if found is not None:
            return found
        screen.err().print(say(how))


def _parsed_or_refused(raw: str, read: Callable[[str], T | None], how: Text) -> T:
    found = read(raw.strip())
    if found is None:
        raise InputRefused(
            what=text("{raw} cannot be read.", raw=raw or "''"),
            why=text("With a guess the estimate would be wrong from the start."),
            do=how,
        )
    return found
