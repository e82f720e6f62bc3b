"""heller open-field: open closed fields of a bundle to one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.cli.written_file import writing
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 230
VERB = text("Open redacted fields of a bundle to one person.")


def run(
    case: CaseFolder,
    bundle: Annotated[Path, Parameter(help=tr("The redacted bundle that the person has."))],
    entry: Annotated[int, Parameter(help=tr("The number of the entry, as heller verify names it."))],
    place: Annotated[str, Parameter(help=tr("The place, or some characters of it: row 3; Name; /who."))] = "",
    *,
    whole: Annotated[
        bool,
        Parameter(help=tr("The whole entry: then it shows that what was redacted is what was taken in.")),
    ] = False,
    to: Annotated[Path, Parameter(help=tr("The file to write the disclosures into."))] = Path(
        "openings.jsonl"
    ),
) -> None:
    "Open redacted fields of a bundle to one person."
    from heller.casefile.bundle import open_field
    from heller.journal.checking.verify import verify

    if bool(place) is whole:
        raise InputRefused(
            what=text("Say which field, or --whole."),
            why=text("What is opened cannot be closed again."),
            do=text("See what is redacted with: heller verify BUNDLE"),
        )
    try:
        found = verify(bundle.read_bytes())
    except OSError as error:
        raise InputRefused(
            what=text(
                "{name} cannot be read: {reason}.", name=str(bundle), reason=error.strerror or str(error)
            ),
            why=text("Without the bundle there is nothing to open."),
            do=text("Name the redacted bundle, as it was handed over."),
        ) from error
    lines = open_field.openings(case, found, entry, place, whole=whole)
    why = text("Nothing was opened.")
    with writing(to, why, text("Name another file with --to.")):
        to.write_bytes(lines)
    say = screen.words()
    screen.point(say(text("{n} lines in {name}.", n=lines.count(b"\n"), name=str(to))), "✓")
    screen.point(tr("Whoever has the bundle checks them with: heller verify BUNDLE --opening FILE"), "·")
    screen.point(tr("Hand the file to this one person; it opens these fields and no others."), "·")
