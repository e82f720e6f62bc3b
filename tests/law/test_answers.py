"""Answers without a case give the published and computed figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heller.law.book.answer import LawAnswer
from heller.law.de.answers import cap, compensation, court, fees, interest, limitation
from heller.law.de.rules import rule
from heller.model.money import Money
from heller.model.text import Text

D = date.fromisoformat
KNOWN_DAYS = st.dates(D("2002-01-01"), D("2026-12-31"))


def euros(found: LawAnswer, *keys: str) -> list[str]:
    """Some figures as they stand in a table."""
    return [str(found.figures[key].decimal) for key in keys]  # type: ignore[union-attr]


def rows(found: LawAnswer, key: str) -> list[dict[str, Any]]:
    """A list among the figures."""
    held = found.figures[key]
    assert isinstance(held, tuple)
    return [dict(row) for row in held]  # type: ignore[arg-type]


INTEREST = [  # computed from the base rates of the Bundesbank plus 5 points, § 288 (1) BGB
    ("12500", "2015-02-19", "2015-12-31", "act/365", 316, "451.27"),
    ("12500", "2015-02-19", "2018-12-31", "act/365", 1412, "2000.80"),
    ("12500", "2015-02-19", "2018-12-31", "act/act", 1412, "1999.38"),
    ("25000", "2015-02-19", "2018-12-31", "act/365", 1412, "4001.60"),
    ("25000", "2015-02-19", "2018-12-31", "act/act", 1412, "3998.76"),
    ("12500", "2015-03-18", "2026-06-30", "act/365", 4123, "7244.76"),
    ("12500", "2015-03-18", "2026-06-30", "act/act", 4123, "7239.02"),
    # kosmologelei.wordpress.com: a lawyer's software printed 1.99, which is the wrong basis act/360
    ("354.16", "2018-04-30", "2018-06-17", "act/365", 49, "1.96"),
]


@pytest.mark.parametrize(("sum_", "first", "last", "basis", "days", "amount"), INTEREST)
def test_interest_oracles(sum_: str, first: str, last: str, basis: str, days: int, amount: str) -> None:
    """Days and interest as worked out by a script from the verified base rates."""
    found = interest.answer(Money.of(sum_), D(first), D(last), basis=basis)
    assert found.figures["days"] == days
    assert euros(found, "amount") == [amount]


def test_interest_by_half_years() -> None:
    """The segments of 12,500.00 until the end of 2018, base rates -0.83 and -0.88."""
    found = interest.answer(Money.of(12500), D("2015-02-19"), D("2018-12-31"))
    assert [(r["days"], r["rate"], str(r["amount"].decimal)) for r in rows(found, "segments")] == [
        (316, "4.17", "451.27"),
        (182, "4.17", "259.91"),
        (184, "4.12", "259.62"),
        (365, "4.12", "515.00"),
        (365, "4.12", "515.00"),
    ]


@given(st.integers(0, 10**9), KNOWN_DAYS, KNOWN_DAYS)
@settings(max_examples=60, deadline=None)
def test_segments_tile_the_days(cents: int, one: date, other: date) -> None:
    """Segments follow each other without gap, and their days are those of the whole."""
    first, last = min(one, other), max(one, other)
    found = interest.answer(Money(cents), first, last)
    held = rows(found, "segments")
    assert held[0]["from"] == first and held[-1]["to"] == last
    assert all(b["from"] - a["to"] == timedelta(1) for a, b in pairwise(held))
    assert sum(row["days"] for row in held) == found.figures["days"] == (last - first).days + 1
    assert len(held) == len(found.lines)


def test_the_other_basis_stands_beside() -> None:
    """act/act differs where a leap year is in it, and is left out where it does not."""
    with_leap = interest.answer(Money.of(12500), D("2015-02-19"), D("2018-12-31"))
    assert bases(with_leap) == [("act/act", "1999.38")]
    assert bases(interest.answer(Money.of(12500), D("2015-02-19"), D("2015-12-31"))) == []


def bases(found: LawAnswer) -> list[tuple[str, str]]:
    """The other bases, without readings that are not verified."""
    held = (row for row in rows(found, "alternatives") if "mark" not in row)
    return [(row["reading"], str(row["amount"].decimal)) for row in held]


def test_nine_points_are_warned_of() -> None:
    """9 points are for payment claims: another rule is cited and the note says so."""
    found = interest.answer(Money.of(100), D("2020-01-01"), D("2020-12-31"), Decimal(9))
    assert "BGB-288-2b" in {norm.id for norm in found.sources}
    assert any("payment claims" in note.id for note in found.notes)


FEES = [  # RVG and GKG tables of 2013, 2021, 2025; totals computed and compared with published ones
    ("12500", "2015-06-30", "604.00 267.00 805.20 958.19 1530.00 1820.70 801.00 3861.00 4442.40 392.60"),
    ("25000", "2015-06-30", "788.00 371.00 1044.40 1242.84 1990.00 2368.10 1113.00 5093.00 5849.20 512.20"),
    ("12500", "2022-06-30", "666.00 295.00 885.80 1054.10 1685.00 2005.15 885.00 4255.00 4895.30 432.90"),
    ("25000", "2022-06-30", "874.00 411.00 1156.20 1375.88 2205.00 2623.95 1233.00 5643.00 6480.90 568.10"),
    ("12500", "2025-06-30", "707.00 313.50 939.10 1117.53 1787.50 2127.13 940.50 4515.50 5194.76 459.55"),
    ("25000", "2025-06-30", "927.00 435.50 1225.10 1457.87 2337.50 2781.63 1306.50 5981.50 6869.76 602.55"),
    ("5000", "2025-06-30", "354.50 170.50 480.85 572.21 906.25 1078.44 511.50 2324.00 2668.38 230.43"),
    ("10000", "2025-06-30", "652.00 283.00 867.60 1032.44 1650.00 1963.50 849.00 4149.00 4776.00 423.80"),
]
FEE_KEYS = (
    "rvg_unit",
    "gkg_unit",
    "pretrial_net",
    "pretrial_gross",
    "lawyer_net",
    "lawyer_gross",
    "court",
    "risk_net",
    "risk_gross",
    "credit",
)


@pytest.mark.parametrize(("value", "on", "expected"), FEES)
def test_fees_first_instance(value: str, on: str, expected: str) -> None:
    """The whole row of the computed table, to the cent."""
    assert euros(fees.answer(Money.of(value), D(on)), *FEE_KEYS) == expected.split()


APPEALS = [
    ("12500", "2015-06-30", "1711.20 2036.33 1068.00 5140.66"),
    ("25000", "2015-06-30", "2226.40 2649.42 1484.00 6782.84"),
    ("12500", "2025-06-30", "1999.60 2379.52 1254.00 6013.04"),
    ("5000", "2025-06-30", "1012.60 1204.99 682.00 3091.98"),
]


@pytest.mark.parametrize(("value", "on", "expected"), APPEALS)
def test_fees_of_the_appeal(value: str, on: str, expected: str) -> None:
    """The appeal of the computed table: 1.6, 1.2 and the court's 4.0."""
    found = fees.answer(Money.of(value), D(on), 2)
    assert euros(found, "lawyer_net", "lawyer_gross", "court", "risk_gross") == expected.split()


PUBLISHED = [
    (
        "10000",
        "2013-01-31",
        {"lawyer_net": "1235.00", "court": "588.00", "risk_net": "3058.00"},
    ),  # ra-hospes.de
    ("2000", "2013-08-01", {"lawyer_gross": "470.05"}),  # haufe.de HI14435197
    ("2000", "2021-01-01", {"lawyer_gross": "517.65"}),  # the same
    ("3650.59", "2017-12-05", {"pretrial_gross": "413.64"}),  # BGH, 05.12.2017, VI ZR 24/17
    ("21902.60", "2019-01-01", {"pretrial_net": "984.60"}),  # OLG Schleswig, 27.11.2020, 1 U 44/20
]


@pytest.mark.parametrize(("value", "on", "expected"), PUBLISHED)
def test_fees_as_published(value: str, on: str, expected: dict[str, str]) -> None:
    """Figures that courts and publishers printed."""
    found = fees.answer(Money.of(value), D(on))
    assert dict(zip(expected, euros(found, *expected), strict=True)) == expected


LUMP_SUMS = [  # computed for a line dead Wed 4 Feb to Wed 18 Feb; the calendar of 2026 is that of 2015
    ("tkg58", "500", "1000.00", {"1100.00"}),
    ("tkg59", "500", "800.00", {"900.00"}),
    ("tkg58", "39.90", "100.00", {"110.00"}),
]


@pytest.mark.parametrize(("of", "fee", "amount", "others"), LUMP_SUMS)
@pytest.mark.parametrize("year", [2015, 2026])
def test_lump_sum_readings(of: str, fee: str, amount: str, others: set[str], year: int) -> None:
    """The cautious reading is the answer, the other ones stand beside it, under the law since 2021."""
    found = compensation.answer(
        Money.of(fee), date(year, 2, 4), date(year, 2, 18), "NW", of, law_of=D("2026-02-04")
    )
    assert euros(found, "amount") == [amount]
    assert sum(row["amount"].cents for row in rows(found, "days")) == Money.of(amount).cents
    assert others <= {str(row["amount"].decimal) for row in rows(found, "alternatives")}


def test_lump_sum_days_at_a_change() -> None:
    """6, 9-13, 16 and 17 February: the day after the interruption is free, weekends do not count."""
    found = compensation.answer(Money.of(500), D("2026-02-04"), D("2026-02-18"), "NW", "tkg59")
    assert [row["date"].day for row in rows(found, "days")] == [6, 9, 10, 11, 12, 13, 16, 17]


def test_no_lump_sum_in_2015() -> None:
    """TKG 2004 knew none: nothing is owed, and what today's law would give is marked as a comparison."""
    found = compensation.answer(Money.of(500), D("2015-02-04"), D("2015-02-18"), "NW")
    assert euros(found, "amount") == ["0.00"]
    assert found.sources[0].id == "TKG04-46-5"
    compared = rows(found, "alternatives")
    assert {"1000.00", "1100.00"} <= {str(row["amount"].decimal) for row in compared}
    assert all(isinstance(r["reading"], Text) and "comparison" in r["reading"].id for r in compared)


def test_a_lump_sum_is_capped() -> None:
    """§ 70 sentence 1 TKG: 12,500 EUR per end user, lump sums included."""
    found = compensation.answer(Money.of(8000), D("2026-02-04"), D("2026-03-18"), "NW")
    assert euros(found, "amount") == ["12500.00"]
    assert "TKG21-70-1" in {norm.id for norm in found.sources}


@pytest.mark.parametrize(
    ("on", "fault", "together", "lifted"),
    [
        ("2015-02-04", "simple", "10000000.00", False),
        ("2015-02-04", "gross", "10000000.00", False),  # § 44a sentence 1 TKG 2004: intent only
        ("2015-02-04", "intent", "10000000.00", True),
        ("2021-11-30", "gross", "10000000.00", False),
        ("2021-12-01", "gross", "30000000.00", True),  # § 70 sentence 4 TKG
        ("2021-12-01", "simple", "30000000.00", False),
        ("2026-02-04", "intent", "30000000.00", True),
    ],
)
def test_cap(on: str, fault: str, together: str, lifted: bool) -> None:
    """The cap is the same in both Acts; what lifts it is not."""
    found = cap.answer(D(on), fault)
    assert euros(found, "per_end_user", "per_event") == ["12500.00", together]
    assert found.figures["lifted"] is lifted


def test_limitation_of_february_2015() -> None:
    """31 Dec 2018 is the safe day; 92 days of talks would give 2 Apr 2019, shown beside it (§ 209 BGB)."""
    talks = [(D("2015-03-18"), D("2015-06-17"))]
    found = limitation.answer(D("2015-02-04"), talks)
    assert found.figures["ends"] == D("2018-12-31")
    assert [row["ends"] for row in rows(found, "alternatives")] == [D("2019-04-02")]
    assert limitation.answer(D("2015-02-04")).figures["alternatives"] == ()


@pytest.mark.parametrize(
    ("value", "on", "name", "lawyer"),
    [
        ("5000", "2025-12-31", "Amtsgericht", False),
        ("5000.01", "2025-12-31", "Landgericht", True),
        ("10000", "2026-01-01", "Amtsgericht", False),
        ("10000.01", "2026-01-01", "Landgericht", True),
        ("12500", "2015-06-30", "Landgericht", True),
    ],
)
def test_court(value: str, on: str, name: str, lawyer: bool) -> None:
    """§ 23 Nr. 1 GVG: 5,000 EUR, since 1 January 2026 10,000 EUR; § 78 ZPO."""
    found = court.answer(Money.of(value), D(on))
    assert (found.figures["court"], found.figures["lawyer_required"]) == (name, lawyer)


ANSWERS = [
    lambda: interest.answer(Money.of(1), D("2020-01-01"), D("2020-01-01")),
    lambda: fees.answer(Money.of(1), D("2020-01-01")),
    lambda: compensation.answer(Money.of(1), D("2026-02-04"), D("2026-02-18"), "NW"),
    lambda: cap.answer(D("2020-01-01"), "gross"),
    lambda: limitation.answer(D("2020-01-01")),
    lambda: court.answer(Money.of(1), D("2020-01-01")),
]


@pytest.mark.parametrize("ask", ANSWERS)
def test_every_answer_has_working_and_real_sources(ask: Any) -> None:
    """The working is not empty, and each source is a rule of the book with its mark."""
    found: LawAnswer = ask()
    assert found.working
    assert found.sources
    assert all(rule(norm.id).mark.value == norm.mark and norm.source for norm in found.sources)


def test_interest_is_rounded_once() -> None:
    """The total is that of the exact sum: 0.10 a day for three rates gives no extra cent."""
    found = interest.answer(Money.of("100.01"), D("2015-12-01"), D("2017-01-31"))
    exact = Fraction(10001) * (Fraction("4.17") * 213 + Fraction("4.12") * 215) / 100 / 365
    assert euros(found, "amount") == [str((Money(1) * exact).decimal)]
