"""heller line show: the lines, by what they are known, and what belongs to each."""

from __future__ import annotations

from heller import casefile, pipeline
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.model.kinds.access_line import ROLES
from heller.model.text import text

PLACE = 10
VERB = text("The lines, by what they are known, and which logs are of which.")


def run(case: CaseFolder, *, json: AsJson = False) -> None:
    """The lines, by what they are known, and which logs are of which."""
    known = casefile.load(case)
    logs = pipeline.logs_by_line(known)
    if json:
        screen.as_json({"lines": known.lines, "logs": logs})
        return
    say = screen.words(known.tz)
    if not known.lines:
        screen.out().print(tr("No line is stated: all of the case is of one line."))
    for line in known.lines:
        more = [line.site, ", ".join(line.signs)]
        backs = say(text("stands in for {line}", line=line.backs)) if line.backs else ""
        words = " · ".join(filter(None, (say(ROLES[line.role]), *more, backs)))
        screen.out().print(screen.styled((line.name, "bold"), f"  {words}"))
        for name in logs.get(line.name, ()):
            screen.point(name, " ", "dim")
    for name, files in logs.items():
        if name not in {line.name for line in known.lines} and (name or not known.lines):
            screen.out().print(screen.styled((name or tr("main line"), "bold")))
            for file in files:
                screen.point(file, " ", "dim")
