"""heller missing: which proof would raise the sum, by how much, until when it can be had."""

from __future__ import annotations

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier.names import head_name
from heller.dossier.wording import Words
from heller.model.damage import Missing
from heller.model.text import text

PLACE = 150
VERB = text("Which proof would raise the sum, by how much, until when it can be had.")


def run(case: CaseFolder, *, as_of: AsOf = None, json: AsJson = False) -> None:
    """Which proof would raise the sum, by how much, until when it can be had."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    say = screen.words(claimed.case.tz, claimed.case.trade)
    if json:
        screen.as_json({"as_of": day, "missing": [as_plain(gap, say) for gap in claimed.missing]})
    else:
        show(claimed.missing, say)


def show(missing: tuple[Missing, ...], say: Words) -> None:
    """The most valuable first; what is gone is dim and last."""
    if not missing:
        screen.point(tr("No proof is missing."))
        return
    rows = screen.table(
        tr("Position"), tr("What is missing"), tr("Until"), tr("adds"), tr("secures"), right=(3, 4)
    )
    for gap in missing:
        until = say.day(gap.until) if gap.until else ""
        said = say(gap.text) + (f"\n{say(gap.kept_by)}" if gap.kept_by else "")
        if gap.gone:
            said += "\n" + say(text("Probably deleted by now; ask all the same."))
        adds = say(text("up to {amount}", amount=gap.worth.high)) if gap.worth else ""
        secures = say.money(gap.secures.likely) if gap.secures else ""
        rows.add_row(say(head_name(gap.head)), said, until, adds, secures, style="dim" if gap.gone else None)
        rows.add_section()
    screen.out().print(rows)
    screen.out().print()
    screen.point(tr("adds: what comes on top; secures: what is counted already and would be better proven."))


def as_plain(gap: Missing, say: Words) -> dict[str, object]:
    """For machines: cents, days as ISO, the sentence in the language of this run."""
    return {
        "head": gap.head,
        "text": say(gap.text),
        "adds": gap.worth,
        "secures": gap.secures,
        "until": gap.until.isoformat() if gap.until else None,
        "kept_by": say(gap.kept_by) if gap.kept_by else None,
        "gone": gap.gone,
    }
