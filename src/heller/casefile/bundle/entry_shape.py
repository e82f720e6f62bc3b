"""What the entries hold that Heller writes by itself and that change nothing of the case: tree heads, stamps, clocks,
dossiers. No figure contradicts a word in them, so their keys and values are those that Heller writes, and no others.

What people write down is not looked at here: the figures follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from heller.journal.entry import Breach, Entry
from heller.model.text import text

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Time = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z\Z")]
Name = Annotated[str, Meta(pattern=r"^[0-9A-Za-z.-]{1,80}\Z")]  # of an authority, a file, an algorithm
State = Annotated[str, Meta(pattern=r"^[a-z-]{1,20} [a-z-]{1,20}\Z")]  # from what to what
Language = Annotated[str, Meta(pattern=r"^[a-z]{2}\Z")]
Form = Annotated[int, Meta(ge=1)]


class AnchorEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A tree head."""

    digest: Digest
    number: int
    size: int


class StampEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A time stamp; the first Hellers wrote `qualified`, which nothing reads."""

    accuracy_us: int
    anchor: Digest
    certificate: Digest
    number: int
    size: int
    time: Time
    token: Digest
    tsa: Name
    qualified: bool = False


class ClockEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What happened to the clocks, or how far they were off by a stamp."""

    boot: bool = False
    step_us: int = 0
    sync: State = "none none"
    off_us: int = 0
    source: Name = "tsa"
    time: Time = "1970-01-01T00:00:00Z"
    tsa: Name = "none"
    wall: Time = "1970-01-01T00:00:00Z"


class RecoveredEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a crash left, set aside."""

    bytes: int
    digest: Digest


class RenewalEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Evidence records that were renewed."""

    algorithm: Name
    records: list[Name]
    time: Time
    token: Digest
    tsa: Name


class ClosedList(Struct, frozen=True, forbid_unknown_fields=True):
    """A list of closed fields; what is stated in it the figures rest on."""

    close: list[Name]
    digest: Digest
    entries: int
    stated: list[dict[str, Any]]


class DossierBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A dossier, in the words of the journal; the first form named two digests in the place of all files."""

    as_of: str
    entries: int
    lang: Language
    program: str
    files: dict[str, Digest] = {}
    form: Form = 1
    not_drawn: list[Digest] = []
    claim: str = ""
    dossier: str = ""


SHAPES: dict[str, type[Struct]] = {
    "anchor": AnchorEntry,
    "stamp": StampEntry,
    "clock": ClockEntry,
    "recovered": RecoveredEntry,
    "renewal": RenewalEntry,
    "closed": ClosedList,
    "dossier": DossierBody,
}


def strange_entries(entries: Iterable[Entry], where: str) -> Iterator[Breach]:
    """The entries of Heller's own that hold what no Heller writes into them."""
    for entry in entries:
        if entry.body is not None and entry.kind in SHAPES and not _fits(entry.kind, entry.body):
            what = text(
                "Entry {seq} ({kind}) holds what no Heller writes there.", seq=entry.seq, kind=entry.kind
            )
            yield Breach(where, what)


def _fits(kind: str, body: Mapping[str, Any]) -> bool:
    """Whether a body has the keys and values of its kind; a dossier's files are those of its language alone."""
    try:
        made = msgspec.convert(body, SHAPES[kind])
    except msgspec.ValidationError:
        return False
    if not isinstance(made, DossierBody):
        return True
    pages = [name for name in made.files if name.startswith("dossier-")]
    return pages in ([], [f"dossier-{made.lang}.pdf"])
