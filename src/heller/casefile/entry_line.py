"""What an entry of the journal says, in one line, for the list of both doors. What was erased says that it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from heller.casefile.counting import NOTED
from heller.casefile.formats import record_of
from heller.dossier.wording import Words
from heller.journal.entry import Entry
from heller.journal.joined import where
from heller.model.kinds import kind_of
from heller.model.text import text

WIDEST = 90  # characters of what an entry says


def said_by(entry: Entry, entries: Sequence[Entry], say: Words) -> str:
    """The gist of an entry of these `entries`, and where and by whom it was written, where that was elsewhere."""
    return _elsewhere(entries, entry, say) + _gist(entry, say)


def _elsewhere(entries: Sequence[Entry], entry: Entry, say: Words) -> str:
    """When and by whom an entry was written in another copy; '' for one that was written here."""
    found = where(entries, entry)
    if found is None:
        return ""
    line, by = found
    at = datetime.fromisoformat(line.wall)
    return say(text("(written elsewhere, on {moment}, by {who}) ", moment=at, who=by))


def _gist(entry: Entry, say: Words) -> str:
    body = entry.body
    if body is None:
        return f"({say(text('erased'))})"
    if entry.kind in NOTED and (said := _record(body, say)):
        return said[:WIDEST]
    gist = body.get("name") or body.get("why")
    match entry.kind:
        case "anchor":
            gist = say(
                text("No. {n} over {size} entries", n=_number(body, "number"), size=_number(body, "size"))
            )
        case "stamp":
            gist = say(text("Anchor {n}, by {who}", n=_number(body, "number"), who=str(body.get("tsa"))))
        case "witness":
            gist = say(text("Anchor {n}, by {who}", n=_number(body, "number"), who=str(body.get("who", ""))))
        case "beacon":
            gist = f"{body.get('source')} {body.get('ref')}"
        case "clock":
            gist = _clock(body, say)
        case "erased":
            gist = say(text("Entry {n}: {why}", n=_number(body, "entry"), why=str(body.get("why", ""))))
        case "correction":
            gist = say(text("Entry {n}: {why}", n=_number(body, "corrects"), why=str(body.get("why", ""))))
        case "joined":
            lines = len(body.get("lines", ()))
            gist = say(text("{n} lines of another copy, by {who}", n=lines, who=str(body.get("by", ""))))
        case "lent" | "handed":
            gist = str(body.get("to", ""))
        case "restored":
            gist = say(text("Entry {n}: {why}", n=_number(body, "restores"), why=str(body.get("why", ""))))
        case "dossier":
            gist = str(body.get("as_of", ""))
    return str(gist or "")[:WIDEST]


def _record(body: dict[str, Any], say: Words) -> str:
    """What a record says in a line; '' for one of a kind that this version does not know."""
    try:
        record = record_of(body)
    except (msgspec.ValidationError, KeyError):
        return ""
    return say.line(kind_of(record).line(record))


def _number(body: dict[str, Any], key: str) -> int:
    value = body.get(key)
    return value if type(value) is int else 0


def _clock(body: dict[str, Any], say: Words) -> str:
    parts = []
    if body.get("boot"):
        parts.append(say(text("started anew, or another machine")))
    for key in ("step_us", "off_us"):
        if type(body.get(key)) is int:
            parts.append(say(text("wall clock moved by {n} s", n=round(body[key] / 1_000_000))))
    if body.get("sync"):
        parts.append(say(text("in step: {change}", change=str(body["sync"]).replace(" ", " → "))))
    return ", ".join(parts)
