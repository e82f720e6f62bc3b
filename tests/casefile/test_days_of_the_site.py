"""Days are days of the site, wherever the computer stands."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from heller import casefile
from heller.cli import screen
from heller.model.kinds.fact import Fact

FIRST, LAST = "Pacific/Kiritimati", "Pacific/Pago_Pago"  # 25 hours apart: never the same day


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer that is a day behind the site, its clock right."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", LAST)
        time.tzset()
        yield
    time.tzset()


def test_what_is_noted_today_counts_today(behind: None, tmp_path: Path) -> None:
    """Where no day is named it is the day at the site, so that what was written a moment ago counts."""
    folder = tmp_path / "case"
    casefile.open_case(folder, zone=FIRST)
    casefile.note(folder, Fact("firm.name", "Muster"))
    assert screen.as_day(None, folder) == datetime.now(ZoneInfo(FIRST)).date()
    assert screen.as_day(None) == datetime.now(ZoneInfo(LAST)).date() < screen.as_day(None, folder)
    assert casefile.claim(folder, screen.as_day(None, folder)).case.fact("firm.name") == "Muster"


def test_no_case_names_no_day(behind: None, tmp_path: Path) -> None:
    """A folder that is no case leaves the day to the computer; what is wrong with it is said by who reads it."""
    assert screen.as_day(None, tmp_path) == screen.as_day(None)
