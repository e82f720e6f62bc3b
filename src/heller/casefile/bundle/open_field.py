"""Opens closed fields to one person: the lines that open them, and what they say against a bundle.

An opening is the line whose SHA-256 stands in the bundle in the place of the field. The body of an entry as it
stands in the case, with its salt, opens the entry as a whole: then what was shown of its original must be what
the original says, or the firm closed something else than it took in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from heller.casefile.bundle.closed_case import salts_of
from heller.journal import store
from heller.journal.canonical import Json
from heller.journal.checking.held_originals import OBJECTS
from heller.journal.checking.verify import JOURNAL, Verified
from heller.journal.closed_fields import (
    CLOSED,
    ClosedEntry,
    closed_values,
    opening,
    read_opening,
    restore,
    salt,
)
from heller.journal.entry import Breach, commitment, read_body, read_line
from heller.model.errors import InputRefused
from heller.model.text import Text, text


class Openings(Struct, frozen=True):
    """Openings against a bundle: what was opened, and what does not hold."""

    said: tuple[Text, ...] = ()
    breaches: tuple[Breach, ...] = ()


def openings(folder: Path, bundle: Verified, entry: int, place: str, *, whole: bool) -> bytes:
    """The lines that open fields of an entry whose place holds these characters, one a line; `whole`: all of
    them and the entry itself. Raises InputRefused where the bundle has no such field closed."""
    one = next((s for s in bundle.shown if s.entry == entry), None)
    found = [] if one is None else [c for c in _places(one) if whole or _names(place, c)]
    if one is None or not found:
        raise InputRefused(
            what=text("The bundle has no such redacted field of entry {n}.", n=entry),
            why=text("Only what it keeps closed can be opened."),
            do=text("See what is redacted with: heller verify BUNDLE"),
        )
    values = _values(folder, one)
    salted = salts_of(folder)[entry]
    lines = [opening(salt(salted, at), at, values[at]) for at in found]
    return b"".join(line + b"\n" for line in [*lines, *([store.body_line(folder, entry)] if whole else [])])


def _names(asked: str, place: str) -> bool:
    """Whether a place is meant: 'row 3' is not 'row 30'."""
    return re.search(rf"(?<!\w){re.escape(asked)}(?!\w)", place) is not None


def _places(one: ClosedEntry) -> list[str]:
    return [v["place"] for v in closed_values(one.body)] + [c.place for c in one.cells]


def _values(folder: Path, one: ClosedEntry) -> dict[str, Json]:
    """What stands in each closed field: from the body in the case, and from the original."""
    _, _, body, _ = read_body(store.body_line(folder, one.entry))
    values: dict[str, Json] = {v["place"]: _at(body, v["place"]) for v in closed_values(one.body)}
    if one.encoding:
        said = store.get_object(folder, body["digest"]).decode(one.encoding)
        values |= pieces(one, said, salts_of(folder)[one.entry])
    return values


def _at(body: Any, place: str) -> Any:
    """The value at a place such as `5 /record/who`."""
    for key in place.partition(" ")[2].split("/")[1:]:
        body = body[int(key)] if isinstance(body, list) else body[key]
    return body


def pieces(one: ClosedEntry, said: str, salted: bytes) -> dict[str, Json]:
    """What stands in each closed cell of an original; raises ValueError where it is another original.

    The open pieces between the marks are known only from what is shown, so each end is tried by its digest.
    """
    values: dict[str, Json] = {}
    moved = 0  # how much longer the original is than what is shown, so far
    for cell in one.cells:
        start = cell.at + moved
        known = salt(salted, cell.place)
        for end in range(start, len(said) + 1):
            if sha256(opening(known, cell.place, said[start:end])).hexdigest() == cell.closed:
                break
        else:
            raise ValueError(cell.place)
        values[cell.place] = said[start:end]
        moved += (end - start) - len(cell.mark)
    return values


def check(bundle: Verified, lines: Sequence[bytes], originals: Sequence[bytes] = ()) -> Openings:
    """What openings say, and what of them does not belong to the bundle. `originals` are files that were handed
    over along with an entry that was opened as a whole."""
    known = {c: p for one in bundle.shown for c, p in _digests(one).items()}
    said: list[Text] = []
    breaches: list[Breach] = []
    values: dict[str, Json] = {}
    for line in lines:
        if line.startswith(b'{"body":'):
            continue
        try:
            digest, place, value = read_opening(line)
        except ValueError:
            digest = place = value = ""
        if known.get(digest) != place or not place:
            breaches.append(Breach(CLOSED, text("A disclosure fits no redacted field of this bundle.")))
            continue
        values[place] = value
        said.append(text("{place}: {value}", place=place, value=str(value)))
    for line in (one for one in lines if one.startswith(b'{"body":')):
        for wrong in _whole(bundle, line, values, originals, said):
            breaches.append(Breach(CLOSED, wrong))
    opened = b"".join(line for line in lines if line.startswith(b'{"body":'))
    for (
        data
    ) in originals:  # somebody may hand over more than was asked for: no breach, and nothing was compared
        if sha256(data).hexdigest().encode() not in opened:
            said[:0] = [
                text("A file was handed over that is the original of no entry that was opened as a whole.")
            ]
    return Openings(tuple(said), tuple(breaches))


def _digests(one: ClosedEntry) -> dict[str, str]:
    return {v["closed"]: v["place"] for v in closed_values(one.body)} | {c.closed: c.place for c in one.cells}


def _whole(
    bundle: Verified, line: bytes, values: Mapping[str, Json], originals: Sequence[bytes], said: list[Text]
) -> Iterator[Text]:
    """An entry that is opened as a whole: it is what its line committed to, and what was shown of it."""
    try:
        seq, salted, body, own = read_body(line)
        committed = read_line(bundle.get(JOURNAL).splitlines()[seq]).c
        one = next(s for s in bundle.shown if s.entry == seq)
    except (ValueError, IndexError, StopIteration):
        yield text("A disclosure fits no redacted field of this bundle.")
        return
    if commitment(salted, own) != committed:
        yield text("What entry {seq} says was changed after it was written.", seq=seq)
        return
    try:
        fits = {**values, **{p: _at(body, p) for p in _in_body(one)}}
        again = all(
            sha256(opening(salt(salted, p), p, fits[p])).hexdigest() == c for c, p in _digests(one).items()
        ) and _open_parts(one.body, body)
    except (KeyError, IndexError, TypeError):
        yield text("Not every redacted field of entry {seq} was handed over.", seq=seq)
        return
    if not again:
        yield text("Entry {seq} says something else than what was redacted of it.", seq=seq)
        return
    held = {sha256(data).hexdigest() for data in originals}
    if one.encoding:
        shown = bundle.get(f"{OBJECTS}{one.original[:2]}/{one.original}")
        held.add(sha256(restore(one, shown, fits)).hexdigest())
    if "media" not in body or body["digest"] in held:
        said.append(
            text("Entry {seq} is open as a whole: it says what was shown and redacted of it.", seq=seq)
        )
    elif one.encoding:
        yield text("What is shown of the original of entry {seq} is not what it says.", seq=seq)
    else:
        yield text("The original of entry {seq} was not handed over.", seq=seq)


def _in_body(one: ClosedEntry) -> list[str]:
    return [v["place"] for v in closed_values(one.body)]


def _open_parts(shown: Any, body: Any) -> bool:
    """Whether a body says the same as what is shown of it, wherever that is open."""
    if isinstance(shown, dict):
        if "closed" in shown and "place" in shown:
            return True
        return (
            isinstance(body, dict)
            and shown.keys() == body.keys()
            and all(_open_parts(shown[k], body[k]) for k in shown)
        )
    if isinstance(shown, list):
        return isinstance(body, list) and len(shown) == len(body) and all(map(_open_parts, shown, body))
    return bool(shown == body)
