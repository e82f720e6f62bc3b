"""heller mitigation: a day of the outage in figures, what could be done about it, what waiting cost."""

from __future__ import annotations

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.names import pays_words, waited_words
from heller.dossier.wording import Words
from heller.model.damage import Mitigation
from heller.model.text import text

PLACE = 160
VERB = text("What a day of the outage cost, what could be done, what waiting cost.")


def run(case: CaseFolder, *, json: AsJson = False) -> None:
    """What a day of the outage cost, what could be done about it, what waiting cost."""
    with screen.progress(tr("Reading")) as done:
        known = casefile.worked_out(case, done)
    found = known.assessment.mitigation
    if json:
        screen.as_json(found)
    else:
        show(found, screen.words(known.case.tz, known.case.trade))


def show(found: Mitigation, say: Words) -> None:
    """A day without and with the line in sentences, then each measure against the loss it avoids."""
    for said in found.words:
        screen.point(say(said))
    if not found.options:
        screen.point(tr("No measure is noted yet; see: heller note --help, kind measure."))
        return
    columns = (
        tr("Measure"),
        tr("once"),
        tr("a day"),
        tr("avoids a day"),
        tr("saves a day"),
        tr("pays from"),
    )
    rows = screen.table(*columns, right=(1, 2, 3, 4, 5))
    for one in found.options:
        rows.add_row(
            one.name,
            say.money(one.once),
            say.money(one.per_day),
            say.money(one.avoids.likely),
            say.money(one.net.likely, sign=True),
            say(pays_words(one)),
        )
    screen.out().print()
    screen.out().print(rows)
    for one in found.options:
        screen.point(f"{one.name}: {say(waited_words(one))}" + (f" {one.why}" if one.why else ""))
