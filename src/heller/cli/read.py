"""heller read: what one file says, without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from heller.casefile.apart import process
from heller.casefile.derived.reading_anew import anew
from heller.cli import screen, typed_words
from heller.cli.screen import tr
from heller.dossier.wording import BERLIN
from heller.intake import as_plain
from heller.intake.as_plain import Document
from heller.intake.bank import profile
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 80
VERB = text("What one file says, without a case: values with place and grade, doubts.")


def run(
    file: Annotated[Path, Parameter(help=tr("The file to read."))],
    *,
    rules: Annotated[
        bool,
        Parameter(negative="", help=tr("Check against the business rules of EN 16931 (extra 'validate').")),
    ] = False,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> int:
    """What one file says, without a case."""
    process.start()
    try:
        found = _ruled(file, _documents(file)) if rules else _documents(file)
    except InputRefused as error:
        if not json:
            raise
        say = screen.words()
        screen.as_json({"refused": say(error.what), "do": say(error.do)})
        return error.exit_code
    if json:
        said = [as_plain.as_json(document, screen.words()) for document in found]
        screen.as_json(said[0] if len(said) == 1 else said)
        return 0
    from heller.cli import readings  # only what is shown to people needs its words

    for document in found:
        readings.show(file.name, document)
    return 0


def _ruled(file: Path, found: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents with what the e-invoice in the file breaks of the rules of EN 16931."""
    from heller.casefile.derived.broken_rules import broken_rules

    blob = typed_words.blob(file)
    with screen.progress(tr("Checking the business rules")):  # compiling them takes a second or two
        broken = broken_rules(blob)
    if broken is None:
        raise InputRefused(
            text("There is no e-invoice in {name} to be checked.", name=blob.name),
            text("The business rules are those of EN 16931, for invoices in UBL and CII."),
            text("Leave --rules out to see what the file says."),
        )
    return tuple(replace(document, findings=(*document.findings, *broken)) for document in found)


def _documents(file: Path) -> tuple[Document, ...]:
    """The documents of the file; raises InputRefused where there is nothing to read."""
    blob = typed_words.blob(file)
    reading = anew(blob, BERLIN, profile.of_user())
    found = as_plain.documents(reading)
    if not found:
        what, do = as_plain.refusal(reading, blob.name)
        raise InputRefused(
            what=what,
            why=text("Values are only taken from a file that can be read with certainty."),
            do=do or text("Add another export of it, or enter by hand what it says."),
        )
    return found
