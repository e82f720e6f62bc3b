"""Case files of German law: each case names the source of its expected number, or it is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from heller.law.de import costs, deadlines, fee, liability, limitation, lumpsums
from heller.law.de.interest import Basis, interest
from heller.law.rules import in_force
from heller.model.money import Money

FOLDER = Path(__file__).parent / "de"
Given = dict[str, Any]


def cases() -> Iterator[Any]:
    """Every case of every file."""
    for path in sorted(FOLDER.glob("*.toml")):
        for n, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"], 1):
            yield pytest.param(case, id=f"{path.stem}-{n}")


def money(amount: Money) -> str:
    """An amount as the case files write it."""
    return str(amount.decimal)


def _interest(given: Given) -> Given:
    sums = {
        basis: interest(Money.of(given["sum"]), given["first"], given["last"], basis=basis) for basis in Basis
    }
    usual = sums[Basis.ACT_365]
    return {
        "days": str(usual.days),
        "act_365": money(usual.amount),
        "act_act": money(sums[Basis.ACT_ACT].amount),
        "segments": [[str(s.days), str(s.rate), money(s.amount)] for s in usual.segments],
    }


def _fees(given: Given) -> Given:
    value, on = Money.of(given["value"]), given["on"]
    vat = Decimal(given["vat"]) if "vat" in given else costs.vat_share(on)
    out = costs.out_of_court(value, on, vat=vat)
    lawyer, appeal = costs.first_instance(value, on, vat=vat), costs.appeal(value, on, vat=vat)
    court, court_2 = costs.court_fee(value, on), costs.court_fee(value, on, "GKG-1220")
    amounts = {
        "rvg": costs.stepped(value, in_force("RVG-13", on)),
        "gkg": costs.stepped(value, in_force("GKG-34", on)),
        "out_net": out.net,
        "out_gross": out.gross,
        "procedure": lawyer.fees[0].amount,
        "hearing": lawyer.fees[1].amount,
        "lawyer_net": lawyer.net,
        "lawyer_vat": lawyer.vat,
        "lawyer_gross": lawyer.gross,
        "court": court,
        "risk_net": lawyer.net * 2 + court,
        "risk_gross": lawyer.gross * 2 + court,
        "appeal_net": appeal.net,
        "appeal_gross": appeal.gross,
        "appeal_court": court_2,
        "appeal_risk_gross": appeal.gross * 2 + court_2,
        "credit": costs.credit(value, on, Decimal("1.3")),
    }
    return {key: money(amount) for key, amount in amounts.items()}


def _cap(given: Given) -> Given:
    agreed = Money.of(given["agreed"]) if "agreed" in given else None
    return {
        "owed": money(liability.compensation(Money.of(given["damage"]), given["on"], agreed)),
        "law": liability.cap(given["on"]).law,
        "lifted_by": [one.key for one in liability.lifters(given["on"]) if one.lifts],
    }


def _shared_cap(given: Given) -> Given:
    parts = liability.shared([Money.of(given["each"])] * int(given["users"]), given["on"])
    assert len(set(parts)) == 1
    return {"owed": money(parts[0])}


def _limitation(given: Given) -> Given:
    talks = [limitation.Talks(*given["talks"])] if "talks" in given else []
    found = limitation.limitation(
        given["arose"], talks, knew=given.get("knew"), talks_before_start_count="all_talks" in given
    )
    return {"end": found.end, "suspended": str(found.suspended)}


def _lump_sum_58(given: Given) -> Given:
    reading = lumpsums.Reading58(repair_day_counts="repair_day" in given)
    found = lumpsums.for_outage(
        given["report"], given["back"], Money.of(given["fee"]), law_of=given["law_of"], reading=reading
    )
    return {"total": money(found.total), "days": str(len(found.days))}


def _lump_sum_59(given: Given) -> Given:
    reading = lumpsums.Reading59(interruption_day_counts="interruption_day" in given)
    found = lumpsums.for_change(
        given["report"],
        given["back"],
        Money.of(given["fee"]),
        state="NW",
        law_of=given["law_of"],
        reading=reading,
    )
    return {"total": money(found.total), "days": str(len(found.days))}


def _fee(given: Given) -> Given:
    days = fee.dead_days(given["first"], given["back"])
    return {"total": money(fee.fee_for(Money.of(given["fee"]), days)[0])}


def _court(given: Given) -> Given:
    return {"court": "local" if costs.local_court(Money.of(given["value"]), given["on"]) else "regional"}


def _default(given: Given) -> Given:
    first: date = deadlines.default_begins(given["until"], given.get("state", ""))
    return {"first": first}


RULES: dict[str, Callable[[Given], Given]] = {
    "interest": _interest,
    "fees": _fees,
    "cap": _cap,
    "shared_cap": _shared_cap,
    "limitation": _limitation,
    "lump_sum_58": _lump_sum_58,
    "lump_sum_59": _lump_sum_59,
    "fee": _fee,
    "court": _court,
    "default": _default,
}


@pytest.mark.parametrize("case", list(cases()))
def test_the_rule_gives_the_published_or_worked_result(case: Given) -> None:
    """Each case file gives what its named source says, and one without a source is refused."""
    assert case["source"].strip(), "a case without a source proves nothing"
    found = RULES[case["rule"]](case["given"])
    assert {key: found[key] for key in case["expected"]} == case["expected"]
