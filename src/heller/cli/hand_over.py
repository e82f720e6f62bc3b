"""heller hand-over: a copy of the case for somebody who adds to it, and taking it back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.casefile.writing.hand_over import hand_over
from heller.cli import screen
from heller.cli.joined import joined
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

LONGEST = 60  # characters of a folder's name that are whose it is
PLACE = 245
VERB = text("Hand a copy of the case to somebody who adds to it, such as the lawyer, and take it back.")


def run(
    case: CaseFolder,
    *,
    to: Annotated[str, Parameter(help=tr("Who gets the copy."))] = "",
    out: Annotated[
        Path | None, Parameter(help=tr("The folder of the copy; without it one beside the case."))
    ] = None,
    back: Annotated[
        Path | None,
        Parameter(help=tr("The copy that came back, or a bundle of it: what is new there is taken over.")),
    ] = None,
) -> None:
    """Hand a copy of the case to somebody who adds to it, such as the lawyer, and take it back."""
    if back is not None:
        joined(case, back, to)
        return
    home, called = case.resolve(), re.sub(r"[^\w-]+", "-", to)[:LONGEST].strip("-")
    target = hand_over(case, to, out or home.with_name(f"{home.name}-{called}"))
    say = screen.words()
    screen.out().print(say(text("The copy for {who} lies in {folder}.", who=to, folder=str(target))))
    more = text(
        "It holds all that the case holds, also what never goes to the other side. You may go on writing here; what is "
        "written there comes back with: heller hand-over {case} --back {folder}",
        case=str(case),
        folder=str(target),
    )
    screen.point(say(more), ">", "dim")
