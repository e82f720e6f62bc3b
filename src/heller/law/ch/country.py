"""The law of Switzerland, as one constant: what is taken, in which order, and on which rule it rests."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.book.calendar import PLAIN
from heller.law.ch import interest, liability
from heller.law.ch.account import ACCOUNT
from heller.law.ch.periods import LIMITATION, conciliation, default_begins
from heller.law.ch.rules import book, norm
from heller.law.chain import steps
from heller.law.country import Country
from heller.law.duties import deadlines, mitigation
from heller.law.duties import next_steps as step
from heller.law.facts_of_case import Situation
from heller.model.finding import Finding
from heller.model.kinds.policy import PolicyKind
from heller.model.text import text


def francs(situation: Situation) -> Iterator[Finding]:
    """Sums are counted in one currency, the euro: who has damage in francs must hear that."""
    yield Finding(
        "law.francs",
        text("Amounts are counted in euros; amounts in francs are kept and not added."),
        text("Demand in the currency in which the damage arose, and have the sum checked."),
    )


COUNTRY = Country(
    code="CH",
    book=book(),
    grounds={
        "damage": "CH-OR-42-1",
        "gross": "CH-OR-42-1",
        "not_recoverable": "CH-OR-42-1",
        "fault": "CH-OR-44-1",
        "warning": "CH-OR-44-1",
        "breach": "CH-OR-99-1",
        "default": "CH-OR-102-1",
        "default_interest": "CH-OR-104-1",
        "estimate": "CH-OR-42-2",
        "arbitration": "CH-FMG-12c",
        "insurers": "CH-VVG-INSURER",
    },
    calendar=PLAIN,
    default_begins=default_begins,
    cap=liability.CAP,
    steps=(
        steps.gross(norm("CH-OR-42-1")),
        steps.not_recoverable(norm("CH-OR-42-1")),
        steps.contributory_fault(norm("CH-OR-44-1")),
        steps.cap,
        steps.insurers(norm("CH-VVG-INSURER")),
        steps.own_claims(norm("CH-OR-42-1")),
        steps.interest(interest.DAMAGES),
    ),
    interest=interest.DAMAGES,
    limitation=LIMITATION,
    insurance=dict.fromkeys(PolicyKind, norm("CH-VVG-INSURER")),
    alternatives=(interest.from_damage,),
    deadlines=(
        deadlines.payment(norm("CH-OR-102-1"), PLAIN),
        deadlines.limitation(LIMITATION),
        conciliation,
        deadlines.offers,
        deadlines.insurers(norm("CH-VVG-INSURER")),
    ),
    duties=(
        mitigation.report(norm("CH-OR-44-1")),
        mitigation.warning(norm("CH-OR-44-1")),
        mitigation.emergency(norm("CH-OR-44-1")),
        mitigation.backlog(norm("CH-OR-44-1")),
    ),
    doubts=(francs,),
    next_steps=(
        step.report,
        step.warn(
            text(
                "Who warns of high damage in time cannot be told later that he kept silent (Art. 44 (1) OR)."
            )
        ),
        step.keep(LIMITATION),
        step.fetch,
        step.demand(
            text("Interest of 5 % runs from default; a reminder begins it (Art. 102 (1) OR)."), PLAIN
        ),
        step.offer,
        step.sue(LIMITATION),
    ),
    account=ACCOUNT,
)
