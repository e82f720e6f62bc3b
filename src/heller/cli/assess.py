"""heller assess: the damage, head by head."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile, pipeline
from heller.cli import screen
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.model.case import Case
from heller.model.damage import Assessment, Position
from heller.model.finding import Locator


def run(
    case: Annotated[Path, Parameter(help=tr("The case folder."))],
    *,
    unfold: Annotated[bool, Parameter(negative="", help=tr("Show the working of every position."))] = False,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The damage, head by head."""
    with screen.progress(tr("Reading")) as done:
        folded = pipeline.linked(casefile.load(case, done))
        assessment = pipeline.assess(folded, pipeline.detect(folded))
    if json:
        screen.as_json(assessment)
    else:
        show(folded, assessment, unfold)


def show(case: Case, assessment: Assessment, unfold: bool) -> None:
    """The schedule of damages, totals by grade, conflicts, what is missing."""
    say = screen.words(case.tz)
    rows = screen.table(
        tr("Position"), tr("Cautious"), tr("Likely"), tr("High"), tr("Proof"), tr("Exhibits"), right=(1, 2, 3)
    )
    for position in assessment.positions:
        style = None if position.recoverable else "dim"
        rows.add_row(*_row(say, case, position), style=style)
        if unfold:
            for line in position.working:
                rows.add_row(
                    f"  {say(line.text)}",
                    "",
                    say.span_of_money(line.amount) if line.amount else "",
                    style="dim",
                )
    rows.add_section()
    total = assessment.total
    rows.add_row(
        f"[bold]{tr('Damage')}[/]",
        *(f"[bold]{say.money(m)}[/]" for m in (total.low, total.likely, total.high)),
    )
    for grade, amount in assessment.by_grade:
        rows.add_row(
            f"  {tr(grade.value)}",
            *(say.money(m) for m in (amount.low, amount.likely, amount.high)),
            style="dim",
        )
    screen.out().print(rows)
    for title, texts in (
        (tr("Counted once"), [c.rule for c in assessment.conflicts]),
        (tr("What is missing"), [m.text for m in assessment.missing]),
        (tr("Doubts"), [f.text for f in assessment.findings]),
    ):
        if texts:
            screen.heading(title)
            for said in dict.fromkeys(map(say, texts)):
                screen.out().print(f"  • {said}", markup=False)


def _row(say: Words, case: Case, position: Position) -> tuple[str, ...]:
    amount = position.amount
    title = say(position.title) + ("" if position.recoverable else f" ({tr('shown, not added')})")
    return (
        title,
        *(say.money(m) for m in (amount.low, amount.likely, amount.high)),
        tr(position.grade.value),
        exhibits(case, position.sources),
    )


def exhibits(case: Case, sources: tuple[Locator, ...]) -> str:
    """'K 3, K 7' for the originals that a position rests on."""
    numbers = {e.number for s in sources if (e := case.exhibit_of(s.object)) is not None}
    return ", ".join(f"K{n}" for n in sorted(numbers))
