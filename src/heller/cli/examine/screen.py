"""What the verbs of the desk share: opening a bundle, and its items on the screen."""

from __future__ import annotations

from pathlib import Path

from heller import pipeline
from heller.casefile.examination import Examination, ExaminerNotes, examine, notes_of
from heller.cli import screen
from heller.cli.screen import tr
from heller.dossier.names import GRADES
from heller.dossier.refs import Refs
from heller.dossier.wording import Words
from heller.model.dispute import ClaimItem
from heller.model.kinds.item_ruling import REASONS, RULINGS
from heller.model.money import Money, total
from heller.model.text import text


def opened(bundle: Path) -> Examination:
    """A bundle that was verified; raises NotVerified."""
    say = screen.words()
    with screen.progress("") as done:
        return examine(bundle, lambda said: done(say(said)))


def show(bundle: Path, item: str | None, *, json: bool) -> None:
    """All items, or one with its working."""
    examination = opened(bundle)
    notes = notes_of(examination)
    if json:
        screen.as_json(plain(examination, notes))
        return
    say = screen.words(examination.claim.case.tz, examination.claim.case.trade)
    if item is not None:
        working(examination, examination.item(item), say)
        return
    items(examination, notes, say)
    readings(examination, say)


def plain(examination: Examination, notes: ExaminerNotes) -> dict[str, object]:
    """The desk for machines."""
    due = examination.claim.waterfall.due
    return {
        "bundle": examination.verification.digest,
        "holds": examination.verification.holds,
        "not_checked": len(examination.verification.unchecked),
        "as_of": examination.claim.waterfall.as_of.isoformat(),
        "due": due,
        "agreed": examination.agreed(notes),
        "items": [
            {"item": one.key, "asked": one.asked, "ruling": notes.rulings.get(one.key)}
            for one in examination.items
        ],
        "readings": pipeline.other_readings(examination.claim),
    }


def items(examination: Examination, notes: ExaminerNotes, say: Words) -> None:
    """Each item with what is asked, what was said of it, what is agreed; what is due for all that."""
    left = len(examination.verification.unchecked)
    if left:
        said = text(
            "The bundle holds but for what was not checked: {n} points, named first.",
            "The bundle holds but for what was not checked: one point, named first.",
            n=left,
        )
        screen.point(say(said), "?", "bold yellow")
    else:
        screen.point(tr("The bundle holds."), "✓", "bold green")
    rows = screen.table(tr("No."), tr("Item"), tr("asked"), tr("Answer"), tr("agreed"), right=(0, 2, 4))
    for n, one in enumerate(examination.items, 1):
        rows.add_row(str(n), f"{say(one.title)} [{one.key}]", say.money(one.asked), *_ruling(notes, one, say))
    screen.out().print(rows)
    agreed = examination.agreed(notes).low
    due = examination.claim.waterfall.due.low
    said = text(
        "Asked {asked}, agreed {agreed} of the items. Due {due}; for what is agreed {part}, disputed {rest}.",
        asked=total(one.asked for one in examination.items),
        agreed=total(one.agreed for one in notes.rulings.values()),
        due=due,
        part=min(agreed, due),
        rest=max(due - agreed, Money(0)),
    )
    screen.out().print()
    screen.out().print(say(said), style="bold")


def _ruling(notes: ExaminerNotes, one: ClaimItem, say: Words) -> tuple[str, str]:
    ruling = notes.rulings.get(one.key)
    if ruling is None:
        return "–", ""
    why = [say(REASONS[ruling.reason])] if ruling.reason is not None else []
    why += [said for said in (ruling.words, ruling.paper, ruling.ground) if said]
    return ": ".join(filter(None, (say(RULINGS[ruling.ruling]), "; ".join(why)))), say.money(ruling.agreed)


def readings(examination: Examination, say: Words) -> None:
    """What would be due under readings that need no further statement."""
    found = pipeline.other_readings(examination.claim)
    if not found:
        return
    screen.heading(tr("Other readings"))
    rows = screen.table(tr("If it held"), tr("due then"), tr("Rule"), right=(1,))
    for one in found:
        rows.add_row(say(one.text), say.span_of_money(one.due), one.norm.cite)
    screen.out().print(rows)


def working(examination: Examination, one: ClaimItem, say: Words) -> None:
    """An item with its rule, its reason and each line of its working, with the exhibit beside it."""
    position, refs = one.position, Refs(examination.claim.case.exhibits, say)
    screen.point(f"{say(one.title)}  {say.money(one.asked)}", "•", "bold")
    screen.point(say(position.reason), " ")
    screen.point(f"{position.norm.cite} · {position.norm.mark} · {say(GRADES[position.grade])}", " ", "dim")
    rows = screen.table(tr("Working"), tr("Amount"), tr("Exhibit"), right=(1,))
    for line in position.working:
        places = ", ".join(ref.label for ref in refs(line.sources))
        rows.add_row(say(line.text), say.span_of_money(line.amount) if line.amount else "", places)
    screen.out().print(rows)
    if position.sources:
        screen.point(", ".join(ref.label for ref in refs(position.sources)), tr("Rests on"), "dim")
