"""Answers beyond the plain question: gates, set-off, refunds, periods, part won, other ways, event cap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from heller.law.book.answer import LawAnswer
from heller.law.de.answers import cap, compensation, court, fees, interest, limitation, period, refund
from heller.law.de.answers.lump_extras import Extras
from heller.law.de.limitation import Proceeding, Suspension
from heller.law.de.lumpsums import Excuse
from heller.law.de.who import Kind
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import Text

D = date.fromisoformat
M = Money.of
REPORT, BACK = D("2026-02-04"), D("2026-02-18")


def euro(found: LawAnswer, key: str) -> str:
    """One figure."""
    held = found.figures[key]
    assert isinstance(held, Money)
    return str(held.decimal)


def row(found: LawAnswer, key: str) -> dict[str, Any]:
    """A group of figures."""
    held = found.figures[key]
    assert isinstance(held, Mapping)
    return dict(held)


def rows(found: LawAnswer, key: str) -> list[dict[str, Any]]:
    """A list among the figures."""
    held = found.figures[key]
    assert isinstance(held, tuple)
    return [dict(one) for one in held if isinstance(one, Mapping)]


def outage(extras: Extras, of: str = "tkg58") -> LawAnswer:
    """The lump sum of 1,000.00 (800.00 for a change of provider) with something else known."""
    return compensation.answer(M(500), REPORT, BACK, "NW", of, extras=extras)


CLOSED = [
    (Extras(all_services=False), "tkg58", "another service"),
    (Extras(excuse=Excuse.CUSTOMER), "tkg58", "responsible for the outage"),
    (Extras(excuse=Excuse.LAWFUL), "tkg58", "lawful"),
    (Extras(excuse=Excuse.FORCE_MAJEURE), "tkg58", "force majeure"),
    (Extras(kind=Kind.LARGER), "tkg58", "Medium and large"),
    (Extras(kind=Kind.SMALL, waived=True), "tkg58", "expressly agreed"),
    (Extras(excuse=Excuse.CUSTOMER), "tkg59", "responsible for the delay"),
]


@pytest.mark.parametrize(("extras", "of", "why"), CLOSED)
def test_a_closed_gate_gives_nothing_and_says_why(extras: Extras, of: str, why: str) -> None:
    """§ 58 (3), § 59 (4), § 71 (3) TKG: nothing is owed, no other reading either, and the reason is said."""
    found = outage(extras, of)
    assert euro(found, "amount") == "0.00"
    assert found.figures["days"] == found.figures["alternatives"] == ()
    assert why in found.head.id


OPEN = [
    (Extras(kind=Kind.CONSUMER), "tkg58", "1000.00"),
    (Extras(kind=Kind.SMALL, waived=False), "tkg58", "1000.00"),
    (Extras(kind=Kind.SMALL), "tkg58", "1000.00"),  # whether it waived is said as what it depends on
    (Extras(kind=Kind.LARGER), "tkg59", "800.00"),
    (Extras(excuse=Excuse.FORCE_MAJEURE), "tkg59", "800.00"),  # § 59 (4) knows no such exit
    (Extras(all_services=False), "tkg59", "800.00"),
]


@pytest.mark.parametrize(("extras", "of", "amount"), OPEN)
def test_an_open_gate(extras: Extras, of: str, amount: str) -> None:
    """What does not close the gate leaves the sum as it is."""
    assert euro(outage(extras, of), "amount") == amount


def test_appointments_and_a_late_number_come_on_top() -> None:
    """800 for the days, 2 x 100 for appointments, 6 x 10 for the number: 1,060 (§ 59 (4), (6) TKG)."""
    found = outage(Extras(missed=2, porting=(REPORT, D("2026-02-12"))), "tkg59")
    assert euro(found, "amount") == "1060.00"
    assert [str(item["amount"].decimal) for item in rows(found, "items")] == ["200.00", "60.00"]
    assert {"TKG21-59-3", "TKG21-59-5"} <= {norm.id for norm in found.sources}
    others = [str(one["amount"].decimal) for one in rows(found, "alternatives")]
    assert others == ["1160.00", "1160.00", "1260.00"]


def test_a_missed_appointment_is_owed_although_another_service_worked() -> None:
    """§ 58 (4) is no matter of complete outage."""
    assert euro(outage(Extras(all_services=False, missed=1)), "amount") == "100.00"
    assert euro(outage(Extras(kind=Kind.LARGER, missed=1)), "amount") == "0.00"


@pytest.mark.parametrize(("damage", "owed"), [("9000", "9000.00"), ("200", "1000.00")])
def test_damages_are_set_off_both_ways(damage: str, owed: str) -> None:
    """The higher one is owed in all."""
    assert euro(outage(Extras(damage=M(damage))), "owed_in_all") == owed


def test_the_public_holidays_used_are_kept() -> None:
    """Good Friday and Easter Monday 2026, with the version of the library; § 58 needs none."""
    found = compensation.answer(M(500), D("2026-04-01"), D("2026-04-08"), "NW", "tkg59")
    kept = row(found, "holidays")
    assert kept["days"] == (D("2026-04-03"), D("2026-04-06"))
    assert kept["from"].startswith("holidays ")
    assert "holidays" not in outage(Extras()).figures


def test_a_catholic_place_has_its_own_days() -> None:
    """15 August 2025, a Friday, is one working day less where it is a holiday."""
    days = [
        compensation.answer(
            M(500), D("2025-08-11"), D("2025-08-20"), "BY", "tkg59", extras=Extras(catholic=catholic)
        )
        for catholic in (False, True)
    ]
    assert [euro(one, "amount") for one in days] == ["500.00", "400.00"]


def test_before_december_2021_extras_change_nothing() -> None:
    """TKG 2004: nothing is owed whatever was missed; the damage is."""
    found = compensation.answer(
        M(500), D("2015-02-04"), D("2015-02-18"), "NW", "tkg59", extras=Extras(missed=3, damage=M(9000))
    )
    assert (euro(found, "amount"), euro(found, "owed_in_all")) == ("0.00", "9000.00")


REFUNDS = [
    (("500", "2015-02-04", "2015-02-18", "dead"), "250.00"),  # 14/28
    (("500", "2015-02-01", "2015-03-01", "change"), "250.00"),  # § 46 (2) TKG 2004: half
    (("500", "2026-02-01", "2026-03-01", "change"), "250.00"),  # § 59 (3) TKG: half
]


@pytest.mark.parametrize(("asked", "amount"), REFUNDS)
def test_refunds(asked: tuple[str, str, str, str], amount: str) -> None:
    """The fee for dead days, and the half that is not owed after a failed change of provider."""
    fee, first, back, cause = asked
    assert euro(refund.answer(M(fee), D(first), D(back), cause), "amount") == amount


def test_the_other_counts_of_a_refund() -> None:
    """500 x 15/28 with the day of repair; 500 x 14/30 as AG Düsseldorf counted."""
    found = refund.answer(M(500), D("2015-02-04"), D("2015-02-18"))
    others = [str(one["amount"].decimal) for one in rows(found, "alternatives")]
    assert others == ["267.86", "233.33"]


@pytest.mark.parametrize(
    ("kind", "amount"), [(Kind.CONSUMER, "300.00"), (None, "300.00"), (Kind.SMALL, "0.00")]
)
def test_a_slow_line(kind: Kind | None, amount: str) -> None:
    """§ 57 (4) TKG: 60 % of the month's fee, for consumers only."""
    found = refund.answer(M(500), D("2026-02-01"), D("2026-03-01"), "slow", Decimal("0.6"), kind)
    assert euro(found, "amount") == amount


def test_a_slow_line_before_december_2021() -> None:
    """The old Act knew no reduction."""
    found = refund.answer(M(500), D("2021-11-01"), D("2021-12-01"), "slow", Decimal("0.6"), Kind.CONSUMER)
    assert euro(found, "amount") == "0.00"


def test_a_period_over_a_weekend() -> None:
    """Two weeks from Saturday end on a Saturday and move to Monday; counting the event's day, on Friday."""
    found = period.answer(D("2015-02-28"), 2, "weeks", "NW")
    assert (found.figures["ends"], found.figures["before_moving"]) == (D("2015-03-16"), D("2015-03-14"))
    assert [one["ends"] for one in rows(found, "alternatives")] == [D("2015-03-13")]
    unmoved = period.answer(D("2015-02-28"), 2, "weeks", moves=False)
    assert unmoved.figures["ends"] == D("2015-03-14")


def test_a_period_of_working_days_names_the_open_reading() -> None:
    """'Arbeitstag' is not defined: DAY-05 is among the rules."""
    found = period.answer(D("2026-02-04"), 3, "working-days", "Bayern", catholic=True)
    assert found.figures["ends"] == D("2026-02-09")
    assert "DAY-05" in {norm.id for norm in found.sources}
    assert row(found, "holidays")["state"] == "BY"


def test_both_counts_may_end_on_the_same_day() -> None:
    """From Friday one day, moved to Monday, or the Friday itself; from Saturday both end on Monday."""
    assert period.answer(D("2015-02-28"), 1, "days").figures["alternatives"] == ()


def test_part_won() -> None:
    """25,000 asked, 12,500 won, law of 2013: 2,546.50 of 5,093.00 borne, 9,953.50 left, gap 239.20."""
    found = row(fees.answer(M(25000), D("2015-03-18"), 1, fees.FeeQuery(won=M(12500))), "part_won")
    amounts = {key: str(value.decimal) for key, value in found.items() if isinstance(value, Money)}
    assert amounts["borne_net"] == "2546.50" and amounts["left_net"] == "9953.50"
    assert amounts["pretrial_owed_net"] == "805.20" and amounts["pretrial_gap_net"] == "239.20"
    assert found["share"] == "0.5000"


def test_other_ways_of_a_day() -> None:
    """2015: the court's minimum is not verified, so no payment order; 2025: both ways are worked out."""
    old, new = (fees.answer(M(12500), D(day)) for day in ("2015-03-18", "2025-06-01"))
    assert old.figures["payment_order"] is old.figures["arbitration"] is None
    assert row(new, "payment_order")["court"] == M("156.75")
    assert row(new, "arbitration")["lawyer_net"] == M("1080.50")


def test_clients_factor_and_settlement() -> None:
    """Two clients: 1.6; a factor of 1.8; settled in court: 1.0 more and the court's 1.0."""
    two = fees.answer(M(12500), D("2025-06-01"), 1, fees.FeeQuery(clients=2))
    assert euro(two, "lawyer_net") == "1999.60"  # 707.00 x 1.6 + 848.40 + 20.00
    assert {"RVG-1008"} <= {norm.id for norm in two.sources}
    hard = fees.answer(M(12500), D("2025-06-01"), 1, fees.FeeQuery(factor=Decimal("1.8")))
    assert euro(hard, "pretrial_net") == "1292.60" and euro(hard, "credit") == "530.25"
    assert any("extensive" in note.id for note in hard.notes)
    settled = fees.answer(M(12500), D("2025-06-01"), 1, fees.FeeQuery(settled=True))
    assert (euro(settled, "lawyer_net"), euro(settled, "court")) == ("2494.50", "313.50")
    assert "RVG-1000" in {norm.id for norm in settled.sources}


def test_the_tables_of_2004_with_vat_of_ones_own() -> None:
    """25,000 under the law of 2004 with 16 %: 123recht.net prints 2,012.60 for the lawyer, 4,958.20 in all."""
    found = fees.answer(M(25000), D("2005-01-03"), 1, fees.FeeQuery(vat=Decimal("0.16")))
    assert (euro(found, "lawyer_gross"), euro(found, "risk_gross")) == ("2012.60", "4958.20")


REFUSED = [
    lambda: outage(Extras(missed=-1)),
    lambda: outage(Extras(damage=Money(-1))),
    lambda: outage(Extras(porting=(BACK, REPORT))),
    lambda: refund.answer(M(1), REPORT, BACK, "wet"),
    lambda: refund.answer(M(1), REPORT, BACK, "slow"),
    lambda: refund.answer(Money(-1), REPORT, BACK),
    lambda: refund.answer(M(1), BACK, REPORT),
    lambda: period.answer(REPORT, 0, "days"),
    lambda: period.answer(REPORT, 10**9, "days"),
    lambda: period.answer(REPORT, 31, "years"),
    lambda: period.answer(REPORT, 1, "fortnights"),
    lambda: period.answer(REPORT, 1, "days", "Tirol"),
    lambda: fees.answer(M(1), REPORT, 1, fees.FeeQuery(clients=0)),
    lambda: fees.answer(M(1), REPORT, 1, fees.FeeQuery(factor=Decimal("2.6"))),
    lambda: fees.answer(M(1), REPORT, 1, fees.FeeQuery(won=M(2))),
    lambda: fees.answer(M(0), REPORT, 1, fees.FeeQuery(won=M(0))),
    lambda: fees.answer(M(1), REPORT, 1, fees.FeeQuery(won=Money(-1))),
    lambda: fees.answer(M(1), REPORT, 2, fees.FeeQuery(early=True)),
    lambda: cap.answer(REPORT, "gross", cap.CapQuery(agreed=Money(-1))),
    lambda: cap.answer(REPORT, "gross", cap.CapQuery(claim=M(2), together=M(1))),
    lambda: interest.answer(M(1), D("2020-01-01"), D("2020-01-02"), Decimal(9), claim="damages"),
    lambda: interest.answer(M(1), D("2020-01-01"), D("2020-01-02"), claim="rent"),
    lambda: limitation.answer(D("2015-02-04"), knew=D("2015-02-03")),
    lambda: limitation.answer(D("2015-02-04"), acknowledged=[D("2015-02-03")]),
    lambda: limitation.answer(
        D("2015-02-04"), proceedings=[Proceeding(D("2018-02-04"), D("2018-02-03"), Suspension.ACTION)]
    ),
]


@pytest.mark.parametrize("ask", REFUSED)
def test_what_makes_no_sense_is_refused(ask: Any) -> None:
    """A refusal says what, why and what to do."""
    with pytest.raises(InputRefused) as refused:
        ask()
    assert refused.value.what.id and refused.value.why.id and refused.value.do.id


@pytest.mark.parametrize(
    ("on", "fault", "together", "factor", "owed"),
    [
        ("2015-02-04", "gross", "12500000", "0.800000", "10000.00"),  # § 44a sentences 2-3 TKG 2004
        ("2022-02-04", "simple", "50000000", "0.600000", "7500.00"),  # § 70 sentences 2-3 TKG
        ("2022-02-04", "simple", "30000000", "1.000000", "12500.00"),
        ("2022-02-04", "gross", "50000000", "1.000000", "25000.00"),  # both caps fall
    ],
)
def test_the_own_claim_under_both_caps(on: str, fault: str, together: str, factor: str, owed: str) -> None:
    """25,000 is capped, then cut in proportion with all others; a fault that lifts the cap leaves it whole."""
    found = cap.answer(D(on), fault, cap.CapQuery(claim=M(25000), together=M(together)))
    assert (found.figures["factor"], euro(found, "owed")) == (factor, owed)


def test_an_agreed_cap_counts_for_businesses_only() -> None:
    """§ 70 sentence 5 TKG."""
    business = cap.answer(REPORT, "simple", cap.CapQuery(agreed=M(20000), kind=Kind.SMALL))
    consumer = cap.answer(REPORT, "simple", cap.CapQuery(agreed=M(20000), kind=Kind.CONSUMER))
    assert (euro(business, "per_end_user"), euro(consumer, "per_end_user")) == ("20000.00", "12500.00")


@pytest.mark.parametrize("on", ["2015-02-04", "2026-02-04"])
def test_what_lies_outside_the_cap_has_its_mark(on: str) -> None:
    """Late payment is verified; things, the refund and early interest are readings."""
    outside = rows(cap.answer(D(on), "simple"), "outside")
    assert [one["mark"] for one in outside] == ["VS", *["UNVERIFIED"] * 3]


PAYMENT = [  # Art. 229 § 34 EGBGB, § 288 (2), (5) BGB
    ("2014-07-28", None, "8", "0.00"),
    ("2014-07-29", None, "9", "40.00"),
    ("2013-01-01", "2016-07-01", "9", "40.00"),
]


@pytest.mark.parametrize(("arose", "rendered", "points", "flat"), PAYMENT)
def test_payment_claims_have_other_points(arose: str, rendered: str | None, points: str, flat: str) -> None:
    """By the day the obligation arose; the 40 euros came with the nine points."""
    found = interest.answer(
        M(100),
        D("2017-01-01"),
        D("2017-12-31"),
        claim="payment",
        arose=D(arose),
        rendered=D(rendered) if rendered else None,
    )
    rate = Decimal(points) - Decimal("0.88")
    assert [one["rate"] for one in rows(found, "segments")] == [str(rate)]
    assert euro(found, "flat_sum") == flat


def test_five_percent_among_merchants_is_shown_as_unverified() -> None:
    """§ 352 HGB: 12,500 x 5 % x 316/365 = 541.10, marked; before July 2012 it is not shown."""
    found = interest.answer(M(12500), D("2015-02-19"), D("2015-12-31"))
    readings = [(str(one["amount"].decimal), one.get("mark")) for one in rows(found, "alternatives")]
    assert readings == [("541.10", "UNVERIFIED")]
    assert interest.answer(M(1), D("2011-01-01"), D("2011-12-31")).figures["alternatives"] == ()


def test_points_of_ones_own_are_said_to_be_that() -> None:
    """Seven points stand in no rule: the answer says so and cites none for them."""
    found = interest.answer(M(100), D("2020-01-01"), D("2020-12-31"), Decimal(7))
    assert any("your figure" in note.id for note in found.notes)
    assert not {norm.id for norm in found.sources} & {"BGB-288-1", "BGB-288-2a", "BGB-288-2b"}


def test_damages_said_as_such_bear_five_points() -> None:
    """The same as without saying it."""
    said = interest.answer(M(12500), D("2015-02-19"), D("2015-12-31"), claim="Damages")
    assert euro(said, "amount") == "451.27"


def test_limitation_with_proceedings_and_acknowledgement() -> None:
    """Arbitration of 2016 is shown as a reading; what was acknowledged too early is said to start nothing."""
    steps = [Proceeding(D("2016-03-01"), D("2016-05-30"), Suspension.ARBITRATION)]
    found = limitation.answer(D("2015-02-04"), proceedings=steps, acknowledged=[D("2015-06-17")])
    assert found.figures["ends"] == D("2018-12-31")
    assert [one["ends"] for one in rows(found, "alternatives")] == [D("2019-10-02")]
    assert any("starts nothing anew" in note.id for note in found.notes)
    anew = limitation.answer(D("2015-02-04"), acknowledged=[D("2017-05-10")])
    assert anew.figures["ends"] == D("2020-05-10")
    assert {"BGB-212"} <= {norm.id for norm in anew.sources}


def test_known_later() -> None:
    """Known in 2017: the period begins with the end of 2017."""
    assert limitation.answer(D("2015-02-04"), knew=D("2017-01-01")).figures["ends"] == D("2020-12-31")
    assert limitation.answer(D("2015-02-04"), knew=D("2015-09-01")).figures["ends"] == D("2018-12-31")


@pytest.mark.parametrize(
    ("value", "on", "free", "appeal"),
    [
        ("600", "2025-12-31", True, False),
        ("600.01", "2025-12-31", False, True),
        ("1000", "2026-01-01", True, False),
        ("1000.01", "2026-01-01", False, True),
    ],
)
def test_what_else_the_value_decides(value: str, on: str, free: bool, appeal: bool) -> None:
    """§§ 495a, 511 ZPO: 600 EUR, since 1 January 2026 1,000 EUR."""
    found = court.answer(M(value), D(on)).figures
    assert (found["free_procedure"], found["appeal_possible"]) == (free, appeal)


@pytest.mark.parametrize(
    ("early", "factor", "number", "court"),
    [(False, "2.0", "1216", "566.00"), (True, "1.0", "1217", "283.00")],
)
def test_the_fee_of_the_online_procedure_stands_in_the_answer(
    early: bool, factor: str, number: str, court: str
) -> None:
    """KV 1216, 1217 GKG: twice the fee of 283.00 on 10,000.00, once where it ends early."""
    found = fees.answer(M(10_000), D("2026-06-30"), 1, fees.FeeQuery(online=True, early=early))
    assert found.table is not None and euro(found, "court") == court
    (label,) = (label for label, _ in found.table.rows if isinstance(label, Text) and "number" in label.args)
    assert (str(label.args["factor"]), label.args["number"]) == (factor, number)
    assert {"ZPO-1122", "GKG-1216"} <= {norm.id for norm in found.sources}
