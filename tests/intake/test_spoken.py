"""Numbers, days and moments as people type them into a form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.intake.written import spoken, spoken_numbers, spoken_times
from heller.model.value_form import ValueForm, ValueKind

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 8, 5, tzinfo=BERLIN)  # a Monday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today 7:50", ["2026-11-30 07:50"]),
        ("heute, 7:50 Uhr", ["2026-11-30 07:50"]),
        ("gestern 8 Uhr", ["2026-11-29 08:00"]),
        ("yesterday 8 pm", ["2026-11-29 20:00"]),
        ("vorgestern um 14:30", ["2026-11-28 14:30"]),
        ("3.2. 8:15", ["2026-02-03 08:15"]),
        ("31.12. 8 Uhr", ["2025-12-31 08:00"]),
        ("4. Februar 8 Uhr", ["2026-02-04 08:00"]),
        ("Feb 4 8:30", ["2026-02-04 08:30"]),
        ("Freitag, 27.11., 8:00", ["2026-11-27 08:00"]),
        ("letzten Freitag um halb acht", ["2026-11-27 07:30"]),
        ("seit heute früh 7 Uhr", ["2026-11-30 07:00"]),
        ("7:50", ["2026-11-30 07:50"]),
        ("9:15", ["2026-11-29 09:15", "2026-11-30 09:15"]),
        ("03/02 8am", ["2026-02-03 08:00", "2026-03-02 08:00"]),
        ("vor 2 Stunden", ["2026-11-30 06:05"]),
        ("half an hour ago", ["2026-11-30 07:35"]),
        ("gerade eben", []),
        ("just now", ["2026-11-30 08:05"]),
        ("gestern abend", [f"2026-11-29 {hour}:00" for hour in (18, 19, 20, 21)]),  # which hour is asked
        (
            "heute früh",
            ["2026-11-30 06:00", "2026-11-30 07:00", "2026-11-30 08:00"],
        ),  # none that is still to come
        ("letzten Montag 9 Uhr", ["2026-11-23 09:00"]),  # today is one
        ("gestern um 5 nach halb 9", ["2026-11-29 08:35"]),
        ("gestern zehn vor acht", ["2026-11-29 07:50"]),
        ("irgendwann", []),
    ],
)
def test_moments_as_people_say_them(typed: str, meant: list[str]) -> None:
    """Without a year it is the last such day; what may be two is both, what is none is none."""
    found = spoken_times.moments(typed, NOW)
    assert [f"{at.astimezone(BERLIN):%Y-%m-%d %H:%M}" for at in found] == meant


def test_the_night_of_the_clock_change() -> None:
    """02:30 came twice on 25 October 2026, unless the side is said; on 29 March it never came."""
    assert [at.hour for at in spoken_times.moments("25.10. 2:30", NOW)] == [0, 1]
    for said, hour in (("25.10. 2:30 CEST", 0), ("25.10. 2:30 MEZ", 1)):
        assert [at.hour for at in spoken_times.moments(said, NOW)] == [hour]
    assert spoken_times.moments("29.3. 2:30", NOW) == () and spoken_times.left_out("29.3. 2:30", NOW)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("8.500", [850000, 850]),
        ("8,5k", [850000]),
        ("ca. 8500", [850000]),
        ("2,1 Mio", [210000000]),
        ("etwa 3 Tsd. Euro", [300000]),
        ("8.500,00 €", [850000]),
        ("€ 8,500.00", [850000]),
        ("8 500", [850000]),
        ("500,-", [50000]),
        ("12,345", [1234500]),
        ("-5", []),
        ("8500 USD", []),
        ("achttausendfünfhundert", [850000]),
        ("fünfzig Euro", [5000]),
        ("8-9k", [800000, 900000]),
        ("zwischen 8 und 9 Tsd", [800000, 900000]),
        ("8.000 bis 9.000", [800000, 900000]),
        ("über 8000", [800000]),
        ("8,5 TEUR", [850000]),
        ("T€ 8,5", [850000]),
        ("viel", []),
    ],
)
def test_sums_as_people_type_them(typed: str, cents: list[int]) -> None:
    """The likeliest first; part cents and other currencies are no euros."""
    assert [one.cents for one in spoken_numbers.sums(typed)] == cents


@pytest.mark.parametrize(
    ("typed", "shares"),
    [
        ("95 Prozent", ["0.95"]),
        ("ca. 38", ["0.38"]),
        ("0,5", ["0.5"]),
        ("1", ["0.01", "1"]),
        ("12,5 percent", ["0.125"]),
        ("die Hälfte", ["0.5"]),
        ("ein Drittel", ["0.3333"]),
        ("drei Viertel", ["0.7500"]),
        ("two thirds", ["0.6667"]),
        ("2 von 3", ["0.6667"]),
        ("fünfzig Prozent", ["0.5"]),
        ("90-95 %", ["0.9", "0.95"]),
        ("vier Drittel", []),
        ("120 %", []),
    ],
)
def test_shares_as_people_type_them(typed: str, shares: list[str]) -> None:
    """One may be one per cent or all of it."""
    assert [str(one) for one in spoken_numbers.shares(typed)] == shares


def test_what_may_lie_ahead_is_the_nearest_day() -> None:
    """A deadline without a year: 15 December is two weeks off; 1 June lies as far back as ahead and is asked."""
    day: ValueForm[date] = ValueForm(kind=ValueKind.DATE)
    assert spoken.readings(day, "15.12.", NOW, ahead=True) == ("2026-12-15",)
    assert set(spoken.readings(day, "1.6.", NOW, ahead=True)) == {"2026-06-01", "2027-06-01"}
    assert spoken.readings(day, "15.12.", NOW) == ("2025-12-15",)
    for said, meant in (("übermorgen", "12-02"), ("in 2 Wochen", "12-14"), ("heute in 14 Tagen", "12-14"),
                        ("nächsten Montag", "12-07"), ("next Friday", "12-04")):  # fmt: skip
        assert spoken.readings(day, said, NOW, ahead=True) == (f"2026-{meant}",)


@given(st.text(max_size=100))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    """Whatever is typed, each reading lies in the range of its form."""
    for kind in ValueKind:
        form: ValueForm[object] = ValueForm(kind=kind)
        for value in spoken.readings(form, typed, NOW):
            form.parse(value)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 29), timezones=st.just(UTC)))
def test_what_is_shown_is_read_again(at: datetime) -> None:
    """A whole date with its time is one moment, or the two of the night of the clock change."""
    local = at.replace(second=0, microsecond=0).astimezone(BERLIN)
    assert local.astimezone(UTC) in spoken_times.moments(f"{local:%d.%m.%Y %H:%M}", NOW)
