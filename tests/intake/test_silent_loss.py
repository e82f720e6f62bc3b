"""Nothing is lost in silence: every row is a record, part of a sum that is told, or named as not used."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.documents import read
from tests.intake.test_bank_kinds import TABLES
from tests.intake.test_shops import LISTS
from tests.intake.test_trackers_and_calls import MORE_CALLS, TRACKED

from heller.model.record import Reading

HOME = Path(__file__).parent / "data"
TEXTS = sorted(
    p for p in (HOME / "papers").iterdir() if p.suffix in (".csv", ".sta", ".ofx", ".xml", ".eml", ".mbox")
)
MADE = {
    **{f"bank {name}": content.encode() for name, (content, _) in TABLES.items()},
    **{f"shop {name}": data for name, data in LISTS.items()},
    **{f"calls {name}": content.encode() for name, content in MORE_CALLS.items()},
    **{f"hours {name}": content.encode() for name, content in TRACKED.items()},
}


def told(reading: Reading) -> None:
    """The rows that count are those that were read and those that were not; each of these has a word."""
    assert 0 <= reading.rows_rejected <= reading.rows or not reading.rows
    named = [finding for finding in reading.findings if finding.source]
    assert len(named) >= reading.rows_rejected
    assert reading.records or reading.accounts or reading.findings


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_given_files(path: Path) -> None:
    """Each says something, or why it does not."""
    told(read(path.read_bytes(), path.name))


@pytest.mark.parametrize("name", MADE)
def test_a_row_that_makes_no_sense_is_counted(name: str) -> None:
    """One more row that nobody can read is one more row that was not read, and has a word of its own."""
    data = MADE[name]
    before = read(data, "x.csv")
    told(before)
    lines = data.decode("utf-8-sig").rstrip().splitlines()
    mark = max(";,\t", key=lines[-1].count)
    width = lines[-2 if "record" in lines[-1] else -1].count(mark)
    after = read("\n".join([*lines, mark.join(["?"] * (width + 1))]).encode(), "x.csv")
    told(after)
    assert after.rows_rejected > before.rows_rejected or len(after.findings) > len(before.findings)
