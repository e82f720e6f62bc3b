"""What a settlement does: instalments stand for what was open, and the rest is given up; what a late one forfeits."""

from __future__ import annotations

from datetime import date

from heller.law.account.ledger import Ledger
from heller.law.account.pieces import DAY, OwedCost, OwedDebt
from heller.model.account import DAMAGES, Debt, SettlementPlan
from heller.model.kinds.instalment import Instalment
from heller.model.kinds.movement import DebtPart
from heller.model.kinds.settlement import FORFEITS, Forfeiture
from heller.model.terms import Waiver
from heller.model.text import Text, text


class Revived(Exception):
    """A settlement is forfeited on a day, and the claim is owed as if it had never been made."""

    def __init__(self, settlement: SettlementPlan, on: date) -> None:
        super().__init__()
        self.settlement, self.on = settlement, on


def settle(plan: SettlementPlan, ledger: Ledger, day: date) -> None:
    """Put the instalments in the place of what is open. Where nothing is given up the claim stays as it is."""
    if plan.settlement.waives is Waiver.NONE:
        _say(plan, ledger, text("Instalments are agreed; nothing is given up, and interest runs on."))
        return
    before = _close(plan, ledger, day)
    ledger.settlements.append(plan)
    _owe(plan, ledger, day)
    now = plan.settlement.amount.cents + (plan.settlement.costs.cents if plan.settlement.costs else 0)
    sums = ledger.sums[""]
    sums.given_up += max(before - now, 0)
    sums.agreed += max(now - before, 0)
    reason = text(
        "{open} was open; {sum} is owed in its place.", open=ledger.money(before), sum=ledger.money(now)
    )
    if plan.settlement.forfeits is not Forfeiture.NONE:
        reason = text(
            "{before} Agreed: {forfeits}.", before=reason, forfeits=FORFEITS[plan.settlement.forfeits]
        )
    _say(plan, ledger, reason)


def _say(plan: SettlementPlan, ledger: Ledger, reason: Text) -> None:
    ledger.say(
        "",
        plan.on,
        text("Settlement"),
        plan.settlement.amount,
        topic="settlement",
        reason=reason,
        sources=(plan.settlement.source,),
    )


def _close(plan: SettlementPlan, ledger: Ledger, day: date) -> int:
    """Take all that it settles out of the ledger, and say how much was open of it. The costs of the matter go with
    it where it settles every event."""
    there = ledger.there("", day)
    open_ = 0
    for piece in there.pieces:
        if not plan.settlement.events or piece.debt.event in plan.settlement.events:
            for part in (DebtPart.INTEREST, DebtPart.PRINCIPAL):
                open_ += piece.open(part)
                piece.take(part, piece.open(part))
    for cost in () if plan.settlement.events else there.costs:
        open_ += cost.cents
        cost.take(DebtPart.COSTS, cost.cents)
    return open_


def _owe(plan: SettlementPlan, ledger: Ledger, day: date) -> None:
    if plan.settlement.costs:
        ledger.costs.append(OwedCost(text("Costs by the settlement"), day, plan.settlement.costs.cents))
    for number, one in enumerate(plan.instalments, 1):
        ledger.pieces.append(
            OwedDebt(_debt(one, number, ledger, day), ledger.law.rates[DAMAGES], day, number)
        )


def _debt(one: Instalment, number: int, ledger: Ledger, day: date) -> Debt:
    """An instalment as a debt: default needs no reminder where a day of the calendar was agreed."""
    return Debt(
        event="",
        label=text("Instalment {n}", n=number),
        arose=one.due or day,
        principal=one.amount,
        interest_from=ledger.law.default_begins(one.due, ledger.region) if one.due else None,
        due=one.due,
    )


def late(plan: SettlementPlan, number: int, ledger: Ledger, day: date) -> None:
    """Look at an instalment when its last day of grace has ended. Raises Revived where the settlement says so."""
    if plan not in ledger.settlements or plan in ledger.forfeited:
        return
    own = [one for one in ledger.pieces if one.number and one.since == plan.on]
    if not any(one.number == number and one.principal for one in own):
        return
    on = day + DAY
    if plan.settlement.forfeits is Forfeiture.CLAIM_REVIVES:
        raise Revived(plan, on)
    ledger.forfeited.append(plan)
    for piece in own:
        if piece.due is not None and piece.due > on:
            piece.due, piece.bears_from = on, on + DAY
    rest = sum(one.principal for one in own)
    ledger.say(
        "",
        on,
        text("Forfeiture"),
        ledger.money(rest),
        topic="forfeiture",
        reason=text(
            "Instalment {n} was not paid in time: {what}.", n=number, what=FORFEITS[plan.settlement.forfeits]
        ),
    )
