"""What is kept of a claim of one day says nothing of the next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from heller import casefile
from heller.model.kinds.contact import Contact, ContactKind


def test_a_day_on_which_less_was_known_leaves_the_next_whole(tmp_path: Path) -> None:
    """Asked for May first and for July then, July has what was said in June; asked again, each is as it was."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    for month in (4, 6):
        at = datetime(2025, month, 10, 9, tzinfo=UTC)
        casefile.note(folder, Contact(at, ContactKind.CONTACT, "phone", "hotline", f"said in {month}"))
    for _ in range(2):
        found = [len(casefile.claim(folder, date(2025, m, 20)).case.records(Contact)) for m in (5, 7, 5)]
        assert found == [1, 2, 1]
