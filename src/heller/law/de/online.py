"""The online procedure before local courts (§§ 1121 ff. ZPO): who may take it, where, and what the court asks."""

from __future__ import annotations

from datetime import date

from heller.law.book.fees import fee_by_steps
from heller.law.book.refusals import LawRefused
from heller.law.de.rules import book
from heller.model.money import Money

RULES = ("ZPO-1122", "ZPO-1123", "ZPO-1126/1127", "ONLINE-COURTS", "GKG-1216", "GKG-1217")


def fits(value: Money, pending: date) -> bool:
    """Whether a claim for money may be brought online on a day: the procedure is there, and the value within it."""
    try:
        return value <= book().for_sum("ZPO-1122", pending).money("up_to")
    except LawRefused:
        return False


def courts(pending: date) -> tuple[str, ...]:
    """The local courts that take part, as far as they were read for a day; none where they were not."""
    try:
        found = book().in_force("ONLINE-COURTS", pending).values["courts"]
    except LawRefused:
        return ()
    return tuple(str(name) for name in found)


def court_fee(value: Money, pending: date, *, early: bool = False) -> Money:
    """What the court asks (Nr. 1216, 1217 KV GKG). Raises BeyondTheData before 23 December 2025."""
    table = book().for_sum("GKG-34", pending)
    full = book().for_sum("GKG-1216", pending).number("factor")
    factor = book().for_sum("GKG-1217", pending).number("early") if early else full
    return max(fee_by_steps(value, table) * factor, table.money("minimum"))
