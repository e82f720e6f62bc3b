"""What is missing: one list, by worth, with the last day on which each proof can be had."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace
from tests.damage.damage_world import case, detection, euros, exact, invoice, purpose, shift, wage

from heller.damage import assess, missing_as_of
from heller.damage.missing import rank
from heller.model import retention
from heller.model.amount import Range
from heller.model.damage import Missing
from heller.model.finding import Locator
from heller.model.kinds.paper import Paper
from heller.model.kinds.shift import ShiftKind
from heller.model.money import ZERO
from heller.model.record import Record
from heller.model.text import text
from heller.model.value import Support, Value

MORNING = datetime(2015, 2, 5, 8, tzinfo=UTC)


def gap(worth: str | None = None, secures: str | None = None, until: date | None = None) -> Missing:
    """A gap of some worth."""
    return Missing(
        "hardware",
        text("a proof"),
        None if worth is None else Range(ZERO, ZERO, euros(worth)),
        until,
        None if secures is None else exact(secures),
    )


def test_what_adds_most_comes_first() -> None:
    """Then what secures most, then what is deleted first."""
    order = [
        gap("9.00"),
        gap("1.00", "5.00"),
        gap(None, "5.00"),
        gap(until=date(2015, 3, 1)),
        gap(until=date(2015, 4, 1)),
        gap(),
    ]
    assert rank(reversed(order)) == tuple(order)


def test_carriers_delete() -> None:
    """80 days from 4 February are 25 April; mobile invoices stay 18 months after the end."""
    given = case(invoice("M1", "80.00"), purpose("M1", "mobile_data", "0.5"))
    found = assess(given, detection())
    kept = {m.until: m for m in found.missing if m.until}
    assert set(kept) == {date(2015, 4, 25), date(2016, 8, 18)}
    assert kept[date(2016, 8, 18)].secures == exact("40.00")
    assert kept[date(2015, 4, 25)].kept_by == retention.CONNECTION_DATA.by


def test_a_telephone_company_is_asked_where_it_is_one() -> None:
    """sipgate's list reaches back three months; who has nothing to do with it is not sent there."""
    mine = assess(case(provider__name="sipgate GmbH"), detection())
    assert date(2015, 5, 4) in {m.until for m in mine.missing}
    billed = assess(case(invoice("S1", "10.00", seller="sipgate GmbH")), detection())
    assert date(2015, 5, 4) in {m.until for m in billed.missing}
    assert date(2015, 5, 4) not in {m.until for m in assess(case(), detection()).missing}


def test_what_is_gone_is_marked_and_last() -> None:
    """On 26 April the connection data are probably deleted; the list still names them."""
    found = assess(case(), detection())
    before, after = (missing_as_of(found, date(2015, 4, day)) for day in (25, 26))
    assert not any(m.gone for m in before)
    assert [m.gone for m in after].count(True) == 1
    assert after[-1].gone and after[-1].until == date(2015, 4, 25)


def test_a_gap_says_what_it_secures() -> None:
    """Signed hour sheets add nothing, but 60.00 rest on them."""
    found = assess(case(shift(ShiftKind.REMOVAL, MORNING, 3), wage()), detection())
    (sheets,) = (m for m in found.missing if m.head == "removal_hours")
    assert (sheets.worth, sheets.secures) == (None, exact("60.00"))


def test_the_end_of_short_months() -> None:
    """Three months after 30 November are the last day of February; eighteen after 31 August as well."""
    assert retention.SIPGATE_CALLS.until(date(2014, 11, 30)) == date(2015, 2, 28)
    assert retention.ONLINE_INVOICES.until(date(2014, 8, 31)) == date(2016, 2, 29)
    assert retention.ONLINE_INVOICES.until(date(2014, 6, 15)) == date(2015, 12, 15)


def paper(grade: Support = Support.READ, **said: str) -> Paper:
    """A receipt for a router, read from paper."""
    values = {
        "number": "P1",
        "date": "2015-02-06",
        "seller": "Funkladen",
        "net": "100.00",
        "vat": "19.00",
        "gross": "119.00",
        "currency": "EUR",
    } | said
    return Paper(
        {k: Value(v, grade) for k, v in values.items() if v}, Locator("paper", "page 1"), words="Ein Router"
    )


def waits(*records: Record, deducts: str = "no") -> list[tuple[str, Range | None]]:
    """Heads and worths of the papers that the list of missing proofs names."""
    found = assess(case(*records, firm__deducts_input_vat=deducts), detection())
    return [(m.head, m.worth) for m in found.missing if "waits in the inbox" in m.text.id]


def test_a_paper_that_waits_is_missing_with_its_worth() -> None:
    """119.00 for a firm that bears VAT, 100.00 for one that deducts it; once confirmed it is not missing."""
    assert waits(paper()) == [("hardware", Range(ZERO, euros("119.00"), euros("119.00")))]
    assert waits(paper(), deducts="yes") == [("hardware", Range(ZERO, euros("100.00"), euros("100.00")))]
    assert waits(paper(Support.GIVEN)) == []
    assert waits(replace(paper(), left=True)) == []


def test_a_paper_counts_as_it_was_decided() -> None:
    """Half of it under the head that a person chose, nothing for 'none', and it is not 'not among the files'."""
    assert waits(paper(), purpose("P1", "extra_cost", "0.5")) == [
        ("extra_cost", Range(ZERO, euros("59.50"), euros("59.50")))
    ]
    assert waits(paper(), purpose("P1", "none")) == []
    for papers, named in (((paper(),), False), ((), True)):
        found = assess(case(*papers, purpose("P1", "extra_cost")), detection())
        assert any("not among the files" in m.text.id for m in found.missing) is named


def test_a_paper_whose_worth_cannot_be_told_is_not_guessed() -> None:
    """No gross, another currency, money that comes back: in the inbox, with no sum in this list."""
    assert waits(paper(gross="", net="")) == []
    assert waits(paper(currency="USD")) == []
    assert waits(replace(paper(), credit=True)) == []
