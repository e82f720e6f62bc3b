"""heller erase: erase what an entry says, for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile, law
from heller.casefile.writing.erase import HandedBefore
from heller.cli import screen
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.dossier.names import ENTRIES
from heller.dossier.wording import Words
from heller.journal.entry import Entry
from heller.model.case import Case
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 280
VERB = text("Erase what an entry says, for good; that it was there stays.")


def run(
    case: CaseFolder,
    number: Annotated[
        int | None, Parameter(help=tr("The entry's number, as heller journal show has it."))
    ] = None,
    *,
    person: Annotated[
        str, Parameter(help=tr("Only list the entries that name this person, and erase nothing."))
    ] = "",
    why: Annotated[
        str, Parameter(help=tr("The reason. It stays in the journal for good: name nobody in it."))
    ] = "",
    basis: Annotated[str, Parameter(help=tr("The rule of law that asks for it."))] = "Art. 17 DSGVO",
    redact: Annotated[
        bool,
        Parameter(
            help=tr(
                "With --person: redacted copies of files and notes take their place, then these are erased."
            )
        ),
    ] = False,
    yes: Annotated[bool, Parameter(help=tr("Do it. Without this only the cost is shown."))] = False,
) -> None:
    """Erase what an entry says, for good; that it was there stays."""
    if person and redact and yes:
        _redact(case, person, why, basis)
        return
    if person:
        _mentions(case, person)
        return
    if number is None:
        raise InputRefused(
            text("It was not said which entry is meant."),
            text("Nothing was erased; the case is as it was."),
            text("Say its number, or look for those that name somebody: heller erase CASE --person NAME"),
        )
    _erase(case, number, why, basis, yes=yes)


def _erase(case: Path, number: int, why: str, basis: str, *, yes: bool) -> None:
    """Erase one entry, or say what that costs where it was not confirmed."""
    with screen.progress(tr("Reading the journal")):
        cost = casefile.erasure_cost(case, number)
        zone = casefile.zone(case)
    say = screen.words(zone)
    if not yes:
        _warn(cost, say, casefile.load(case))
        raise InputRefused(
            text("Nothing was erased yet."),
            text("An erasure cannot be undone: the salt goes too, and nobody can guess the words again."),
            text("If that is meant, run the same again with --yes."),
        )
    with screen.progress(tr("Erasing")):
        done = casefile.erase(case, number, why, basis)
    screen.out().print(
        say(
            text(
                "Erased: entries {entries}, originals {originals}. Derived files went too.",
                entries=1 + len(done.others),
                originals=len(done.originals),
            )
        )
    )
    _handed(done.handed, say)
    screen.out().print(
        tr("The lines stay and say so. Make the dossier again; copies in other hands are not reached."),
        soft_wrap=True,
    )


def _handed(handed: Sequence[HandedBefore], say: Words) -> None:
    """Who holds a dossier with it: his copy is not reached."""
    for one in handed:
        said = text(
            "{to} has dossier no. {n} of {day}; the copy here is gone, theirs is not: tell them what was erased.",
            n=one.number,
            day=one.day,
            to=one.to or "–",
        )
        screen.point(say(said), "!", "yellow")


def _mentions(case: Path, person: str) -> None:
    """The entries that name a person, in which fields, and how each is erased."""
    with screen.progress(tr("Reading")) as done:
        found = casefile.mentions(casefile.load(case, done), person)
    say = screen.words(casefile.zone(case))
    if not found:
        screen.out().print(say(text("No entry names {person} in what was read from it.", person=person)))
        return
    rows = screen.table(tr("No."), tr("Field"), tr("Times"), tr("Is it a field for a name?"), right=(0, 2))
    for one in found:
        rows.add_row(
            str(one.entry), say(one.field), str(one.times), say(text("yes") if one.own else text("free text"))
        )
    screen.out().print(rows)
    _in_originals(case, person, say)
    screen.point(tr("What each erasure costs: heller erase CASE NUMBER --why WHY"), " ", "dim")
    screen.point(
        tr("Pictures and papers whose words were not read may name somebody too; they are not listed."),
        " ",
        "dim",
    )


def _in_originals(case: Path, person: str, say: Words) -> None:
    """The exhibits whose files name the person, whatever was read from them."""
    from heller.casefile.writing.redact import named_in

    for number, data in named_in(case, casefile.load(case), person).items():
        said = (
            text(
                "The file of K {n} names the person; a redacted copy can take its place (--redact --yes).",
                n=number,
            )
            if data is not None
            else text("The file of K {n} names the person and cannot be rewritten.", n=number)
        )
        screen.point(say(said))


def _redact(case: Path, person: str, why: str, basis: str) -> None:
    """Put redacted copies in the place of text files, erase these, and say what is left to do by hand."""
    from heller.casefile.writing.redact import redact

    with screen.progress(tr("Erasing")):
        done = redact(case, person, why, basis, casefile.today(case))
    say = screen.words()
    for old, new in done.replaced.items():
        screen.point(
            say(text("K {new} stands in the place of K {old}, which was erased.", new=new, old=old)), "✓"
        )
    for old, new in done.notes.items():
        screen.point(
            say(text("Entry {new} stands in the place of entry {old}, which was erased.", new=new, old=old)),
            "✓",
        )
    _handed(done.handed, say)
    for number in done.left:
        said = text("K {n} names the person and cannot be rewritten: erase it by itself.", n=number)
        screen.point(say(said), "!", "yellow")
    screen.point(
        say(text("{mark} stands for the name; the sums are as they were.", mark=done.mark)), " ", "dim"
    )


def _warn(cost: casefile.ErasureCost, say: Words, case: Case) -> None:
    """What goes, what that costs, what the law wants kept."""
    entry = cost.entry
    screen.heading(say(text("Entry {n}: {kind}", n=entry.seq, kind=_kind(entry, say))))
    if entry.body and entry.body.get("name"):
        screen.point(str(entry.body["name"]), " ")
    for field, name in casefile.persons_in(case, entry.seq):
        screen.point(f"{say(field)}: {name}", " ")
    screen.heading(tr("What goes for good"))
    screen.point(tr("What the entry says, and its salt; its line stays and says that it was erased."))
    if cost.originals:
        screen.point(say(text("Originals that no other entry names: {n}.", n=len(cost.originals))))
    for other in cost.others:
        said = text(
            "What entry {n} says ({kind}), for it would give it away.", n=other.seq, kind=_kind(other, say)
        )
        screen.point(say(said))
    screen.point(tr("All derived files: dossiers, advices, bundles. Keep what the other side already has."))
    for one in cost.handed:
        said = text(
            "The copy of dossier no. {n} of {day}, handed out to {to}.", n=one.number, day=one.day, to=one.to
        )
        screen.point(say(said))
    screen.heading(tr("What it costs"))
    if cost.exhibit is not None:
        said = text(
            "Exhibit K {n} proves nothing any more: what rests on it falls out of the claim. Its number stays free.",
            n=cost.exhibit,
        )
        screen.point(say(said))
    screen.point(tr("Bundles handed out earlier can no longer be made again from this case."))
    screen.point(
        tr("Other files may hold the same, such as a mail with the receipt; Heller does not look into them.")
    )
    screen.heading(tr("What the law wants kept"))
    _show_retention(entry, say, law.seat(case).code)


def _show_retention(entry: Entry, say: Words, country: str) -> None:
    dated, today = datetime.fromisoformat(entry.wall).date(), date.today()
    for rule in law.retention(country, dated, today):
        screen.point(say(rule.computation))
        screen.point(", ".join(f"{norm.cite} ({norm.mark})" for norm in rule.sources), " ", "dim")
    screen.point(
        tr(
            "The periods are reckoned from the day it was taken in; an older paper is free earlier. Until then"
            " a request to erase it becomes a block, and while the claim is pursued it need not be erased"
            " (Art. 17 Abs. 3 DSGVO; not verified)."
        )
    )


def _kind(entry: Entry, say: Words) -> str:
    return say(ENTRIES[entry.kind]) if entry.kind in ENTRIES else entry.kind
