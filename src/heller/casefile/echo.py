"""What a change of the case did: what counted before, what counts now, and what the sums were and are. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct

from heller.casefile.plausible import questions
from heller.damage.purposes import purposes
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.kinds.fact import Fact
from heller.model.kinds.purpose import Purpose
from heller.model.money import ZERO, Money
from heller.model.record import Record
from heller.model.text import Text

FEW = 8  # records of each side that are shown


class Sums(Struct, frozen=True):
    """What the damage is likely to be, and what is likely to be due."""

    damage: Money = ZERO
    due: Money = ZERO


class Echo(Struct, frozen=True):
    """`was` counted before the entry and does not now, `now` counts since. Of a case whose sum could not be worked out
    before, `before` is None. `asked` is what is odd about the record that was written."""

    entry: int
    was: tuple[Record, ...]
    now: tuple[Record, ...]
    before: Sums | None
    after: Sums
    asked: tuple[Text, ...] = ()

    @property
    def was_more(self) -> int:
        """How many of what was are more than a page shows."""
        return len(self.was) - FEW

    @property
    def now_more(self) -> int:
        """How many of what is are more than a page shows."""
        return len(self.now) - FEW

    @property
    def moved(self) -> bool:
        """Whether a sum is another one now."""
        return self.before != self.after


def echo(
    entry: int,
    before: Claim | None,
    after: Claim,
    written: Record | None = None,
    now: datetime | None = None,
) -> Echo:
    """What happened between two claims of one case on one day, and what is odd about the record that was written."""
    old = list(in_force(before.case)) if before else []
    new = list(in_force(after.case))
    return Echo(
        entry,
        tuple(_less(old, new)) if before else (),
        tuple(_less(new, old)) if before else (),
        sums(before) if before else None,
        sums(after),
        tuple(questions(written, before, now or datetime.now(UTC))) if written is not None else (),
    )


def sums(claimed: Claim) -> Sums:
    """The two sums of a claim."""
    return Sums(claimed.assessment.total.likely, claimed.waterfall.due.likely)


def in_force(case: Case) -> Iterator[Record]:
    """What counts of a case: of facts and purposes the last word, of everything else all."""
    yield from case.facts.said.values()
    yield from purposes(case)
    for group in (case.noted, *(exhibit.reading.records for exhibit in case.exhibits)):
        yield from (record for record in group if not isinstance(record, Fact | Purpose))


def _less(some: list[Record], others: list[Record]) -> Iterator[Record]:
    """Some records without the others; long logs are told apart by their place alone."""
    left = Counter(map(repr, others))
    for record in some:
        if left[key := repr(record)]:
            left[key] -= 1
        else:
            yield record
