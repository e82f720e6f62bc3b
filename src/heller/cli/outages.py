"""heller outages: what the logs say about the line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile, pipeline
from heller.cli import screen
from heller.cli.screen import tr
from heller.dossier.names import STRENGTHS
from heller.dossier.wording import Words
from heller.model.case import Case
from heller.model.outage import Detection, Outage
from heller.model.text import text


def run(
    case: Annotated[Path, Parameter(help=tr("The case folder."))],
    *,
    json: Annotated[bool, Parameter(help=tr("Print JSON for machines."))] = False,
) -> None:
    """What the logs say about the line."""
    with screen.progress(tr("Reading")) as done:
        folded = casefile.load(case, done)
        detection = pipeline.detect(folded)
    if json:
        screen.as_json(detection)
    else:
        show(folded, detection)


def show(case: Case, detection: Detection) -> None:
    """Every outage with bounds, cause, witnesses, competing ends and blind spans; then the doubts."""
    say = screen.words(case.tz)
    out = screen.out()
    if not detection.outages:
        out.print(tr("No outage can be told from what was taken in."))
    for number, outage in enumerate(detection.outages, 1):
        screen.heading(say(text("Outage {n}", n=number)))
        _outage(say, outage)
    if detection.findings:
        screen.heading(tr("What the other side may attack"))
        for finding in detection.findings:
            screen.point(say(finding.text))


def _outage(say: Words, outage: Outage) -> None:
    rows = []
    for label, bounds in ((tr("Start between"), outage.start), (tr("End between"), outage.end)):
        early, late = say.moment(bounds.earliest, seconds=True), say.moment(bounds.latest, seconds=True)
        rows.append((label, f"{early} – {late} ({say.duration(bounds.width)})"))
    lasted = text("at least {shortest}, at most {longest}", shortest=outage.shortest, longest=outage.longest)
    rows.append((tr("Lasted"), say(lasted)))
    rows.append((tr("Cause"), say(outage.cause_reason)))
    rows.append((tr("Proof"), say(STRENGTHS[outage.strength])))
    for span in outage.unobserved:
        blind = f"{say.moment(span.start)} – {say.moment(span.end)} ({say.duration(span.length)})"
        rows.append((tr("Not watched"), blind))
    for end in outage.ends:
        mark = "✓" if end.holds else "✗"
        rows.append((tr("Claimed end"), f"{mark} {say.moment(end.at)}, {end.said_by}: {say(end.why)}"))
    for witness in outage.witnesses:
        rows.append((tr("Witness"), f"{say(witness.name)}: {say(witness.saw)}"))
    screen.named(rows)
