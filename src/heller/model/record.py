"""A file as it was received, and what it says: records of any kind, the accounts, and what is uncertain."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, Union

from msgspec import Struct

from heller.model.finding import Finding, Locator
from heller.model.kinds import kinds
from heller.model.money import Money
from heller.model.record_kind import RecordNoun
from heller.model.text import Text

if TYPE_CHECKING:
    Record: TypeAlias = RecordNoun
else:  # what is decoded by its type needs every noun by name: those that were found
    Record = Union[tuple(kinds())]  # noqa: UP007


class Blob(Struct, frozen=True):
    """A file exactly as received. `digest` is its SHA-256 in hex; `beside` is a file that belongs to it and
    was received with it, the write-ahead log of a database. Nothing in it was written after the day `until`,
    as the archive around it or a person says: the year of logs that write none."""

    name: str
    data: bytes
    digest: str
    until: date | None = None
    beside: Blob | None = None


class Account(Struct, frozen=True):
    """One page of an account statement: its balances as stated, and how many entries it was read with.

    Money is None where the page states no balance; `pending` entries are announced, not booked; `announced`
    are their amounts where the page is a report of the day (camt.052), which is made of them; `closes` where
    the opening balance and the entries give the closing balance. A page in the middle of a statement does
    not begin or end it.
    """

    name: str
    entries: int
    source: Locator
    pending: int = 0
    opening: Money | None = None
    closing: Money | None = None
    closes: bool = False
    announced: tuple[Money, ...] = ()
    begins: bool = True
    ends: bool = True


class StatedOffset(Struct, frozen=True):
    """An offset from UTC in minutes that a file writes beside one of its times, and that time."""

    at: datetime
    minutes: int


class Reading(Struct, frozen=True, dict=True):
    """What one file says, and what about it is uncertain. `rows_rejected` were loudly rejected.

    `accounts` has the balances of account statements, page by page. `score` (0 to 100) and `why` say
    how the reader knew the file. `offsets` are those from UTC that it writes itself, one for each month.
    """

    reader: str
    title: str
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    rows_rejected: int = 0
    accounts: tuple[Account, ...] = ()
    score: int = 0
    why: Text | None = None
    offsets: tuple[StatedOffset, ...] = ()

    @cached_property
    def by_kind(self) -> dict[type[Record], list[Record]]:
        """The records by their kind, in order; sorted once however often a case is put together anew."""
        found: dict[type[Record], list[Record]] = {}
        for record in self.records:
            found.setdefault(type(record), []).append(record)
        return found
