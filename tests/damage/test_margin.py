"""The contribution margin: out of bookings, of annual accounts, of a stated rate; the lower one counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.damage.damage_world import SHEET, WEEK, case, codes, detection, euros, exact, shop

from heller import damage
from heller.damage.accounts import Kind, block, net
from heller.damage.books import books
from heller.damage.margin import Margin, margin
from heller.model.case import Case
from heller.model.facts import first_estimate
from heller.model.finding import Locator
from heller.model.kinds.fact import Fact
from heller.model.kinds.posting import Posting
from heller.model.money import Money

BEFORE = date(2015, 2, 4)
FILE = "f" * 64


def posting(
    day: date, amount: str, debit: str, credit: str, key: str = "", *, chart: str = "SKR03", text: str = ""
) -> Posting:
    """One booking."""
    return Posting(day, euros(amount), debit, credit, Locator(FILE, f"row {day}"), text, "", key, chart)


def year(
    months: int = 12, *, goods: tuple[str, ...] = ("595.00",), chart: str = "SKR03"
) -> Iterator[Posting]:
    """Each month 1,190.00 gross revenue, goods gross, 50.00 outward freight, wages, a bank booking."""
    revenue, bought, freight, wages, bank = (
        ("8400", "3400", "4730", "4120", "1200")
        if chart == "SKR03"
        else ("4400", "5400", "6740", "6020", "1800")
    )
    for n in range(months):
        at = date(2014 + (1 + n) // 12, (1 + n) % 12 + 1, 10)
        yield posting(at, "1190.00", "10000", revenue, chart=chart)
        yield posting(at, goods[n % len(goods)], bought, "70000", chart=chart)
        yield posting(at, "50.00", freight, bank, chart=chart)
        yield posting(at, "400.00", wages, bank, chart=chart)
        yield posting(at, "77.00", bank, "10000", chart=chart)


def of(given: Case) -> Margin:
    """The margin before February 2015."""
    return margin(given, BEFORE)


@pytest.mark.parametrize("chart", ["SKR03", "SKR04"])
def test_twelve_months_of_bookings(chart: str) -> None:
    """1,000.00 net less 500.00 goods less 50.00 freight: 45 %; wages are fixed and stay out."""
    found = of(case(*year(chart=chart), books__purchases_booked="no"))
    assert (found.share, found.low, found.high) == (Decimal("0.45"),) * 3
    assert found.findings == ()
    assert found.books.sum_of(Kind.REVENUE) == euros("12000.00")
    assert found.books.sum_of(Kind.VARIABLE) == euros("6600.00")
    assert [one.kind for one in found.books.accounts].count(Kind.FIXED) == 1
    assert found.working[0].amount == exact("12000.00")
    assert found.working[-1].amount == exact("5400.00")


def test_the_range_lies_over_months_or_quarters() -> None:
    """Goods of every third month: a month may show anything, a quarter does not. Not said: quarters, asked."""
    bought = ("1785.00", "0.00", "0.00")
    used = of(case(*year(goods=bought), books__purchases_booked="no"))
    quarters = of(case(*year(goods=bought), books__purchases_booked="yes"))
    assert (used.low, used.share, used.high) == (Decimal(0), Decimal("0.45"), Decimal("0.95"))
    assert (quarters.low, quarters.share, quarters.high) == (Decimal("0.45"),) * 3
    asked = of(case(*year(goods=bought)))
    assert asked.low == Decimal("0.45")
    assert [f.code for f in asked.findings] == ["damage.stock"]


def test_variable_or_fixed_is_the_firms_decision() -> None:
    """Wages decided as variable, freight as fixed: 1,000.00 less 500.00 less 400.00 leaves 10 %."""
    found = of(case(*year(), books__purchases_booked="no", books__variable="4120; 9999", books__fixed="4730"))
    assert found.share == Decimal("0.1")
    why = {one.account: (one.kind, one.why.id) for one in found.books.accounts}
    assert why["4120"] == (Kind.VARIABLE, "as the firm decided")
    assert why["4730"] == (Kind.FIXED, "as the firm decided")
    assert why["3400"][1] == "as {chart} has it"


def test_only_the_twelve_months_before_the_outage() -> None:
    """Later and older bookings say nothing."""
    late = posting(date(2015, 2, 1), "99999.00", "10000", "8400")
    old = posting(date(2013, 11, 1), "99999.00", "3400", "70000")
    found = of(case(late, old, *year(), books__purchases_booked="no"))
    assert found.share == Decimal("0.45")
    assert len(found.books.months) == 12


def test_few_months_are_doubted_and_two_are_too_few() -> None:
    """Six months carry a margin with a doubt, two none."""
    six = of(case(*year(6), books__purchases_booked="no"))
    assert six.share == Decimal("0.45")
    assert [f.code for f in six.findings] == ["damage.few_months"]
    two = of(case(*year(2), books__purchases_booked="no"))
    assert two.share is None
    assert [f.code for f in two.findings] == ["damage.few_months"]


def test_the_chart_is_named_stated_or_told_by_its_accounts() -> None:
    """Otherwise no margin is worked out, and it is asked."""
    bare = [replace(p, chart="") for p in year()]
    assert of(case(*bare, books__chart="SKR 03", books__purchases_booked="no")).share == Decimal("0.45")
    told = of(case(*bare, books__purchases_booked="no"))
    assert told.share == Decimal("0.45") and told.findings[0].code == "damage.chart"
    told = of(case(*(replace(p, chart="") for p in year(chart="SKR04")), books__purchases_booked="no"))
    assert told.share == Decimal("0.45")
    neither = of(case(posting(date(2014, 5, 1), "5.00", "1200", "1000", chart="")))
    assert neither.share is None and neither.findings[0].code == "damage.chart"


def test_two_exports_that_overlap_count_once() -> None:
    """The same booking in two files is one; twice in one file it is two."""
    other = [replace(p, source=Locator("e" * 64, "row 1")) for p in year()]
    found = of(case(*year(), *other, books__purchases_booked="no"))
    assert found.books.sum_of(Kind.REVENUE) == euros("12000.00")
    assert [f.code for f in found.findings] == ["damage.bookings_twice"]
    double = of(case(*year(), *year(), books__purchases_booked="no"))
    assert double.books.sum_of(Kind.REVENUE) == euros("24000.00")


def test_other_currencies_and_unknown_keys_are_said() -> None:
    """Dollars are left out; a key nobody knows counts as booked."""
    dollars = replace(posting(date(2014, 5, 1), "5.00", "3400", "70000"), amount=Money(500, "USD"))
    odd = posting(date(2014, 5, 2), "5.00", "3400", "70000", "94")
    found = of(case(*year(), dollars, odd, books__purchases_booked="no"))
    assert {f.code for f in found.findings} == {"damage.bookings_currency", "damage.bookings_tax_key"}


def test_no_takings_no_margin() -> None:
    """A year of cost alone, or of more cost than takings."""
    cost = [p for p in year() if p.credit != "8400"]
    assert "damage.no_takings" in {f.code for f in of(case(*cost, books__purchases_booked="no")).findings}
    dear = of(case(*year(goods=("5950.00",)), books__purchases_booked="no"))
    assert dear.share is None and "damage.margin" in {f.code for f in dear.findings}


@pytest.mark.parametrize(
    ("day", "account", "key", "amount"),
    [
        (date(2015, 1, 1), "8400", "", "100.00"),
        (date(2020, 8, 1), "8400", "", "102.59"),  # 16 % in the second half of 2020
        (date(2015, 1, 1), "8300", "", "111.21"),
        (date(2015, 1, 1), "8400", "40", "119.00"),  # the automatic is switched off
        (date(2015, 1, 1), "4730", "9", "100.00"),
        (date(2015, 1, 1), "4730", "8", "111.21"),
        (date(2015, 1, 1), "4730", "29", "-100.00"),  # turned round
        (date(2015, 1, 1), "4730", "99", "100.00"),
        (date(2015, 1, 1), "4730", "", "119.00"),
    ],
)
def test_the_vat_in_a_booking(day: date, account: str, key: str, amount: str) -> None:
    """119.00 on an account: automatic accounts and tax keys take the VAT out."""
    assert net(euros("119.00"), day, "SKR03", account, key) == euros(amount)


def test_accounts_that_are_none_of_both() -> None:
    """Balance sheet, debtors and words belong to no block."""
    assert block("SKR03", "1200") is None
    assert block("SKR03", "10000") is None
    assert block("SKR03", "abcd") is None
    assert net(euros("1.00"), BEFORE, "SKR03", "3400", "77") is None


def test_the_annual_accounts() -> None:
    """600,000 less 330,000 less 42,000: 38 %."""
    said = {"books__revenue": "600000.00", "books__goods": "330000.00", "books__delivery": "42000.00"}
    found = of(case(**said))
    assert (found.share, found.low, found.stated) == (Decimal("0.38"), None, False)
    assert found.sources == (SHEET,)
    assert found.working[-1].amount == exact("228000.00")
    assert of(case(books__revenue="600000.00", books__goods="330000.00")).share == Decimal("0.45")
    assert of(case(books__revenue="600000.00")).share is None


@pytest.mark.parametrize(
    ("revenue", "goods", "code"),
    [
        ("0.00", "5.00", "damage.accounts"),
        ("-3.00", "5.00", "fact.odd"),
        ("much", "5.00", "fact.odd"),
        ("10.00", "50.00", "damage.margin"),
        ("10.00", "-50.00", "fact.odd"),
    ],
)
def test_senseless_annual_accounts(revenue: str, goods: str, code: str) -> None:
    """They give no margin, and say so."""
    stated = case(books__revenue=revenue, books__goods=goods)
    found = of(stated)
    assert found.share is None
    assert [f.code for f in (*found.findings, *stated.facts.findings)] == [code]


def test_a_cost_of_delivery_that_cannot_be_used_gives_no_margin() -> None:
    """Without it the margin would be too high."""
    assert of(case(books__revenue="10.00", books__goods="5.00", books__delivery="much")).share is None


def test_where_sources_differ_the_lower_counts() -> None:
    """45 % by the books, 38 % stated: 38 % counts and it is asked; 45.2 % stated is the same as 45 %."""
    found = of(case(*year(), books__purchases_booked="no", shop__margin="0.38"))
    assert found.share == Decimal("0.38")
    assert [f.code for f in found.findings] == ["damage.margin_differs"]
    near = of(case(*year(), books__purchases_booked="no", shop__margin="0.448"))
    assert (near.share, near.findings) == (Decimal("0.45"), ())


def test_the_range_of_the_margin_widens_the_loss_and_keeps_its_middle() -> None:
    """Likely is lost takings x margin; low and high move with the months."""
    dead = [date(2015, 2, 4) + timedelta(n) for n in range(15)]
    orders = shop(date(2014, 2, 3), 420, WEEK, dead)
    months = ("595.00", "476.00", "714.00", "595.00")
    booked = case(*orders, *year(goods=months), books__purchases_booked="no")
    sharp = damage.assess(case(*orders, shop__margin="0.45"), detection())
    wide = damage.assess(booked, detection())
    assert wide.total.likely == sharp.total.likely
    assert wide.total.low < sharp.total.low <= sharp.total.high < wide.total.high
    assert any("margin lay between" in line.text.id for p in wide.positions for line in p.working)
    assert any("DATEV" in gap.text.id for gap in sharp.missing)
    assert not any("DATEV" in gap.text.id for gap in wide.missing)
    assert "damage.margin" not in codes(wide)


def test_without_an_outage_the_day_of_opening_counts() -> None:
    """`heller margin` answers before any log is in the case."""
    from heller.model.outage import Detection

    assert damage.margin_of(case(*year(), books__purchases_booked="no"), Detection()).share == Decimal("0.45")
    assert books(case(), BEFORE).share is None


def test_the_answer_of_the_first_estimate_gives_way_to_any_paper() -> None:
    """Annual accounts of 45 % count, though the estimate's 38 % is lower; alone the answer counts."""
    guess = Fact("shop.margin", "0.38", first_estimate.BASIS)
    accounts = {"books__revenue": "600000.00", "books__goods": "330000.00"}
    assert of(case(guess, **accounts)).share == Decimal("0.45")
    assert of(case(guess)).share == Decimal("0.38")
    assert of(case(replace(guess, basis="contract"), **accounts)).share == Decimal("0.38")
