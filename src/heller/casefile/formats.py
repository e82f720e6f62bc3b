"""The written forms of entries and bundles, and how older ones are read. What a newer one holds is not guessed.

Each dossier's entry states the form of its bundle, each note the form of its record. 1: the forms without a number,
to the end of November 2026; a dossier names either `claim` and `dossier` or all `files`. 2: numbered; layouts of bank
tables, replaced and restored notes, corrected rows, lost originals are entries. See docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct, convert

from heller.dossier.wording import LANGUAGES
from heller.model.finding import Finding, Weight
from heller.model.kinds import kinds
from heller.model.record import Record
from heller.model.text import Text, text

FORM = 2  # of what this version writes
# The kinds of records of form 1. Programs of that time break on a note that holds another one, and pass over an
# entry of a kind that they do not know: so the others are entries of the kind `record`.
FIRST = frozenset(
    (
        *(
            "contact",
            "fact",
            "proposed",
            "policy",
            "invoice",
            "bank_entry",
            "order",
            "shift",
            "wage",
            "purpose",
        ),
        *(
            "customer_claim",
            "posting",
            "quick_estimate",
            "measure",
            "mail",
            "probe_log",
            "device_log",
            "speed_test",
        ),
        *("acceptance", "hit_log", "queue_log", "summary", "paper", "decided"),
    )
)
NOTE, RECORD = "note", "record"


class DossierEntry(Struct, frozen=True, array_like=True):
    """What the journal says of a dossier, whatever its form: `sheets` says whether it names all that goes along,
    `not_drawn` are the digests of exhibits whose pages cost too much to draw."""

    form: int
    as_of: str
    entries: int
    lang: str
    program: str
    files: dict[str, str]
    sheets: bool
    not_drawn: tuple[str, ...] = ()


def dossier_of(body: Mapping[str, Any]) -> DossierEntry:
    """The entry of a dossier. Raises KeyError, TypeError, ValueError where it has not the shape of a known form,
    whichever program it names: nobody's Heller wrote it so."""
    files, sheets = body.get("files"), True
    if files is None:  # form 1, before dossiers named all that goes along
        files, sheets = {"claim.json": body["claim"], f"dossier-{body['lang']}.pdf": body["dossier"]}, False
    made = convert(
        (
            form_of(body),
            body["as_of"],
            body["entries"],
            body["lang"],
            body["program"],
            files,
            sheets,
            body.get("not_drawn", ()),
        ),
        DossierEntry,
    )
    date.fromisoformat(made.as_of)
    if made.lang not in LANGUAGES or made.entries < 1 or not made.program:
        raise ValueError(
            f"no dossier was made of {made.entries} entries in {made.lang!r} by {made.program!r}"
        )
    return made


def form_of(body: Mapping[str, Any]) -> int:
    """The form that an entry states; 1 where it states none."""
    form = body.get("form", 1)
    return form if type(form) is int and form > 0 else 1


def entry_kind(record: Mapping[str, Any]) -> str:
    """The kind of entry in which a record is written down."""
    return NOTE if record.get("type") in FIRST else RECORD


class UnknownRecord(ValueError):
    """A record that a newer version wrote: `what` is the sentence that says so."""

    def __init__(self, what: Text) -> None:
        super().__init__(str(what))
        self.what = what


def record_of(body: Mapping[str, Any]) -> Record:
    """The record that an entry holds. Raises UnknownRecord where it is of a kind or has fields that this version does
    not know, msgspec.ValidationError where it makes no sense."""
    said = body["record"]
    if isinstance(said, dict) and (tag := said.get("type")) is not None:
        noun = _nouns().get(tag)
        more = sorted(said.keys() - {"type", *noun.__struct_encode_fields__}) if noun else [str(tag)]
        if more:
            what = text("It holds what only a newer Heller knows: {what}.", what=", ".join(more))
            raise UnknownRecord(what)
    record: Record = msgspec.convert(said, Record)
    return record


@cache
def _nouns() -> dict[str, Any]:
    """The nouns of records by the names under which they are written."""
    return {str(noun.__struct_config__.tag): noun for noun in kinds()}


def unknown(seq: int, what: Text) -> Finding:
    """The finding for an entry that is left aside."""
    return Finding(
        "entry-unknown",
        text("Entry {seq} is left aside. {what}", seq=seq, what=what),
        text("Open the case with a newer Heller."),
        Weight.WARNING,
    )
