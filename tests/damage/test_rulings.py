"""Rulings and worked examples as case files: each names the source of its expected number, or is refused."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.damage.damage_world import (
    case,
    detection,
    euros,
    exact,
    flow,
    invoice,
    outage,
    purpose,
    shift,
    shop,
    wage,
)

from heller.damage import assess
from heller.damage.draws import combine
from heller.damage.ledger import columns, settle
from heller.damage.methods import methods
from heller.law.book.fees import fee_for
from heller.law.de import costs, liability
from heller.model.kinds.shift import ShiftKind
from heller.model.record import Record

FOLDER = Path(__file__).parent / "de"
Given = dict[str, Any]


def load(content: str) -> list[Given]:
    """The cases of a file; one without a source is refused."""
    found: list[Given] = tomllib.loads(content)["case"]
    for one in found:
        if not one.get("source", "").strip():
            raise ValueError(f"'{one.get('name')}' names no source of its expected number")
    return found


def cases(kind: str) -> list[Any]:
    """The cases of one kind."""
    found = (one for path in sorted(FOLDER.glob("*.toml")) for one in load(path.read_text("utf-8")))
    return [pytest.param(one, id=one["name"].partition(":")[0]) for one in found if one["kind"] == kind]


def test_a_case_without_a_source_is_refused() -> None:
    """Nobody can check a number that comes from nowhere."""
    with pytest.raises(ValueError, match="names no source"):
        load('[[case]]\nname = "x"\nsource = " "\nkind = "receipts"\n')


def test_every_kind_of_case_is_run() -> None:
    """A file with a kind that no test knows would be passed over in silence."""
    kinds = {one["kind"] for path in FOLDER.glob("*.toml") for one in load(path.read_text("utf-8"))}
    assert kinds == {"receipts", "sales", "cut_off", "methods", "hours", "ledger"}


@pytest.mark.parametrize("one", cases("receipts"))
def test_receipts(one: Given) -> None:
    """What was spent, its share, what is left of its worth; what was never spent is asked for."""
    records: list[Record] = []
    for r in one["given"]["receipts"]:
        records.append(purpose(r["number"], r["head"], r.get("share", "1"), r.get("residual", "0")))
        if "net" in r:
            records.append(invoice(r["number"], r["net"]))
    found = assess(case(*records, **one["given"].get("facts", {})), detection())
    assert found.total == exact(one["want"]["total"])
    if "missing" in one["want"]:
        assert one["want"]["missing"] in {gap.head for gap in found.missing}


def dead_between(given: Given) -> tuple[datetime, datetime]:
    """The outage of a case, from midnight to midnight UTC."""
    first, last = (datetime.combine(day, datetime.min.time(), UTC) for day in given["outage"])
    return first, last


@pytest.mark.parametrize("one", cases("sales"))
def test_sales(one: Given) -> None:
    """Figures like those before and after: nothing can be seen, so nothing is claimed."""
    given, want = one["given"], one["want"]
    start, end = dead_between(given)
    first = date.fromordinal(given["outage"][1].toordinal() + 40 - given["days"])
    orders = shop(first, given["days"], given["week"])
    found = assess(case(*orders, shop__margin=given["margin"]), detection(outage(start, end)))
    (sale,) = found.sales
    assert sale.detectable is want["detectable"]
    assert any("Not detectable" in words.id for words in sale.words)
    assert found.total == exact(want["total"])


@pytest.mark.parametrize("one", cases("cut_off"))
def test_cut_off(one: Given) -> None:
    """Once the emergency line works, loss is no longer attributed to the outage."""
    start, end = dead_between(one["given"])
    facts = {"emergency__works_since": one["given"]["works_since"], "emergency__carries_shop": "yes"}
    found = assess(case(**facts), detection(outage(start, end)))
    assert found.mitigation.cut_off == one["want"]["cut_off"]


@pytest.mark.parametrize("one", cases("methods"))
def test_methods(one: Given) -> None:
    """Two methods agree to the cent; the third is refused and says so."""
    given, want = one["given"], one["want"]
    by_margin, by_profit, naive = methods(*(euros(given[key]) for key in ("lost", "saved", "wages")))
    assert by_margin.sum == euros(want["margin"])
    assert by_profit.sum == euros(want["profit"])
    assert by_profit.lines[3].amount == exact(want["net_profit"])
    assert naive.sum == euros(want["refused"])
    assert [m.refused for m in (by_margin, by_profit, naive)] == [False, False, True]


@pytest.mark.parametrize("one", cases("hours"))
def test_hours(one: Given) -> None:
    """Which hours count, by what they were for."""
    given = one["given"]
    start = datetime(2015, 2, 5, 8, tzinfo=UTC)
    shifts = [
        shift(ShiftKind(kind), start + timedelta(days=n), min(hours, 20), person=f"M{n}")
        for n, (kind, hours) in enumerate(given["hours"].items())
    ]
    wages = [wage(given["rate"], person=f"M{n}") for n in range(len(shifts))]
    found = assess(case(*shifts, *wages), detection())
    assert found.total == exact(one["want"]["total"])


@pytest.mark.parametrize("one", cases("ledger"))
def test_ledger(one: Given) -> None:
    """The illustrative claim to the cent, head by head, with the scenarios of the cap beside it."""
    given, want = one["given"], one["want"]
    flows = settle(
        flow(f"f{n}", exact(f["without"]), exact(f["actual"]), head=f["head"])
        for n, f in enumerate(given["flows"])
    ).flows
    total = combine(flows)
    assert total == columns(flows).damage == exact(want["total"])
    for head, amount in want["by_head"].items():
        assert combine(f for f in flows if f.head == head) == exact(amount), head
    naive = euros("16000.00") + euros("9000.00")
    on = given["on"]
    assert liability.compensation(total.likely, on) == euros(want["capped"])
    assert liability.compensation(naive, on) == euros(want["naive_capped"])
    assert liability.compensation(total.likely, on, euros(given["agreed"])) == euros(want["agreed_capped"])
    assert costs.out_of_court(total.likely, on).net == euros(want["pre_trial"])
    days = [on + timedelta(days=n) for n in range(14)]
    assert fee_for(euros("500.00"), days)[0] == euros(want["fee_back"])
