"""heller journal compare: two copies of one case, where they went different ways, what only one of them holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.casefile.bundle.verify import PAPER, read
from heller.cli import screen
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.dossier.names import ENTRIES
from heller.dossier.wording import Words
from heller.journal import store
from heller.journal.checking.check import Checked
from heller.journal.compare import Comparison, compare
from heller.journal.entry import Entry
from heller.journal.mend import source_of
from heller.model.errors import ForkedJournal, InputRefused
from heller.model.text import text

PLACE = 70
VERB = text("Compare two copies of one case: folders or bundles.")

FEW = 20  # entries of each side that are listed


def run(
    one: Annotated[Path, Parameter(help=tr("A case folder, or a bundle of it."))],
    other: Annotated[Path, Parameter(help=tr("The other copy, or a bundle of it."))],
    *,
    json: AsJson = False,
) -> int:
    """Compare two copies of one case: folders or bundles."""
    mine, theirs = _journal(one), _journal(other)
    found = compare(mine.lines, mine.entries, theirs.lines, theirs.entries)
    if not found.same:
        raise InputRefused(
            text("{one} and {other} are no copies of one case.", one=str(one), other=str(other)),
            text("They differ from their first entry on, so nothing of them can be compared."),
            text("Name two copies of the same case, or a case and its bundle."),
        )
    if json:
        screen.as_json(
            {
                "shared": found.shared,
                "forked": found.forked,
                "only_one": [e.seq for e in found.only_one],
                "only_other": [e.seq for e in found.only_other],
            }
        )
    else:
        _show(found, one, other, screen.words())
    return ForkedJournal.exit_code if found.forked else 0


def _journal(path: Path) -> Checked:
    """The journal of a folder or a bundle."""
    return store.load(path) if path.is_dir() else source_of(read(path, PAPER)).journal


def _show(found: Comparison, one: Path, other: Path, say: Words) -> None:
    out = screen.out()
    out.print(
        say(text("{n} entries stand in both, word for word.", "One entry stands in both.", n=found.shared))
    )
    for path, entries in ((one, found.only_one), (other, found.only_other)):
        if entries:
            screen.heading(say(text("Only in {name}: {n}", name=str(path), n=len(entries))))
            _list(entries, say)
    if found.forked:
        said = text(
            "The case was written on in both places since entry {n}. Both journals hold, each for itself. What "
            "one holds is taken over into the other with: heller journal join {one} {other} --by NAME",
            n=found.shared - 1,
            one=str(one),
            other=str(other),
        )
        out.print()
        out.print(say(said), style="yellow", soft_wrap=True)
    elif found.only_one or found.only_other:
        longer = one if found.only_one else other
        out.print()
        out.print(
            say(text("{name} is the newer copy; nothing is lost if it replaces the other.", name=str(longer)))
        )
    else:
        out.print(tr("Both hold the same entries."))


def _list(entries: Sequence[Entry], say: Words) -> None:
    for entry in entries[:FEW]:
        kind = say(ENTRIES[entry.kind]) if entry.kind in ENTRIES else entry.kind
        body = entry.body or {}
        gist = (
            body.get("name")
            or (body.get("record") or {}).get("said")
            or (body.get("record") or {}).get("value")
            or ""
        )
        screen.point(f"{say.moment(datetime.fromisoformat(entry.wall))}  {kind}  {gist}", str(entry.seq))
    if len(entries) > FEW:
        screen.point(say(text("and {n} more", n=len(entries) - FEW)))
