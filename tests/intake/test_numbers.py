"""Numbers, days and moments as an office writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.intake.written import numbers, shares
from heller.model.errors import InputRefused
from heller.model.money import Money

BERLIN = ZoneInfo("Europe/Berlin")


def german(cents: int) -> str:
    """Money as a German clerk writes it."""
    return f"{Decimal(cents) / 100:,.2f}".translate(str.maketrans(",.", ".,"))


@given(st.integers(-(10**11), 10**11))
def test_what_is_written_with_two_places_is_read_back(cents: int) -> None:
    """Both ways of writing the same cents give the same money."""
    assert numbers.amount(german(cents)) == Money(cents)
    assert numbers.amount(f"{Decimal(cents) / 100:,.2f}") == Money(cents)
    assert numbers.amount(f"{german(cents)} €") == Money(cents)
    assert numbers.amount(f"USD {german(cents)}") == Money(cents, "USD")


@pytest.mark.parametrize("raw", ["1.234", "1,234", "999.999", "-1,500"])
def test_three_digits_after_one_mark_are_a_question(raw: str) -> None:
    """A mark that may group or may divide is not settled by majority of one."""
    assert numbers.decimal(raw) is None
    comma, point = numbers.decimal(raw, ","), numbers.decimal(raw, ".")
    assert comma is not None
    assert point is not None
    assert comma != point


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("-62,3", "-62.3"),
        ("62,30-", "-62.30"),
        ("\N{MINUS SIGN}5,00", "-5.00"),
        ("1 234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("0,234", "0.234"),
        ("1234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("500,-", "500.00"),
        (".5", "0.5"),
    ],
)
def test_odd_but_clear_numbers(raw: str, value: str) -> None:
    """Spellings found in real exports are clear and are read."""
    assert numbers.decimal(raw) == Decimal(value)


@pytest.mark.parametrize(
    "raw", ["", "-", "1.2.3", "1,,2", "5,", "12 34", "1.23.456,7", "1e5", "٣", "9" * 16, "--5"]
)
def test_what_is_no_number(raw: str) -> None:
    """Broken grouping, exponents, foreign digits and account numbers are no amounts."""
    assert numbers.decimal(raw) is None


def test_part_cents_are_not_rounded_away() -> None:
    """A price of a tenth of a cent is not made into a cent."""
    assert numbers.amount("31,5051") is None
    assert numbers.amount("8,85000") == Money(885)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("38 %", "0.38"),
        ("42,86%", "0.4286"),
        ("42,857 %", "0.42857"),
        ("100 %", "1"),
        ("0,5", "0.5"),
        ("1,0", "1"),
    ],
)
def test_shares(raw: str, value: str) -> None:
    """Per cent and fractions give the same share."""
    assert shares.share(raw) == Decimal(value)


@pytest.mark.parametrize("raw", ["1", "38", "1,5", "-0,1", "", "%"])
def test_shares_that_are_a_question(raw: str) -> None:
    """'1' may be one per cent or all of it."""
    assert shares.share(raw) is None


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_days_in_every_writing(day: date) -> None:
    """ISO, compact and German days are the same day."""
    for raw in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}"):
        assert numbers.day(raw) == day


def test_slashes_are_read_only_where_they_are_clear() -> None:
    """American and British days differ; only one of them can have a 25th month."""
    assert numbers.day("25/02/2015") == numbers.day("02/25/2015") == date(2015, 2, 25)
    assert numbers.day("04/02/2015") is None
    assert numbers.day("30.02.2015") is None
    assert numbers.day("4. März 2015") == date(2015, 3, 4)


@pytest.mark.parametrize(
    ("day", "time"),
    [
        ("04.02.2015", "09:30"),
        ("04.02.2015", "9.30 Uhr"),
        ("04.02.2015 09:30", ""),
        ("2015-02-04T09:30", ""),
        ("2015-02-04 09:30:00", ""),
        ("2015-02-04T09:30:00+01:00", ""),
        ("2015-02-04T08:30:00Z", ""),
    ],
)
def test_moments(day: str, time: str) -> None:
    """Half past nine in February is half past eight in UTC, however it is written."""
    assert numbers.moment(day, time, BERLIN) == datetime(2015, 2, 4, 8, 30, tzinfo=UTC)


def test_hours_that_the_clock_shows_never_or_twice() -> None:
    """On 29 March 2015 2:30 did not exist, on 25 October it came twice; with an offset it is clear."""
    assert numbers.moment("29.03.2015", "02:30", BERLIN) is None
    assert numbers.moment("25.10.2015", "02:30", BERLIN) is None
    assert numbers.moment("2015-10-25T02:30:00+01:00", "", BERLIN) == datetime(
        2015, 10, 25, 1, 30, tzinfo=UTC
    )
    assert numbers.moment("04.02.2015", "24:00", BERLIN) == datetime(2015, 2, 4, 23, 0, tzinfo=UTC)
    assert numbers.moment("04.02.2015", "", BERLIN) is None


def test_encodings() -> None:
    """One text in the four encodings that offices export is one text."""
    said = "Störung;500 €"
    for data in (said.encode(), said.encode("utf-8-sig"), said.encode("cp1252"), said.encode("utf-16")):
        assert numbers.decode(data) == said
    with pytest.raises(InputRefused):
        numbers.decode(b"PK\x00\x03")
    assert numbers.head_text("aä".encode()[:2]) == "a"


@given(st.text(max_size=30), st.text(max_size=12))
def test_nothing_raises(raw: str, time: str) -> None:
    """Any text is answered with a value or with None, and always with the same."""
    reads: tuple[tuple[Callable[[str], object], type], ...] = (
        (numbers.decimal, Decimal),
        (numbers.amount, Money),
        (shares.share, Decimal),
        (numbers.day, date),
        (numbers.plain, Decimal),
        (numbers.clock, timedelta),
    )
    for read, kind in reads:
        found = read(raw)
        assert found is None or type(found) is kind
        assert read(f" {raw}\t") == found, "blanks around it say nothing"
    at = numbers.moment(raw, time, BERLIN)
    assert at is None or at.tzinfo is UTC


@given(
    st.from_regex(
        r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}[ T][0-9]{1,2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?",
        fullmatch=True,
    )
)
def test_nothing_raises_that_looks_like_a_moment(raw: str) -> None:
    """Days that the calendar does not know are None, not errors."""
    found = numbers.moment(raw, "", BERLIN)
    assert found is None or found.tzinfo is UTC
