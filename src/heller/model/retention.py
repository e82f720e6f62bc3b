"""How long others keep what proves the damage. Only periods that were read somewhere, with where."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from heller.model.text import Text, text


class RetentionPeriod(Struct, frozen=True):
    """Who keeps what for how long: `days` from the day itself, or `months`."""

    by: Text
    days: int = 0
    months: int = 0

    def until(self, day: date) -> date:
        """The last day on which what happened on `day` can still be had.

        >>> CONNECTION_DATA.until(date(2015, 2, 4)), ONLINE_INVOICES.until(date(2015, 2, 18))
        (datetime.date(2015, 4, 25), datetime.date(2016, 8, 18))
        """
        return _months_on(day, self.months) + timedelta(self.days)


# Telekom's own page on the deletion of connection data and of invoices in the customer's account.
CONNECTION_DATA = RetentionPeriod(text("Telekom deletes connection data after 80 days."), days=80)
ONLINE_INVOICES = RetentionPeriod(
    text("Telekom's RechnungOnline shows mobile invoices for 18 months."), months=18
)
# help.sipgate.de: the itemised list of charged calls reaches back three months.
SIPGATE_CALLS = RetentionPeriod(text("sipgate's itemised list of calls reaches back three months."), months=3)


def _months_on(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    after = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return first + timedelta(min(day.day, (after - first).days) - 1)
