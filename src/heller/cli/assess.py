"""heller assess: the damage, head by head."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.names import GRADES
from heller.dossier.wording import Words
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.damage import Assessment, Method, Position
from heller.model.finding import Locator
from heller.model.text import Text, text

PLACE = 140
VERB = text("The damage, head by head, with and without the outage.")


def run(
    case: CaseFolder,
    *,
    unfold: Annotated[bool, Parameter(help=tr("Show the working of every position."))] = False,
    json: AsJson = False,
) -> None:
    """The damage, head by head."""
    with screen.progress(tr("Reading")) as done:
        known = casefile.worked_out(case, done)
    if json:
        screen.as_json(known.assessment)
    else:
        show(known.case, known.assessment, unfold)


def show(case: Case, assessment: Assessment, unfold: bool) -> None:
    """The schedule of damages, totals by grade, conflicts, what is missing."""
    say = screen.words(case.tz, case.trade)
    columns = (tr("Position"), tr("Cautious"), tr("Likely"), tr("High"), tr("Proof"), tr("Exhibits"))
    rows = screen.table(*columns, right=(1, 2, 3))
    for position in assessment.positions:
        rows.add_row(*_row(say, case, position), style=None if position.recoverable else "dim")
    rows.add_section()
    for label, amount, style in _totals(say, assessment):
        rows.add_row(label, *(say.money(m) for m in (amount.low, amount.likely, amount.high)), style=style)
    screen.out().print(rows)
    if unfold:
        for position in assessment.positions:
            _working(say, case, position)
    for title, texts in (
        (tr("The lost profit, worked out twice"), [*map(_method, assessment.methods)]),
        (tr("Counted once"), [c.rule for c in assessment.conflicts]),
        (tr("What is missing"), [m.text for m in assessment.missing]),
        (tr("Doubts"), [f.text for f in assessment.findings]),
    ):
        if texts:
            screen.heading(title)
            for said in dict.fromkeys(map(say, texts)):
                screen.point(said)


def _method(method: Method) -> Text:
    """One method in a line; the refused one says so."""
    if method.refused:
        return text(
            "{name}: {sum} would count the wages twice; not claimed", name=method.name, sum=method.sum
        )
    return text("{name}: {sum}", name=method.name, sum=method.sum)


def _totals(say: Words, assessment: Assessment) -> list[tuple[str, Range, str]]:
    """The damage, and what of it is proven how."""
    grades = [(f"  {say(GRADES[grade])}", amount, "dim") for grade, amount in assessment.by_grade]
    apart = [(tr("Claims of their own beside the damage"), assessment.apart, "bold")]
    return [
        (tr("Damage"), assessment.total, "bold"),
        *grades,
        *(apart if assessment.apart != Range() else []),
    ]


def _working(say: Words, case: Case, position: Position) -> None:
    """How one position was reached, line by line, with the rule that grants it."""
    screen.heading(f"{say(position.title)}  {say.span_of_money(position.amount)}")
    screen.point(f"{say(position.reason)} ({position.norm.cite})", " ", "dim")
    for line in position.working:
        where = exhibits(case, line.sources)
        amount = say.span_of_money(line.amount) if line.amount else ""
        screen.point("  ".join(part for part in (say(line.text), amount, where and f"[{where}]") if part))


def _row(say: Words, case: Case, position: Position) -> tuple[str, ...]:
    amount = position.amount
    beside = tr("a claim of its own") if position.apart else tr("shown, not added")
    title = say(position.title) + ("" if position.recoverable else f" ({beside})")
    return (
        title,
        *(say.money(m) for m in (amount.low, amount.likely, amount.high)),
        say(GRADES[position.grade]),
        exhibits(case, position.sources),
    )


def exhibits(case: Case, sources: tuple[Locator, ...]) -> str:
    """'K 3, K 7' for the originals that a position rests on."""
    numbers = {e.number for s in sources if (e := case.exhibit_of(s.object)) is not None}
    return ", ".join(f"K\N{NO-BREAK SPACE}{n}" for n in sorted(numbers))
