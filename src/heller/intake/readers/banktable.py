"""Bank statements as tables (CSV): by a confirmed profile, a shipped one, else by the words of the headings.

What is read by headings alone is said to be so until a person confirms it (`heller profile`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.bank.statement import reading
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import cells
from heller.intake.written import numbers
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from heller.intake.bank.layout import Layout

NAME = "banktable"


def identify(head: bytes, name: str) -> Confidence:
    """By the headings: those of a profile, else words that name a day, an amount and a text."""
    if not (content := numbers.tabular(head)):
        return NOT_MINE
    from heller.intake.bank.layout import BY_COLUMNS, BY_HEADINGS, look  # only for what may be a table

    found = look(content)
    if found is None:
        return NOT_MINE
    why = {
        BY_HEADINGS: text("Its headings name a day of booking, an amount and a text."),
        BY_COLUMNS: text("Every row has a day, a text and one amount with its sign."),
    }.get(found.score, text("Its headings are those of the profile {profile}.", profile=found.profile.title))
    return Confidence(found.score, why)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """All booked entries, announced ones counted, balances stated or running."""
    from heller.intake.bank import table
    from heller.intake.bank.layout import look

    content = numbers.decode(blob.data)
    found = look(content)
    if found is None:
        return nothing(blob, _unknown(blob), NAME)
    rows = list(cells.lines(content, found.delimiter))
    pages = tuple(table.statements(rows, found.profile, blob.digest))
    if not pages:
        return nothing(blob, _unknown(blob), NAME)
    done = reading(NAME, blob.name, pages)
    if found.known:
        return done
    doubts = [_unconfirmed(blob, found), *_no_signs(done, found, blob)]
    return replace(done, findings=(*doubts, *done.findings))


def _no_signs(done: Reading, found: Layout, blob: Blob) -> list[Finding]:
    """The doubt about a table of which no amount has a sign, and nothing else says which way money went."""
    entries = [record for record in done.records if isinstance(record, BankEntry)]
    told = {"letter", "balance", "credit"} & {*found.profile.columns, *found.profile.places}
    if len(entries) < 2 or told or any(entry.amount.cents < 0 for entry in entries):
        return []
    said = text("No amount in {name} has a sign: all were read as money in.", name=blob.name)
    do = text("If some went out, export the table with signs, or with the balance after each entry.")
    return [Finding("no-signs", said, do, Weight.WARNING, Locator(blob.digest))]


def _unknown(blob: Blob) -> Finding:
    return Finding(
        "table-unknown",
        text("{name} is no table of bank entries that is known.", name=blob.name),
        text("Tell which column is which: heller profile FILE."),
        Weight.REFUSED,
        Locator(blob.digest),
    )


def _unconfirmed(blob: Blob, found: Layout) -> Finding:
    named = ", ".join(f"{role}: {words[0]}" for role, words in found.profile.columns.items())
    named = named or ", ".join(f"{role}: {place}" for role, place in found.profile.places.items())
    return Finding(
        "profile-unconfirmed",
        text("The layout of {name} is not known; it was read as {columns}.", name=blob.name, columns=named),
        text("Look at the preview and confirm it: heller profile FILE --save."),
        Weight.WARNING,
        Locator(blob.digest),
    )
