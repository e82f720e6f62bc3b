"""Case files of German law: each case names the source of its expected number, or it is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from heller.law.book.fees import fee_by_steps, fee_for
from heller.law.book.interest import Basis
from heller.law.de import costs, deadlines, fee, interest, liability, limitation, lumpsums, online, ways
from heller.law.de.costs import Course
from heller.law.de.rules import in_force, rule
from heller.law.facts_of_case import Talks
from heller.model.money import Money

FOLDER = Path(__file__).parent / "de"
Given = dict[str, Any]

ORACLES = {  # the worked and published figures of German law, one case file each at least
    *(f"ORA-INT-{n}" for n in ("1", "2", "2a", "3", "4", "5")),
    *(f"ORA-FEE-{n}" for n in range(1, 8)),
    *(f"FEES-{n}" for n in range(1, 9)),  # the rows of the computed table of fees
    *(f"DAYS-{n}" for n in range(1, 6)),  # the variants of counting days, February 2015
    *(f"OVER-{n}" for n in range(1, 4)),  # the cost of over-claiming
    *(f"CASE-{n}" for n in ("02", "03", "04", "10", "11", "12", "13", "14", "17", "23")),
    *(f"ONLINE-{n}" for n in range(1, 13)),  # the fees of the online procedure
    "CLAIM-8",  # the illustrative claim
}


class NoSource(Exception):
    """A case that does not say where its expected figure comes from proves nothing."""


def files() -> Iterator[tuple[str, Given]]:
    """Every case of every file, by file and number."""
    for path in sorted(FOLDER.glob("*.toml")):
        for n, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"], 1):
            yield f"{path.stem}-{n}", case


def run(case: Given) -> Given:
    """What the rules give for a case, for the keys it expects. Raises NoSource."""
    if not str(case.get("source", "")).strip():
        raise NoSource(case.get("note", ""))
    found = RULES[case["rule"]](case["given"])
    return {key: found[key] for key in case["expected"]}


def money(amount: Money) -> str:
    """An amount as the case files write it."""
    return str(amount.decimal)


def _interest(given: Given) -> Given:
    sums = {
        basis: interest.interest(Money.of(given["sum"]), given["first"], given["last"], basis=basis)
        for basis in Basis
    }
    usual = sums[Basis.ACT_365]
    return {
        "days": str(usual.days),
        "act_365": money(usual.amount),
        "act_act": money(sums[Basis.ACT_ACT].amount),
        "wrong_act_360": money(Money(1) * (usual.exact * Fraction(365, 360))),  # what others print
        "segments": [[str(s.days), str(s.rate), money(s.amount)] for s in usual.segments],
    }


def _fees(given: Given) -> Given:
    value, on = Money.of(given["value"]), given["on"]
    vat = Decimal(given["vat"]) if "vat" in given else costs.vat_share(on)
    out = costs.out_of_court(value, on, vat=vat)
    lawyer, appeal = costs.first_instance(value, on, vat=vat), costs.appeal(value, on, vat=vat)
    court, court_2 = costs.court_fee(value, on), costs.court_fee(value, on, "GKG-1220")
    amounts = {
        "rvg": fee_by_steps(value, in_force("RVG-13", on)),
        "gkg": fee_by_steps(value, in_force("GKG-34", on)),
        "out_net": out.net,
        "out_gross": out.gross,
        "procedure": lawyer.fees[0].amount,
        "hearing": lawyer.fees[1].amount,
        "lawyer_net": lawyer.net,
        "lawyer_vat": lawyer.vat,
        "lawyer_gross": lawyer.gross,
        "court": court,
        "one_lawyer_and_court": lawyer.gross + court,
        "risk_net": lawyer.net * 2 + court,
        "risk_gross": lawyer.gross * 2 + court,
        "appeal_net": appeal.net,
        "appeal_gross": appeal.gross,
        "appeal_court": court_2,
        "appeal_risk_gross": appeal.gross * 2 + court_2,
        "credit": costs.credit(value, on, Decimal("1.3")),
    }
    return {key: money(amount) for key, amount in amounts.items()}


def _course(given: Given) -> Given:
    value, on = Money.of(given["value"]), given["on"]
    clients = int(given.get("clients", "1"))
    course = Course(
        clients=clients,
        early="early" in given,
        settled=value if "settled" in given else None,
        before=Decimal(given["before"]) if "before" in given else None,
        before_value=Money.of(given["before_value"]) if "before_value" in given else None,
        ordered="ordered" in given,
    )
    return {
        "out_net": money(costs.out_of_court(value, on, clients=clients).net),
        "lawyer_net": money(costs.first_instance(value, on, course).net),
        "court": money(costs.court_fee(value, on, early="early" in given)),
    }


def _payment_order(given: Given) -> Given:
    value, on = Money.of(given["value"]), given["on"]
    found = ways.payment_order(value, on)
    return {
        "court": money(found.court),
        "lawyer_net": money(found.lawyer.net),
        "with_enforcement": money(ways.payment_order(value, on, enforced=True).lawyer.net),
    }


def _arbitration(given: Given) -> Given:
    return {"lawyer_net": money(ways.arbitration(Money.of(given["value"]), given["on"]).net)}


def _settlement(given: Given) -> Given:
    value, on = Money.of(given["value"]), given["on"]
    return {
        "out_of_court": money(costs.settlement(value, on, pending=False).amount),
        "pending": money(costs.settlement(value, on, pending=True).amount),
    }


def _quota(given: Given) -> Given:
    found = ways.quota(Money.of(given["asked"]), Money.of(given["won"]), parts=int(given["parts"]))
    return {"won_share": str(found.share)}


def _overclaim(given: Given) -> Given:
    asked, won, on = Money.of(given["asked"]), Money.of(given["won"]), given["on"]
    both = costs.first_instance(asked, on).net * 2 + costs.court_fee(asked, on)
    found = ways.quota(asked, won, both)
    owed, own = costs.out_of_court(won, on).net, costs.out_of_court(asked, on).net
    return {
        "costs": money(found.costs),
        "borne": money(found.borne),
        "left": money(found.left),
        "pretrial_owed": money(owed),
        "pretrial_asked": money(own),
        "gap": money(own - owed),
    }


def _own_share(given: Given) -> Given:
    """§ 254 BGB, or new for old: what is left of a damage."""
    return {"left": money(Money.of(given["damage"]) * (1 - Decimal(given["own_share"])))}


def _dm(given: Given) -> Given:
    rate = rule("CASE-11").versions[0].number("dm_per_euro")
    return {"euro": money(Money.of(Decimal(given["dm"]) / rate))}


def _cap(given: Given) -> Given:
    agreed = Money.of(given["agreed"]) if "agreed" in given else None
    return {
        "owed": money(liability.compensation(Money.of(given["damage"]), given["on"], agreed)),
        "law": liability.cap(given["on"]).law,
        "lifted_by": [one.key for one in liability.lifters(given["on"]) if one.lifts],
    }


def _shared_cap(given: Given) -> Given:
    parts = liability.share_out([Money.of(given["each"])] * int(given["users"]), given["on"])
    assert len(set(parts)) == 1
    return {"owed": money(parts[0])}


def _limitation(given: Given) -> Given:
    talks = [Talks(*given["talks"])] if "talks" in given else []
    steps = []
    if "proceeding" in given:
        first, last = given["proceeding"]
        steps = [limitation.Proceeding(first, last, limitation.Suspension(given["step"]))]
    found = limitation.limitation(
        given["arose"],
        talks,
        knew=given.get("knew"),
        proceedings=steps,
        acknowledged=[given["acknowledged"]] if "acknowledged" in given else [],
        talks_before_start_count="all_talks" in given,
        any_arbitration_counts="any_arbitration" in given,
    )
    return {"end": found.end, "suspended": str(found.suspended)}


def _lump_sum_58(given: Given) -> Given:
    other = given.keys() & {"report_day", "repair_day"}
    reading = lumpsums.Reading58("report_day" in given, "repair_day" in given) if other else None
    found = lumpsums.for_outage(
        given["report"], given["back"], Money.of(given["fee"]), law_of=given.get("law_of"), reading=reading
    )
    return {"total": money(found.total), "days": str(len(found.days))}


def _lump_sum_59(given: Given) -> Given:
    other = given.keys() & {"interruption_day", "repair_day"}
    reading = lumpsums.Reading59("interruption_day" in given, "repair_day" in given) if other else None
    found = lumpsums.for_change(
        given["report"],
        given["back"],
        Money.of(given["fee"]),
        state=given.get("state", "NW"),
        catholic="catholic" in given,
        law_of=given.get("law_of"),
        reading=reading,
    )
    return {"total": money(found.total), "days": str(len(found.days))}


def _appointment(given: Given) -> Given:
    monthly, on = Money.of(given["fee"]), given["on"]
    return {
        "at_an_outage": money(lumpsums.for_appointment(monthly, on)),
        "at_a_change": money(lumpsums.for_appointment(monthly, on, change=True)),
    }


def _porting(given: Given) -> Given:
    agreed, ported = given["agreed"], given["ported"]
    state, catholic = given.get("state", "NW"), "catholic" in given
    with_last = lumpsums.for_porting(agreed, ported, state=state, catholic=catholic, ported_day_counts=True)
    return {
        "total": money(lumpsums.for_porting(agreed, ported, state=state, catholic=catholic).total),
        "with_last_day": money(with_last.total),
    }


def _small_firm(given: Given) -> Given:
    return {"may": "yes" if lumpsums.may_be_small(given.get("staff"), given["on"]) else "no"}


def _excused(given: Given) -> Given:
    """Why nothing is owed, `owed` where it is."""
    excuse = lumpsums.Excuse(given["excuse"])
    outage = lumpsums.closed_outage(excuse, all_services="another_worked" not in given)
    change = lumpsums.closed_change(excuse)
    return {"outage": outage.id if outage else "owed", "change": change.id if change else "owed"}


def _set_off(given: Given) -> Given:
    return {"owed": money(lumpsums.both_ways(Money.of(given["lump_sums"]), Money.of(given["damage"])))}


def _fee(given: Given) -> Given:
    days = fee.dead_days(given["first"], given["back"])
    return {"total": money(fee_for(Money.of(given["fee"]), days)[0])}


def _thirtieths(given: Given) -> Given:
    return {"total": money(fee.fee_by_thirtieths(Money.of(given["fee"]), int(given["days"])))}


def _reduced(given: Given) -> Given:
    reduction = fee.reduce(Money.of(given["fee"]), Decimal(given["shortfall"]))
    return {"reduction": money(reduction)}


def _half_fee(given: Given) -> Given:
    days = fee.dead_days(given["first"], given["back"])
    return {"owed": money(fee.owed_after_the_end(Money.of(given["fee"]), days))}


def _online(given: Given) -> Given:
    value, on = Money.of(given["value"]), given["on"]
    if not online.fits(value, on):
        return {"fits": "False"}
    return {"fits": "True", "court": money(online.court_fee(value, on, early="early" in given))}


def _court(given: Given) -> Given:
    return {"court": "local" if costs.local_court(Money.of(given["value"]), given["on"]) else "regional"}


def _default(given: Given) -> Given:
    first: date = deadlines.default_begins(given["until"], given.get("state", ""))
    return {"first": first}


def _period(given: Given) -> Given:
    found = deadlines.period(
        given["event"],
        int(given["length"]),
        deadlines.PeriodUnit(given["unit"]),
        event_day_counts="event_day_counts" in given,
        moves=given.get("moves") != "no",
        state=given.get("state", ""),
        catholic="catholic" in given,
    )
    return {"last": found.last, "end": found.end}


def _vat(given: Given) -> Given:
    return {"share": str(costs.vat_share(given["on"]))}


def _payment_points(given: Given) -> Given:
    return {"rule": interest.payment_rule(given["arose"], given.get("rendered"))}


def _pendency(given: Given) -> Given:
    return {"first": interest.from_pendency(given["served"])}


RULES: dict[str, Callable[[Given], Given]] = {
    "interest": _interest,
    "fees": _fees,
    "course": _course,
    "payment_order": _payment_order,
    "arbitration": _arbitration,
    "settlement": _settlement,
    "quota": _quota,
    "overclaim": _overclaim,
    "own_share": _own_share,
    "dm": _dm,
    "cap": _cap,
    "shared_cap": _shared_cap,
    "limitation": _limitation,
    "lump_sum_58": _lump_sum_58,
    "lump_sum_59": _lump_sum_59,
    "appointment": _appointment,
    "porting": _porting,
    "set_off": _set_off,
    "small_firm": _small_firm,
    "excused": _excused,
    "fee": _fee,
    "thirtieths": _thirtieths,
    "reduced": _reduced,
    "half_fee": _half_fee,
    "court": _court,
    "online": _online,
    "default": _default,
    "period": _period,
    "vat": _vat,
    "payment_points": _payment_points,
    "pendency": _pendency,
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in files()])
def test_the_rule_gives_the_published_or_worked_result(case: Given) -> None:
    """Each case file gives what its named source says."""
    assert run(case) == case["expected"]


@pytest.mark.parametrize("source", [{}, {"source": ""}, {"source": "  "}])
def test_a_case_without_a_source_is_refused(source: Given) -> None:
    """A right figure without a source does not count as shown."""
    case = {"rule": "vat", "given": {"on": date(2021, 1, 1)}, "expected": {"share": "0.19"}, **source}
    with pytest.raises(NoSource):
        run(case)
    assert run({**case, "source": "the wording of § 12 UStG"}) == {"share": "0.19"}


def test_every_oracle_is_a_case() -> None:
    """Each worked or published figure is run by one case at least, and each kind of case is used."""
    held = [case for _, case in files()]
    assert {id for case in held for id in case.get("id", "").split()} == ORACLES
    assert {case["rule"] for case in held} == set(RULES)
