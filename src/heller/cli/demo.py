"""heller demo: the case of February 2015, from files to a verified bundle."""

from __future__ import annotations

import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.bundle.build import STEPS
from heller.casefile.writing.folders import walk
from heller.cli import claim, dossier, screen, show, verify
from heller.cli.screen import tr
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 310
VERB = text("Run the case of February 2015 from files to a verified bundle.")

NAME = "2015-companyconnect"
# In an installed Heller it lies in the package, in a checkout beside it.
PLACES = (Path(__file__).parents[1] / "examples" / NAME, Path(__file__).parents[3] / "examples" / NAME)
EXAMPLE = next((place for place in PLACES if place.is_dir()), PLACES[0])
AS_OF = date(2015, 6, 30)


def run(
    folder: Annotated[Path, Parameter(help=tr("Where to put the case; made anew each time."))] = Path("demo"),
    *,
    example: Annotated[Path, Parameter(help=tr("The folder with the example's files."))] = EXAMPLE,
) -> None:
    """Run the case of February 2015 from files to a verified bundle."""
    started = time.monotonic()
    if not example.is_dir():
        raise InputRefused(
            text("The example {folder} is not there.", folder=str(example)),
            text("The demo runs on the files of the example."),
            text("Leave --example away: then it takes those that come with Heller."),
        )
    case = folder / "2015-companyconnect"
    _clear(case)
    say = screen.words()
    casefile.open_case(case)
    files = inputs(example)
    with screen.progress(tr("Reading"), len(files)) as done:
        added = casefile.add(case, files, progress=done)
    with screen.progress("", STEPS) as done:
        built = casefile.build(case, AS_OF, screen.language(), lambda said: done(say(said)))
    claimed = built.claim
    say = screen.words(claimed.case.tz, claimed.case.trade)
    screen.out().print(
        say(
            text(
                "{n} files read. All firms, persons and amounts are invented.",
                "One file read. All firms, persons and amounts are invented.",
                n=len(added),
            )
        )
    )
    screen.heading(tr("From the damage to what is owed"))
    claim.steps(claimed.waterfall, say)
    show.next_steps(claimed, say)
    screen.heading(tr("What was made"))
    dossier.show(built, say)
    screen.heading(tr("Verified"))
    with screen.progress("", STEPS) as done:
        outcome = casefile.verify_bundle(built.bundle, lambda said: done(say(said)))
    verify.show(outcome, say)
    screen.heading(tr("Look further"))
    me = "heller" if shutil.which("heller") else sys.argv[0]
    for command in (f"show {case}", f"assess {case} --unfold", f"serve {case}"):
        screen.out().print(f"  {me} {command}")
    seconds = round(time.monotonic() - started)
    screen.out().print()
    screen.out().print(
        say(text("Heller's own work took {n} seconds.", "Heller's own work took one second.", n=seconds)),
        style="dim",
    )
    if not outcome.holds:
        raise SystemExit(7)


def inputs(example: Path) -> tuple[Path, ...]:
    """The example's input files: everything but what explains them."""
    return tuple(path for path in walk([example]).files if path.suffix != ".md")


def _clear(case: Path) -> None:
    """Remove an earlier demo case, and nothing else."""
    if case.exists():
        if not (case / "journal.jsonl").is_file():
            raise InputRefused(
                text("{folder} is in the way and is no case folder.", folder=str(case)),
                text("The demo overwrites only what it made itself."),
                text("Name another folder: heller demo FOLDER"),
            )
        shutil.rmtree(case)
