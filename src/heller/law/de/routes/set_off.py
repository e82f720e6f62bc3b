"""Set-off against the provider's own bills, which limitation doesn't take away (§ 215 BGB)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from heller.law.de.rules import norm
from heller.law.suing.routes import Crossroads
from heller.law.suing.suit import ONE
from heller.model.decision import ClaimRoute
from heller.model.money import ZERO
from heller.model.text import text

PLACE = 60


def _set_off(at: Crossroads) -> Iterator[ClaimRoute]:
    bills = at.stakes.given.suit.open_bills
    if not bills:
        return
    value = min(at.due, bills)
    found = at.sued(
        "set_off",
        text("Set off against the provider's bills, {value}", value=value),
        text(
            "Declared in a letter, at no cost. If the provider sues for the bills and the claim fails, the costs of "
            "that lawsuit are borne: ask a lawyer first."
        ),
        text(
            "Limitation does not take it away where the bills were due before it ended ({rule}).",
            rule=norm("BGB-215").cite,
        ),
        norm("BGB-389"),
        replace(at.table.suit, passes=ONE, own=ZERO),
        value,
        ends=False,
    )
    yield replace(found, months=None, months_from=None)


ROUTE = _set_off
