"""Lump sums as they are worked out where nothing special is said, and on which days they fall."""

from datetime import date

from heller.law.de.lumpsums import Locality, closed_outage, for_change, for_porting
from heller.model.money import Money

TEN = Money(1000)


def test_nothing_special_is_assumed() -> None:
    """No mainly Catholic place, a complete outage, no excuse: 15 August 2023 is a working day of Bavaria."""
    assert Locality("BY").catholic is False and closed_outage() is None
    days = for_change(date(2023, 8, 11), date(2023, 8, 17), Money(0), state="BY").days
    assert [day for day, _ in days] == [date(2023, 8, 15), date(2023, 8, 16)]


def test_a_late_number_is_paid_day_by_day_after_the_free_one() -> None:
    """Agreed on a Monday, Tuesday is free, worked on Friday: Wednesday and Thursday, weekends included later on."""
    found = for_porting(date(2023, 8, 14), date(2023, 8, 18), state="BY")
    assert found.days == ((date(2023, 8, 16), TEN), (date(2023, 8, 17), TEN))
