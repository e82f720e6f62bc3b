"""heller letter: a letter of the case as text, ready to be mailed or printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.model.claim import Claim
from heller.model.errors import InputRefused, StoreFailed
from heller.model.text import text

PLACE = 215
VERB = text("Write a letter of the case: the notice of high damage, the letter of demand.")


def run(
    case: CaseFolder,
    kind: Annotated[str, Parameter(help=tr("Which letter; without it, all that there are."))] = "",
    *,
    as_of: AsOf = None,
    debtor: Annotated[str | None, Parameter(help=tr("To whom, where several owe something."))] = None,
    to: Annotated[Path | None, Parameter(help=tr("Write it to this file."))] = None,
    mail: Annotated[bool, Parameter(help=tr("The address that opens it in a mail program."))] = False,
    json: AsJson = False,
) -> None:
    """One letter as text; nothing is sent and nothing is written into the case."""
    from heller import casefile
    from heller.dossier.letter_frame import plain
    from heller.dossier.letters import letters
    from heller.dossier.writer import Pen

    if not kind:
        screen.labels([(one.name, screen.words()(one.title)) for one in letters().values()])
        return
    if kind not in letters():
        raise InputRefused(
            text("There is no letter called {kind}.", kind=kind),
            text("Nothing was written; the case is as it was."),
            text("Letters are: {kinds}.", kinds=", ".join(letters())),
        )
    claimed = casefile.claim(case, screen.as_day(as_of))
    if debtor is not None:
        claimed = _against(claimed, debtor)
    ready = plain(letters()[kind].compose(Pen(claimed, screen.language())))
    if to is not None:
        write(to, ready.body)
    if json:
        screen.as_json({"subject": ready.subject, "body": ready.body, "mail": ready.mail})
    elif mail:
        screen.out().print(ready.mail, soft_wrap=True)
    elif to is None:
        screen.out().print(ready.body, soft_wrap=True)


def _against(claimed: Claim, debtor: str) -> Claim:
    """What one debtor owes; InputRefused where nobody is called so."""
    try:
        return claimed.against(debtor)
    except LookupError:
        names = ", ".join(one.debtor for one in claimed.debts if one.debtor)
        raise InputRefused(
            text("There is no debtor called {name}.", name=debtor),
            text("Nothing was written; the case is as it was."),
            text("Debtors are: {names}.", names=names or "–"),
        ) from None


def write(path: Path, body: str) -> None:
    """Write a letter; another file is never overwritten."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(body)
    except OSError as error:
        raise StoreFailed(
            what=text("{path} cannot be written: {problem}.", path=str(path), problem=error.strerror or ""),
            why=text("The letter was not written to a file."),
            do=text("Choose a name that is not there yet, in a folder that may be written to."),
        ) from None
