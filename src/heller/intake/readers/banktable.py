"""Bank statements as tables (CSV): by a confirmed profile, a shipped one, else by the words of the headings.

What is read by headings alone is said to be so until a person confirms it (`heller profile`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from heller.intake import bankrows, grid, numbers, profile, propose
from heller.intake.bankrows import SEARCH, located
from heller.intake.grid import Line
from heller.intake.profile import Profile
from heller.intake.reading import NOT_MINE, Claimed, nothing
from heller.intake.statement import reading
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "banktable"
CONFIRMED, SHIPPED, BY_HEADINGS, BY_COLUMNS = 97, 94, 45, 30


class Match(Struct, frozen=True):
    """The profile and the delimiter by which a table is read, and how sure that is."""

    profile: Profile
    delimiter: str
    score: int


def identify(head: bytes, name: str) -> Claimed:
    """By the headings: those of a profile, else words that name a day, an amount and a text."""
    content = numbers.tabular(head)
    found = match(content) if content else None
    if found is None:
        return NOT_MINE
    why = {
        BY_HEADINGS: text("Its headings name a day of booking, an amount and a text."),
        BY_COLUMNS: text("Every row has a day, a text and one amount with its sign."),
    }.get(found.score, text("Its headings are those of the profile {profile}.", profile=found.profile.title))
    return Claimed(found.score, why)


def match(content: str) -> Match | None:
    """The surest profile for the first rows of a table."""
    found: list[Match] = []
    for delimiter in grid.delimiters(content):
        rows = list(islice(grid.lines(content[:65536], delimiter), SEARCH))
        found += _matches(rows, delimiter)
    if not found:
        return None
    return max(found, key=lambda m: (m.score, len(m.profile.head)))


def _matches(rows: list[Line], delimiter: str) -> Iterator[Match]:
    for line in rows:
        if line.filled > 2:
            if own := profile.saved(line.cells):
                yield Match(own, delimiter, CONFIRMED)
            for known in profile.shipped():
                if located(known, line):
                    yield Match(known, delimiter, SHIPPED)
    if headed := propose.by_headings(rows):
        yield Match(headed, delimiter, BY_HEADINGS)
    elif bare := propose.by_columns(rows[:-1] if len(rows) > 2 else rows):
        yield Match(bare, delimiter, BY_COLUMNS)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """All booked entries, announced ones counted, balances stated or running."""
    content = numbers.decode(blob.data)
    found = match(content)
    if found is None:
        return nothing(blob, _unknown(blob), NAME)
    rows = list(grid.lines(content, found.delimiter))
    pages = tuple(bankrows.statements(rows, found.profile, blob.digest))
    if not pages:
        return nothing(blob, _unknown(blob), NAME)
    done = reading(NAME, blob.name, pages)
    if found.score in (BY_HEADINGS, BY_COLUMNS):
        done = replace(done, findings=(_unconfirmed(blob, found), *done.findings))
    return done


def _unknown(blob: Blob) -> Finding:
    return Finding(
        "table-unknown",
        text("{name} is no table of bank entries that is known.", name=blob.name),
        text("Tell which column is which: heller profile FILE."),
        Weight.REFUSED,
        Locator(blob.digest),
    )


def _unconfirmed(blob: Blob, found: Match) -> Finding:
    named = ", ".join(f"{role}: {words[0]}" for role, words in found.profile.columns.items())
    named = named or ", ".join(f"{role}: {place}" for role, place in found.profile.places.items())
    return Finding(
        "profile-unconfirmed",
        text("The layout of {name} is not known; it was read as {columns}.", name=blob.name, columns=named),
        text("Look at the preview and confirm it: heller profile FILE --save."),
        Weight.WARNING,
        Locator(blob.digest),
    )
