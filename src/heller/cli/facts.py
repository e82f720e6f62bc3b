"""heller facts: every fact that was stated, by whom and when, and where two statements differ."""

from __future__ import annotations

from heller import casefile
from heller.casefile.stated import StatedFact, Statement, stated
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.facts import FACTS
from heller.model.text import Text, text

PLACE = 205
VERB = text("Every fact that was stated, by whom and when, and where two statements differ.")


def run(case: CaseFolder, *, json: AsJson = False) -> None:
    """Every fact that was stated, by whom and when, and where two statements differ."""
    with screen.progress(tr("Reading")) as done:
        loaded = casefile.load(case, done)
    found = stated(loaded)
    if json:
        screen.as_json(
            [
                {"key": one.key, "contradicted": one.contradicted, "statements": one.statements}
                for one in found
            ]
        )
        return
    say = screen.words(loaded.tz)
    rows = screen.table(tr("Fact"), tr("Value"), tr("Source"), tr("Since"))
    for one in found:
        for n, said in enumerate(reversed(one.statements)):
            label = say(FACTS[one.key].label) if one.key in FACTS else one.key
            style = "" if said.counts else "dim"
            rows.add_row(
                label if n == 0 else "", _value(said, say), _source(said, say), _since(said, say), style=style
            )
    screen.out().print(rows)
    for one in found:
        for doubt in _doubts(one, say):
            screen.point(say(doubt), "?", "yellow")
    if not found:
        screen.point(tr("No fact is stated yet. What is missing: heller questions CASE"))


def _value(said: Statement, say: Words) -> str:
    value = said.fact.value or tr("nobody knows")
    line = f" ({said.fact.line})" if said.fact.line else ""
    return f"{value}{line}"


def _source(said: Statement, say: Words) -> str:
    where = text("K {n}", n=said.exhibit) if said.exhibit else text("entry {n}", n=said.entry)
    return f"{say(where)} {said.fact.basis}".strip()


def _since(said: Statement, say: Words) -> str:
    return say.day(said.at) if said.at is not None else ""


def _doubts(one: StatedFact, say: Words) -> list[Text]:
    label = FACTS[one.key].label if one.key in FACTS else Text(one.key)
    found = []
    if one.contradicted:
        values = ", ".join(f"{_value(s, say)} ({_source(s, say)})" for s in one.statements if s.fact.value)
        found.append(
            text(
                "{name} is stated in different ways: {values}. The last statement counts.",
                name=label,
                values=values,
            )
        )
    if (later := one.newer_file) is not None:
        found.append(
            text(
                "K {n} came after the note on {name} and says {value}. Which is right? heller note CASE fact {key} "
                "VALUE",
                n=later.exhibit,
                name=label,
                value=later.fact.value,
                key=one.key,
            )
        )
    return found
