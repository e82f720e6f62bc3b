"""What is kept of a case by its day: looking at an earlier day changes nothing of a later one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from heller import casefile
from heller.model.kinds.contact import Contact, ContactKind

EARLY, LATE = date(2026, 1, 10), date(2026, 12, 1)


@pytest.mark.parametrize("days", [(EARLY, LATE), (LATE, EARLY), (EARLY, LATE, EARLY, LATE)])
def test_a_day_is_the_same_whichever_was_looked_at_before(tmp_path: Path, days: tuple[date, ...]) -> None:
    """A demand of June is unknown in January and owed an answer in December, again and again, from the shelf too."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    sent = datetime(2026, 6, 1, 10, tzinfo=UTC)
    casefile.note(
        folder, Contact(sent, ContactKind.DEMAND, "Brief", "X", "Zahlen!", incoming=False, until=EARLY)
    )
    for _ in range(2):
        for day in days:
            claimed = casefile.claim(folder, day)
            assert len(claimed.case.records(Contact)) == (day is LATE)
            assert len(claimed.owed) == (day is LATE)
