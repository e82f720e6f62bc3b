"""The working of interest, line by line, as each chain and each account prints it."""

from __future__ import annotations

from heller.law.book.interest import Interest
from heller.model.amount import Range, WorkingLine
from heller.model.text import text


def interest_lines(made: Interest) -> tuple[WorkingLine, ...]:
    """Each stretch with one rate: its days, the rate in per cent, the sum that bears it."""
    return tuple(
        WorkingLine(
            text(
                "{first} to {last}: {days} days at {rate} % on {sum}",
                first=segment.first,
                last=segment.last,
                days=segment.days,
                rate=segment.rate,
                sum=made.principal,
            ),
            Range.exact(segment.amount),
        )
        for segment in made.segments
    )
