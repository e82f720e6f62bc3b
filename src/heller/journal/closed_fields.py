"""Closed fields: a salted digest in the place of each, so that what is open can be checked without them.

A bundle that keeps fields closed lacks the bodies and originals that hold them. `data/closed.jsonl` has, one
canonical line for each such entry, the body with `{"closed", "field", "place", "shown"}` for every closed
value, and the cells of its original that are closed. An entry of kind `closed` names the SHA-256 of the
file, so journal, tree heads and stamps bind it.

The digest of a field is the SHA-256 of its opening, the line `["salt","place","value"]` (as a disclosure of
SD-JWT, RFC 9901, 4.2). The salt follows from the salt of the entry's body, which nobody has but the firm,
and from the place: an opening reveals its own field and nothing else, and an erasure takes all salts along.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from heller.journal.canonical import Json, canonical, parse
from heller.journal.entry import Breach, Entry
from heller.model.closing import Shut
from heller.model.text import text

CLOSED = "data/closed.jsonl"
PURPOSE = b"heller-field/1\n"
TEXTS = ("closed", "field", "place")
VALUE = {*TEXTS, "shown"}  # the keys of a closed value


class Cell(Struct, frozen=True):
    """A closed piece of an original that is text: where its mark stands in what is shown (characters from
    the start), the mark, the kind of field, the place, the digest."""

    at: int
    mark: str
    field: str
    place: str
    closed: str


class ClosedEntry(Struct, frozen=True):
    """A closed entry as a bundle shows it. `original` is the SHA-256 of the original with marks, empty where
    the entry has none or it is closed as a whole; `says` is then what was read from it, as text. Pictures of
    blackened pages have an `original`, no `encoding`, and `says`."""

    entry: int
    body: dict[str, Any]
    cells: tuple[Cell, ...] = ()
    encoding: str = ""
    original: str = ""
    says: str = ""


def salt(body_salt: bytes, place: str) -> str:
    """The salt of one field, from the salt of its entry's body (32 bytes); hex."""
    return hmac.digest(body_salt, PURPOSE + place.encode(), "sha256").hex()


def opening(salted: str, place: str, value: Json) -> bytes:
    """The line that opens a field; its SHA-256 is the field's digest."""
    return canonical([salted, place, value])


def read_opening(line: bytes) -> tuple[str, str, Json]:
    """Digest, place and value of an opening; raises ValueError."""
    found = parse(line)
    if not isinstance(found, list) or len(found) != 3 or not all(isinstance(x, str) for x in found[:2]):
        raise ValueError("not an opening")
    return sha256(line).hexdigest(), str(found[1]), found[2]


def close(salted: bytes, place: str, field: str, value: Json, shown: Json) -> dict[str, Json]:
    """A closed value, to stand in a body in the place of the value."""
    line = opening(salt(salted, place), place, value)
    return {"closed": sha256(line).hexdigest(), "field": field, "place": place, "shown": shown}


def write_closed(entries: Sequence[ClosedEntry]) -> bytes:
    """The file, in the order of the entries."""
    return b"".join(canonical(_plain(one)) + b"\n" for one in entries)


def _plain(one: ClosedEntry) -> dict[str, Json]:
    cells: list[Json] = [
        {"at": c.at, "closed": c.closed, "field": c.field, "mark": c.mark, "place": c.place}
        for c in one.cells
    ]
    return {
        "body": one.body,
        "cells": cells,
        "encoding": one.encoding,
        "entry": one.entry,
        "original": one.original,
        "says": one.says,
    }


def read_closed(data: bytes) -> tuple[ClosedEntry, ...]:
    """The entries of the file; raises ValueError where the bytes are not its one encoding."""
    found = []
    for line in data.splitlines(keepends=True):
        one = msgspec.convert(parse(line[:-1]), ClosedEntry)  # a ValidationError is a ValueError
        if one.entry < 0 or any(type(v[k]) is not str for v in closed_values(one.body) for k in TEXTS):
            raise ValueError("not a closed entry")
        found.append(one)
    if write_closed(found) != data or [s.entry for s in found] != sorted({s.entry for s in found}):
        raise ValueError("not a list of closed entries")
    return tuple(found)


def closed_values(body: object) -> Iterator[Mapping[str, Any]]:
    """The closed values in a body, in order of their keys."""
    if isinstance(body, dict):
        if body.keys() == VALUE:
            yield body
            return
        for key in sorted(body):
            yield from closed_values(body[key])
    elif isinstance(body, list):
        for item in body:
            yield from closed_values(item)


def as_shown(body: object) -> Any:
    """A body with what is shown in the place of each closed value."""
    if isinstance(body, dict):
        if body.keys() == VALUE:
            return body["shown"]
        return {key: as_shown(item) for key, item in body.items()}
    return [as_shown(item) for item in body] if isinstance(body, list) else body


def fields_of(entries: Sequence[ClosedEntry]) -> tuple[Shut, ...]:
    """Every closed field, in order."""
    found = []
    for one in entries:
        found += [Shut(v["field"], one.entry, v["place"], v["closed"]) for v in closed_values(one.body)]
        found += [Shut(c.field, one.entry, c.place, c.closed) for c in one.cells]
    return tuple(found)


def with_shown(entries: Sequence[Entry], shown: Sequence[ClosedEntry]) -> tuple[Entry, ...]:
    """The entries of a journal; closed ones say what is shown of them."""
    seen = {one.entry: as_shown(one.body) for one in shown}
    return tuple(replace(e, body=seen[e.seq]) if e.seq in seen else e for e in entries)


def check_closed(
    data: bytes, shown: Sequence[ClosedEntry], entries: Sequence[Entry], get: Callable[[str], bytes]
) -> Iterator[Breach]:
    """What does not hold: the journal names the file, no closed entry is open too, each mark stands in its
    place, no digest stands twice. `get` gives an object by its digest."""
    named = [
        e for e in entries if e.kind == "closed" and (e.body or {}).get("digest") == sha256(data).hexdigest()
    ]
    if not named:
        yield Breach(CLOSED, text("No entry names this list of redacted fields."))
    for one in shown:
        if one.entry >= len(entries) or entries[one.entry].body is not None:
            what = text("Entry {seq} is said to be redacted, and is open or not there.", seq=one.entry)
            yield Breach(CLOSED, what)
        if one.original and not _stand(one, get(one.original)):
            what = text(
                "The marks of entry {seq} do not stand in what is shown of its original.", seq=one.entry
            )
            yield Breach(CLOSED, what)
    known = fields_of(shown)
    if len({f.digest for f in known}) < len(known) or len({f.place for f in known}) < len(known):
        yield Breach(CLOSED, text("One digest or place stands for two redacted fields."))


def _stand(one: ClosedEntry, data: bytes) -> bool:
    """Whether each mark stands where its cell says, in order and apart; in pictures there is none."""
    if not one.encoding:
        return not one.cells
    try:
        said = data.decode(one.encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    end = 0
    for cell in one.cells:
        if cell.at < end or said[cell.at : cell.at + len(cell.mark)] != cell.mark:
            return False
        end = cell.at + len(cell.mark)
    return True


def restore(one: ClosedEntry, data: bytes, values: Mapping[str, Json]) -> bytes:
    """The original again, from what is shown of it and the values of all its cells by place; raises KeyError."""
    said, parts, end = data.decode(one.encoding), [], 0
    for cell in one.cells:
        parts += [said[end : cell.at], str(values[cell.place])]
        end = cell.at + len(cell.mark)
    return "".join([*parts, said[end:]]).encode(one.encoding)
