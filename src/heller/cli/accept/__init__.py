"""heller accept: the acceptance test when somebody says that the line works again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.accept.options import (
    CONTRACT,
    MEASURED,
    TOLD,
    WAY,
    AnnouncementOptions,
    Contract,
    Measured,
    Way,
    contact,
)
from heller.cli.accept.own_line import known_line
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.model.kinds.acceptance import Acceptance, Verdict
from heller.model.text import text

PLACE = 120
VERB = text("The acceptance test when a technician says that the line works.")

if TYPE_CHECKING:
    from heller.model.case import Case

EXIT = {Verdict.ACCEPTED: 0, Verdict.REJECTED: 9, Verdict.OPEN: 10}
STYLES = {Verdict.ACCEPTED: "bold green", Verdict.REJECTED: "bold red", Verdict.OPEN: "bold yellow"}


def run(
    case: Annotated[
        Path | None, Parameter(help=tr("The case folder in which it is written down; none is needed."))
    ] = None,
    told: AnnouncementOptions = TOLD,
    contract: Contract = CONTRACT,
    measured: Measured = MEASURED,
    way: Way = WAY,
    *,
    pdf: Annotated[Path | None, Parameter(help=tr("Write the note to this PDF too."))] = None,
    json: AsJson = False,
) -> int:
    """Test the line for fifteen minutes; rejected after ten seconds without any answer."""
    from heller import casefile
    from heller.cli.accept import trial

    folded = casefile.load(case) if case is not None else None
    way = way.of(case)
    said, plan = told.noun(folded), way.plan(ipv6=contract.ipv6)
    agreed = known_line(contract.agreed(), plan.uplinks[0], folded)
    server = measured.server(plan.uplinks[0].source)
    if case is not None and said is not None:
        casefile.note(case, contact(said))
    made = trial.conduct(plan, agreed, said, server=server, address_url=contract.address_url)
    entry = casefile.test(case, made) if case is not None else None
    papers = [path for path in (_derived(case, entry), pdf) if path is not None]
    _typeset(made, folded, papers)
    if json:
        screen.as_json(made)
    else:
        show(made, folded, entry, papers)
    return EXIT[made.verdict]


def show(made: Acceptance, folded: Case | None, entry: int | None, papers: list[Path]) -> None:
    """The verdict, what can be read out, every point, where it lies."""
    from rich.text import Text as Styled

    from heller.dossier import acceptance
    from heller.model.kinds.acceptance import VERDICTS

    say = screen.words(folded.tz) if folded else screen.words()
    out = screen.out()
    out.print()
    verdict = say(VERDICTS[made.verdict])
    out.print(Styled(verdict[:1].upper() + verdict[1:], style=STYLES[made.verdict]))
    screen.heading(tr("To be read out"))
    for sentence in acceptance.sentences(made, say):
        screen.point(sentence, "›")
    screen.heading(tr("What was tested"))
    table = screen.table(tr("Tested"), tr("Found"), tr("Needed"), tr("Result"))
    for row in acceptance.rows(made, say):
        table.add_row(*row)
    out.print(table)
    out.print()
    for sentence in acceptance.small(made, say):
        screen.point(sentence, style="dim")
    if entry is not None:
        screen.point(say(text("Written as entry {n}.", n=entry)))
    for path in papers:
        screen.point(say(text("The note on one page: {path}", path=str(path))))


def _derived(case: Path | None, entry: int | None) -> Path | None:
    """Where the note of a case lies; it can be made again from the entry."""
    if case is None:
        return None
    return case / "derived" / f"acceptance-{entry}-{screen.language()}.pdf"


def _typeset(made: Acceptance, folded: Case | None, papers: list[Path]) -> None:
    if not papers:
        return
    from heller.dossier import acceptance, typesetting
    from heller.journal.disk import failing, keep

    say = screen.words(folded.tz) if folded else screen.words()
    facts = {key: value for key, _ in acceptance.FACTS if folded and (value := folded.fact(key))}
    sheet = typesetting.typeset(acceptance.page(made, facts, say), {})
    for path in papers:
        with failing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            keep(path, sheet)
