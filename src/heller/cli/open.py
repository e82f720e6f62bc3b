"""heller open: make a case folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli import screen
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 10
VERB = text("Make a case folder.")


def run(
    folder: Annotated[Path, Parameter(help=tr("A new folder for the case."))],
    *,
    zone: Annotated[str, Parameter(help=tr("Time zone of the site."))] = "Europe/Berlin",
) -> None:
    """Make a case folder."""
    casefile.open_case(folder, zone=zone)
    say = screen.words()
    screen.out().print(say(text("The case folder {folder} is ready.", folder=str(folder))))
    screen.out().print(say(text("Next: heller add {folder} FILES", folder=str(folder))))
