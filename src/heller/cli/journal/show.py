"""heller journal show: every entry, and between which proven instants it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from msgspec.structs import replace

from heller.casefile.entry_line import said_by
from heller.casefile.folder import proofs_in
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.names import ENTRIES, between, edge_name
from heller.dossier.wording import Words
from heller.journal import store
from heller.journal.brackets import brackets
from heller.journal.checking.check import Checked
from heller.journal.checking.originals import check_originals
from heller.journal.entry import Entry
from heller.journal.refusal import broken
from heller.model.bracket import Bracket, Bracketed, Edge
from heller.model.errors import JournalBroken
from heller.model.text import text

PLACE = 10
VERB = text("Every entry, and between which proven instants it was written.")

WIDTHS = (4, 20, 14, 34, 12)  # so that the columns of all groups stand under each other


def run(
    case: CaseFolder,
    *,
    originals: Annotated[
        bool, Parameter(help=tr("Also read every original and compare it with its digest."))
    ] = False,
    json: AsJson = False,
) -> int:
    """Every entry, and between which proven instants it was written."""
    with screen.progress(tr("Reading the journal")) as done:
        checked = _journal_as_it_lies(case)
        found = brackets(checked.entries, proofs_in(case, checked))
        if originals:
            more = check_originals(case, checked.entries, lambda digest: done(digest[:12]))
            checked = replace(checked, breaches=(*checked.breaches, *more))
    first = checked.entries[0].body if checked.entries else None
    say = screen.words(_zone(first or {}))
    if json:
        screen.as_json([_plain(e, b) for e, b in zip(checked.entries, found.brackets, strict=True)])
    else:
        _show(checked, found, say)
    return broken(case, checked).exit_code if checked.breaches else 0


def _journal_as_it_lies(case: Path) -> Checked:
    """The journal as the case has it; where it does not hold, as it lies there, with every breach."""
    try:
        return store.load(case)
    except JournalBroken:
        return store.inspect(case)


def _zone(opened: dict[str, Any]) -> Any:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(str(opened.get("zone", "Europe/Berlin")))
    except (ValueError, OSError):
        return ZoneInfo("Europe/Berlin")


def _plain(entry: Entry, bracket: Bracket) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "wall": entry.wall,
        "sync": entry.sync,
        "hash": entry.line_hash,
        "erased": entry.body is None,
        "not_before": bracket.not_before,
        "not_after": bracket.not_after,
        "width_seconds": None if bracket.width is None else bracket.width.total_seconds(),
    }


def _show(checked: Checked, found: Bracketed, say: Words) -> None:
    out = screen.out()
    entries = {entry.seq: entry for entry in checked.entries}
    stamps = sum(entry.kind == "stamp" for entry in checked.entries)
    counted = text(
        "{entries} entries, {anchors} anchors, {stamps} time stamps",
        entries=len(entries),
        anchors=len(checked.anchors),
        stamps=stamps,
    )
    out.print(screen.styled((tr("Journal"), "bold"), f"  {say(counted)}"))
    for bounds, group in groupby(found.brackets, lambda b: (b.not_before, b.not_after)):
        _group(bounds, checked.entries, [entries[b.entry] for b in group], say)
    _lacking(found, say)
    for finding in found.findings:
        out.print()
        screen.point(say(finding.text), "!", "yellow")
        if finding.do:
            screen.point(say(finding.do), " ", "dim")
    for breach in checked.breaches:
        screen.point(say(breach.what), "✗", "red")
        screen.point(breach.where, " ", "dim")


def _group(
    bounds: tuple[Edge | None, Edge | None], all_: Sequence[Entry], entries: Sequence[Entry], say: Words
) -> None:
    """Entries between the same two proofs, under what bounds them."""
    low, high = bounds
    screen.heading(say(between(low, high)))
    for label, edge in ((tr("not before"), low), (tr("not after"), high)):
        if edge is not None:
            moment = say.moment(edge.at, seconds=True)
            screen.point(f"{label} {moment}  {edge_name(edge, say)}", " ", "dim")
    columns = (tr("No."), tr("Clock here"), tr("Kind"), tr("What"), tr("Hash"))
    rows = screen.table(*columns, right=(0,), least=WIDTHS)
    for cells in _rows(all_, entries, say):
        rows.add_row(*cells)
    screen.out().print(rows)


def _rows(all_: Sequence[Entry], entries: Sequence[Entry], say: Words) -> Iterator[tuple[str, ...]]:
    day = ""
    for entry in entries:
        at = datetime.fromisoformat(entry.wall)
        shown, day = ("" if say.day(at) == day else say.day(at)), say.day(at)
        kind = say(ENTRIES[entry.kind]) if entry.kind in ENTRIES else entry.kind
        clock = f"{shown:10} {say.local(at):%H:%M:%S}"
        yield (
            str(entry.seq),
            clock,
            kind,
            said_by(entry, all_, say),
            entry.line_hash[:12],
        )


def _lacking(found: Bracketed, say: Words) -> None:
    """What would narrow the brackets."""
    if all(b.not_after is None for b in found.brackets):
        screen.out().print()
        said = text(
            "Nobody has stamped this journal. It shows that nothing was changed since, and not when it was"
            " written. What helps: heller stamp"
        )
        screen.out().print(say(said), style="yellow", soft_wrap=True)
