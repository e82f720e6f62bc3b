"""heller attack: the other side's best objections, before they come."""

from __future__ import annotations

from heller import casefile, pipeline
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier.parts.objections import HOW
from heller.dossier.wording import Words
from heller.model.claim import Claim
from heller.model.objection import Answered, Objection
from heller.model.text import text

PLACE = 195
VERB = text("The other side's best objections, before they come, and what survives them.")
MARKS = {Answered.CONCEDED: "–", Answered.OPEN: "✗", Answered.WORDS: "!"}


def run(case: CaseFolder, *, as_of: AsOf = None, json: AsJson = False) -> None:
    """The other side's best objections, before they come, and what survives them."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = pipeline.objected(casefile.claim(case, day, done))
    if json:
        screen.as_json({"as_of": day.isoformat(), "objections": claimed.objections, "floor": claimed.floor})
    else:
        show(claimed, screen.words(claimed.case.tz, claimed.case.trade))


def show(claimed: Claim, say: Words) -> None:
    """The weightiest first; then the floor."""
    due = claimed.waterfall.due
    if not claimed.objections:
        screen.point(tr("Nothing is known here that the other side could say."))
    for one in claimed.objections:
        _objection(one, due.likely != one.due.likely, say)
    screen.out().print()
    said = text(
        "Due {due}; what survives all that nothing answers: {floor}.",
        due=due.likely,
        floor=claimed.floor.likely,
    )
    screen.out().print(say(said), style="bold")


def _objection(one: Objection, costs: bool, say: Words) -> None:
    """What is said, on which rule, what it costs, and what answers it."""
    screen.out().print()
    screen.point(say(one.says), MARKS.get(one.answered, "✓"), "bold")
    screen.point(f"{one.norm.cite} · {one.norm.mark}", " ", "dim")
    if costs:
        screen.point(say(text("If it held, {due} would be due.", due=one.due.likely)), " ")
    elif one.off is not None and one.off.likely:
        off = text("It is about {off} of the damage; what is due stays the same.", off=one.off.likely)
        screen.point(say(off), " ")
    for ground in one.answers:
        screen.point(say(ground.text), " ")
    screen.point(say(HOW[one.answered]), " ", "dim")
