"""What an answer of law consists of: one sentence, figures, the working, the rules, what is uncertain.

It formats nothing and knows no question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from heller.law.book.refusals import BeyondTheData
from heller.law.book.rules import Rulebook
from heller.model.damage import NormRef
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import Arg, Text, text

Figure: TypeAlias = (
    "Money | date | bool | int | str | Text | Mapping[str, Figure] | tuple[Figure, ...] | None"
)

MOST_YEARS_UNREAD = 5  # fees and caps change about every four years: beyond that nobody may rely on them


class Table(Struct, frozen=True):
    """Columns and rows as people read them; `right` are the columns of figures."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Arg, ...], ...]
    right: tuple[int, ...] = ()


class LawAnswer(Struct, frozen=True):
    """`figures` are for machines by key. `lines` is the working; where there is a `table` it shows the
    same to people. `under` is the working that no table holds, `notes` what the answer depends on."""

    head: Text
    figures: Mapping[str, Figure]
    lines: tuple[Text, ...]
    sources: tuple[NormRef, ...]
    under: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    table: Table | None = None

    @property
    def working(self) -> tuple[Text, ...]:
        """All of it."""
        return (*self.lines, *self.under)


def reach(book: Rulebook, on: date, ids: Iterable[str]) -> tuple[Text, ...]:
    """A note where the rules were read before the day asked for.

    Raises BeyondTheData where that was more than five years before.
    """
    oldest = book.known_until(ids)
    known = oldest.known_until
    if on <= known:
        return ()
    if on.year > known.year + MOST_YEARS_UNREAD:
        raise BeyondTheData(oldest.id, on, oldest.versions[0].since, known)
    return (
        text("The rules were read as of {day}; check whether the law has changed since then.", day=known),
    )


def not_negative(amount: Money) -> None:
    """Refuse an amount below zero. Raises InputRefused."""
    if amount.cents < 0:
        raise InputRefused(
            what=text("{amount} is negative.", amount=amount),
            why=text("Interest, fees and lump sums are worked out on amounts from zero upwards."),
            do=text("Give the amount without a minus."),
        )


def one_of(said: str, known: Iterable[str], option: str, why: Text) -> str:
    """The word as it is known, whatever its case. Raises InputRefused for another one."""
    words, found = tuple(known), said.strip().lower()
    if found in words:
        return found
    raise InputRefused(
        what=text("{option} does not know {word}.", option=option, word=said.strip() or "''"),
        why=why,
        do=text("Use one of: {words}.", words=", ".join(words)),
    )


def in_order(first: date, last: date) -> None:
    """Refuse a span that ends before it begins. Raises InputRefused."""
    if last < first:
        raise InputRefused(
            what=text("{last} lies before {first}.", last=last, first=first),
            why=text("A span that ends before it begins has no days to count."),
            do=text("Check the two days; the earlier one comes first."),
        )
