"""heller doctor: what works on this machine, what does not, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.doctor.checks import CHECKS, Examined, State
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 305
VERB = text("What works on this machine, what does not, and what to do.")
MARKS = {State.GOOD: ("+", "green"), State.WEAK: ("!", "yellow"), State.MISSING: ("x", "bold red")}


def run(
    case: Annotated[
        Path, Parameter(help=tr("The folder where cases are to lie; without it, this one."))
    ] = Path(),
    *,
    json: AsJson = False,
) -> int:
    """What works on this machine, what does not, and what to do; exit code 11 where something is missing."""
    found: list[Examined] = []
    with screen.progress(tr("This machine is looked at"), len(CHECKS)) as done:
        for check in CHECKS:
            found.append(check(case))
            done("")
    say = screen.words()
    if json:
        screen.as_json(
            [
                {
                    "what": say(one.what),
                    "state": one.state.value,
                    "said": say(one.said),
                    "do": one.do and say(one.do),
                }
                for one in found
            ]
        )
    else:
        for one in found:
            mark, style = MARKS[one.state]
            screen.point(f"{say(one.what)}: {say(one.said)}", mark, style)
            if one.do is not None:
                screen.point(say(one.do), " ", "dim")
    return 11 if any(one.state is State.MISSING for one in found) else 0
