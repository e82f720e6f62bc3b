"""heller facts: every fact that was stated, by whom and when, and where two statements differ."""

from __future__ import annotations

from heller import casefile
from heller.casefile.stated import Statement, doubts, source_of, stated, value_of
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.facts import FACTS
from heller.model.text import text

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
                label if n == 0 else "",
                value_of(said, say),
                source_of(said, say),
                _since(said, say),
                style=style,
            )
    screen.out().print(rows)
    for one in found:
        for doubt in doubts(one, say):
            screen.point(say(doubt), "?", "yellow")
    if not found:
        screen.point(tr("No fact is stated yet. What is missing: heller questions CASE"))


def _since(said: Statement, say: Words) -> str:
    return say.day(said.at) if said.at is not None else ""
