"""Two copies of a case become one: what the other one wrote is taken over as entries that say where they come from.

Notes, exhibits, corrections come along, renumbered for this journal. What the other copy made for itself (dossiers,
anchors, stamps, measurements) stays in it: its lines are kept here, so both heads can be proven.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from heller.casefile.changes import LENT
from heller.casefile.counting import NOTED, RESTORED, WITHDRAWN
from heller.casefile.derived.premises import LAYOUT
from heller.casefile.fold import ZONE, exhibit_numbers
from heller.journal import store
from heller.journal.arriving import arriving
from heller.journal.checking.check import Checked, split_lines
from heller.journal.clock import read_clock
from heller.journal.compare import compare
from heller.journal.entry import Entry, read_body, read_line
from heller.journal.erasure import HANDED
from heller.journal.joined import ELSEWHERE, JOINED, carried, origins
from heller.journal.mend import Source
from heller.journal.places import BODIES, object_path
from heller.journal.recover import whole_lines
from heller.journal.writing import Content
from heller.model.errors import InputRefused
from heller.model.text import Text, text

CARRIED = (*NOTED, "exhibit", "double", WITHDRAWN, RESTORED, LAYOUT, ZONE)
STAYS = ("segment", HANDED, "erased")  # what is said to stay in the other copy; the rest it made for itself
EXHIBIT, ENTRY = re.compile(r"K\s*(\d{1,6})", re.IGNORECASE), re.compile(r"#(\d{1,9})")
NAMED = ("exhibit", "invoice", "thing")  # fields of records that hold the number of an exhibit or an entry
ABOUT = ("corrects", "restores", "replaces")  # keys that hold the number of another entry


class Copy(Struct, frozen=True):
    """Another copy of the case: its journal, the salts of its bodies, and what fetches an original by its digest."""

    journal: Checked
    salts: Mapping[int, bytes]
    get: Callable[[str], bytes]


def copy_in(path: Path, bundle: Callable[[Path], Source]) -> Copy:
    """Another copy of the case: its folder, or a bundle of it, which `bundle` reads."""
    if path.is_dir():
        journal = store.load(path)
        return Copy(
            journal, _salts((path / BODIES).read_bytes()), lambda digest: store.get_object(path, digest)
        )
    return bundle_copy(bundle(path))


def bundle_copy(source: Source) -> Copy:
    """Another copy of the case in a bundle."""

    def held(digest: str) -> bytes:
        data = source.files.get(f"data/{object_path(Path(), digest).as_posix()}")
        if data is None:
            raise _left_out()
        return bytes(data)

    return Copy(source.journal, _salts(whole_lines(list(source.bodies.values()))), held)


def _left_out() -> InputRefused:
    return InputRefused(
        text("The bundle leaves out the file of an exhibit that was added there."),
        text("An exhibit without its file proves nothing, so nothing was taken over."),
        text("Ask for a bundle made with heller dossier CASE --bundle all, or for a copy of the folder."),
    )


def _salts(bodies: bytes) -> dict[int, bytes]:
    return {seq: salt for seq, salt, _, _ in map(read_body, split_lines(bodies)[0])}


class Joined(Struct, frozen=True):
    """What was taken over: the first and the last entry here (0: nothing), who wrote it, what stays in the other copy,
    and notes of which both copies say that they stand in the place of the same one."""

    first: int
    last: int
    by: str
    stays: tuple[Entry, ...]
    twice: tuple[tuple[int, int], ...] = ()


def join(folder: Path, other: Copy, by: str = "", now: datetime | None = None) -> Joined:
    """Take over what another copy wrote since both were one; what was taken over before is not taken again. `by` says
    who wrote it; of a copy that was handed over it is known. Raises InputRefused where there is nothing to take over,
    or the two are no copies of one case."""
    with arriving(folder) as coming, store.open_journal(folder) as (writer, checked):
        shared = compare(checked.lines, checked.entries, other.journal.lines, other.journal.entries).shared
        who = by.strip() or _lent_to(checked.entries, shared)
        since = max(shared, _joined_before(checked, other.journal))
        _require(shared, since < len(other.journal.lines), who)
        clock = read_clock(now)
        first = writer.append_held(
            [], clock
        )  # what happened to the clock comes before: what follows is numbered
        numbers = _Numbers(checked, shared, other.journal)
        fresh, stays = numbers.fresh(other.salts, first + 1)
        lines = [line.decode() for line in other.journal.lines[since:]]
        contents = [(JOINED, {"by": who, "head": other.journal.head, "lines": lines})]
        for entry in fresh:
            kind, here = numbers.here(entry)
            assert entry.body is not None
            salt = other.salts[entry.seq].hex()
            contents.append((kind, carried(here, entry.body, first, entry.seq, salt)))
            if kind == "exhibit":
                store.put_object(folder, other.get(here["digest"]), coming)
        writer.append_held(contents, clock)
    return Joined(
        first, first + len(fresh), who, tuple(stays), tuple(_twice(checked.entries[shared:], contents))
    )


def _require(shared: int, more: bool, who: str) -> None:
    if not shared:
        raise _refuse(
            text("These are no copies of one case."),
            text("Name a copy of the same case, or a bundle of it."),
        )
    if not more:
        raise _refuse(
            text("The other copy holds nothing that is not here."), text("Nothing needs to be done.")
        )
    if not who:
        raise _refuse(
            text("It is not said who wrote in the other copy."),
            text("Give the name of who did: --by NAME"),
        )


def _joined_before(here: Checked, there: Checked) -> int:
    """How many lines of the other copy an earlier join holds."""
    heads = {(e.body or {}).get("head") for e in here.entries if e.kind == JOINED}
    return next((n for n in range(len(there.lines), 0, -1) if there.entries[n - 1].line_hash in heads), 0)


def _lent_to(entries: Sequence[Entry], shared: int) -> str:
    """To whom the copy was handed over with which the two parted; '' where it was not."""
    last = entries[shared - 1] if shared else None
    return str((last.body or {}).get("to", "")) if last is not None and last.kind == LENT else ""


def _twice(own: Sequence[Entry], contents: Sequence[Content]) -> Iterator[tuple[int, int]]:
    """Entries about the same earlier one in both copies: which one it is, and the entry here that says so, too."""
    about = {body[key]: e.seq for e in own for key in ABOUT if type((body := e.body or {}).get(key)) is int}
    for _, body in contents:
        yield from ((body[key], about[body[key]]) for key in ABOUT if body.get(key) in about)


class _Numbers:
    """What the entries and exhibits of another copy are called here."""

    def __init__(self, here: Checked, shared: int, there: Checked) -> None:
        known = {read_line(line).c: seq for seq, line in enumerate(here.lines)}
        known |= {c: e.seq for e in here.entries for c in origins(e.body)}
        self._there = there
        self._lines = [read_line(line) for line in there.lines]
        self._entries = {n: n for n in range(shared)}
        self._known = known
        self._digests = {
            e.body["digest"]: e.seq for e in here.entries if e.kind == "exhibit" and e.body is not None
        }
        self._exhibits = exhibit_numbers(here.entries)
        self._exhibits_there = {n: seq for seq, n in exhibit_numbers(there.entries).items()}
        self._again: set[int] = set()  # exhibits there that were taken in here, too
        self._shared = shared

    def fresh(self, salts: Mapping[int, bytes], first: int) -> tuple[list[Entry], list[Entry]]:
        """The entries that are taken over, numbered from `first`, and those that stay in the other copy."""
        taken: list[Entry] = []
        stays: list[Entry] = []
        for entry in self._there.entries[self._shared :]:
            names = (self._lines[entry.seq].c, *origins(entry.body))
            if (seq := next((self._known[c] for c in names if c in self._known), None)) is not None:
                self._entries[entry.seq] = seq
            elif entry.kind in CARRIED and entry.seq in salts and self._fits(entry):
                self._take(entry, first + len(taken))
                taken.append(entry)
            elif entry.kind in (*CARRIED, *STAYS):
                stays.append(entry)
        return taken, stays

    def _take(self, entry: Entry, number: int) -> None:
        digest = (entry.body or {}).get("digest", "")
        if entry.kind == "exhibit" and digest in self._digests:
            number = self._digests[digest]
            self._again.add(entry.seq)
        elif entry.kind == "exhibit":
            self._digests[digest] = number
            self._exhibits[number] = len(self._exhibits) + 1
        self._entries[entry.seq] = number

    def _fits(self, entry: Entry) -> bool:
        """Whether all that an entry names is here, too."""
        try:
            self._body(entry)
        except KeyError:
            return False
        return True

    def here(self, entry: Entry) -> Content:
        """An entry as it is written here: its kind, and its body with the numbers of this journal."""
        return ("double" if entry.seq in self._again else entry.kind), self._body(entry)

    def _body(self, entry: Entry) -> dict[str, Any]:
        body = {key: value for key, value in (entry.body or {}).items() if key != ELSEWHERE}
        for key in ABOUT:
            if type(body.get(key)) is int:
                body[key] = self._entries[body[key]]
        if isinstance(record := body.get("record"), dict):
            body["record"] = {key: self._renumber(key, value) for key, value in record.items()}
        return body

    def _renumber(self, key: str, value: Any) -> Any:
        """A value of a record with the number that an exhibit or entry has here."""
        if key not in NAMED or not isinstance(value, str):
            return value
        if (found := EXHIBIT.fullmatch(value.strip())) and (seq := self._exhibits_there.get(int(found[1]))):
            return f"K{self._exhibits[self._entries[seq]]}"
        if found := ENTRY.fullmatch(value.strip()):
            return f"#{self._entries[int(found[1])]}"
        return value


def _refuse(what: Text, do: Text) -> InputRefused:
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
