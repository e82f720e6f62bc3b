"""What another copy of the case wrote, taken over into this journal so that each entry can be proven. Pure.

An entry `joined` holds the other copy's lines behind the last one that both share, or behind what was joined before.
They follow from that line and end at the other copy's head; they hold no words of a person. Each entry that was taken
over has its own kind, and beside its body under `origin` which line of which `joined` entry it is, the salt of the
body there, and the words there of all that had to be renumbered: with these the commitment of that line opens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from heller.journal.canonical import canonical
from heller.journal.entry import Breach, Entry, JournalLine, commitment, line_hash, read_line
from heller.model.text import text

JOINED = "joined"  # the kind of entry that holds the other copy's lines
AGAIN = ("exhibit", "double")  # an exhibit there that this copy took in, too
ELSEWHERE = "origin"  # the key under which an entry says where it was written first


def as_there(body: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry that was taken over said in the copy where it was written."""
    here = {key: value for key, value in body.items() if key != ELSEWHERE}
    said: dict[str, Any] = body[ELSEWHERE]["said"]
    return {**here, **said}


def carried(
    here: Mapping[str, Any], there: Mapping[str, Any], joined: int, entry: int, salt: str
) -> dict[str, Any]:
    """The body of an entry that is taken over: what it says `here`, and what opens its commitment `there`. `joined`
    is the entry that holds its line, `entry` its number there."""
    said = {key: value for key, value in there.items() if key not in here or here[key] != value}
    return {**here, ELSEWHERE: {"joined": joined, "line": entry, "said": said, "salt": salt}}


def origins(body: Mapping[str, Any] | None) -> Iterator[str]:
    """The commitments under which an entry was written elsewhere, the nearest copy first."""
    if body and isinstance(body.get(ELSEWHERE), dict):
        there = as_there(body)
        yield commitment(bytes.fromhex(body[ELSEWHERE]["salt"]), canonical(there))
        yield from origins(there)


def lines_of(entry: Entry) -> dict[int, JournalLine]:
    """The other copy's lines that a `joined` entry holds, by their number there; raises ValueError for what is none."""
    lines = (read_line(str(line).encode()) for line in (entry.body or {})["lines"])
    return {line.seq: line for line in lines}


def where(entries: Sequence[Entry], entry: Entry) -> tuple[JournalLine, str] | None:
    """The line under which an entry was written elsewhere, and who wrote it; None for one that was written here."""
    told = (entry.body or {}).get(ELSEWHERE)
    if not isinstance(told, dict):
        return None
    home = entries[told["joined"]]
    if home.body is None:
        return None
    return lines_of(home)[told["line"]], str(home.body.get("by", ""))


def unproven(entries: Sequence[Entry], lines: Sequence[bytes]) -> Iterator[Breach]:
    """Entries that say that they were written elsewhere and do not prove it."""
    heads: set[str] = set()
    held: dict[int, dict[int, JournalLine]] = {}
    for entry in entries:
        if entry.body is None:
            continue
        if entry.kind == JOINED:
            found = _chain(entry, lines, heads)
            if found is None:
                what = text(
                    "The lines of another copy in entry {seq} do not follow from each other.", seq=entry.seq
                )
                yield Breach(f"journal.jsonl:{entry.seq + 1}", what)
            held[entry.seq] = found or {}
        elif ELSEWHERE in entry.body and not (_gone(entry.body, entries) or _opens(entry, entry.body, held)):
            what = text(
                "Entry {seq} says that it was written in another copy, and nothing proves it.", seq=entry.seq
            )
            yield Breach(f"journal.jsonl:{entry.seq + 1}", what)


def _gone(body: Mapping[str, Any], entries: Sequence[Entry]) -> bool:
    """Whether the lines that an entry names were erased, or are kept closed: then nothing can be proven or refuted."""
    told = body[ELSEWHERE]
    n = told.get("joined") if isinstance(told, dict) else None
    return type(n) is int and 0 <= n < len(entries) and entries[n].kind == JOINED and entries[n].body is None


def _chain(entry: Entry, lines: Sequence[bytes], heads: set[str]) -> dict[int, JournalLine] | None:
    """The lines of a `joined` entry; None where they do not follow from a line that both share, or from what was joined
    before. Its head is added to `heads`."""
    body = entry.body or {}
    try:
        found = lines_of(entry)
        first = min(found)
        shared = line_hash(lines[first - 1]) if 0 < first <= entry.seq else ""
        prev = found[first].prev
        if prev not in (shared, *heads) or list(found) != list(range(first, first + len(found))):
            return None
        for raw in body["lines"]:
            if found[read_line(raw.encode()).seq].prev != prev:
                return None
            prev = line_hash(raw.encode())
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if prev != body.get("head"):
        return None
    heads.add(prev)
    return found


def _opens(entry: Entry, body: Mapping[str, Any], held: Mapping[int, Mapping[int, JournalLine]]) -> bool:
    """Whether the salt and the words there open the commitment of the line that an entry names."""
    try:
        told = body[ELSEWHERE]
        line = held[told["joined"]][told["line"]]
        opened = commitment(bytes.fromhex(told["salt"]), canonical(as_there(body)))
    except (ValueError, KeyError, TypeError):
        return False
    return line.c == opened and (line.kind == entry.kind or (line.kind, entry.kind) == AGAIN)
