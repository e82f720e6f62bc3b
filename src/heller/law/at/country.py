"""The law of Austria, as one constant: what is taken, in which order, and on which rule it rests."""

from __future__ import annotations

from heller.law.at import interest, liability, profit
from heller.law.at.account import ACCOUNT
from heller.law.at.periods import CALENDAR, LIMITATION, default_begins
from heller.law.at.rules import book, norm
from heller.law.chain import steps
from heller.law.country import Country
from heller.law.duties import deadlines, mitigation
from heller.law.duties import next_steps as step
from heller.model.kinds.policy import PolicyKind
from heller.model.text import text

COUNTRY = Country(
    code="AT",
    book=book(),
    grounds={
        "damage": "AT-1293",
        "difference": "AT-1293",
        "gross": "AT-1293",
        "not_recoverable": "AT-1293",
        "fault": "AT-1304",
        "warning": "AT-1304",
        "breach": "AT-1295",
        "default": "AT-1334",
        "default_interest": "AT-1000",
        "lost_profit": "AT-UGB-349",
        "estimate": "AT-ZPO-273-1",
        "quota": "AT-ZPO-41-43",
        "insurers": "AT-VERSVG-67",
        "arbitration": "AT-TKG-205",
        "records": "AT-TKG-205",
    },
    calendar=CALENDAR,
    default_begins=default_begins,
    cap=liability.CAP,
    steps=(
        steps.gross(norm("AT-1293")),
        steps.not_recoverable(norm("AT-1293")),
        profit.step,
        steps.contributory_fault(norm("AT-1304")),
        steps.cap,
        steps.insurers(norm("AT-VERSVG-67")),
        steps.own_claims(norm("AT-1293")),
        steps.interest(interest.DAMAGES),
    ),
    interest=interest.DAMAGES,
    limitation=LIMITATION,
    insurance=dict.fromkeys(PolicyKind, norm("AT-VERSVG-67")),
    alternatives=(interest.business_rate,),
    deadlines=(
        deadlines.payment(norm("AT-1334"), CALENDAR),
        deadlines.limitation(LIMITATION),
        deadlines.offers,
        deadlines.insurers(norm("AT-VERSVG-67")),
    ),
    duties=(
        mitigation.report(norm("AT-1304")),
        mitigation.warning(norm("AT-1304")),
        mitigation.emergency(norm("AT-1304")),
        mitigation.backlog(norm("AT-1304")),
    ),
    next_steps=(
        step.report,
        step.warn(
            text("Who warns of high damage in time cannot be told later that he kept silent (§ 1304 ABGB).")
        ),
        step.keep(LIMITATION),
        step.fetch,
        step.demand(
            text("Interest of 4 % runs from default; a demand with a day begins it (§ 1334 ABGB)."), CALENDAR
        ),
        step.offer,
        step.sue(LIMITATION),
    ),
    account=ACCOUNT,
)
