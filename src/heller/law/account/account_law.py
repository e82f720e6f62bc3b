"""What a country says of accounts: which debt is paid first, what each kind of debt bears, on which rules it rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from msgspec import Struct

from heller.law.chain.steps import InterestLaw
from heller.model.account import Debt
from heller.model.damage import NO_RULE, NormRef

Rank: TypeAlias = tuple[Any, ...]


class AccountLaw(Struct, frozen=True):
    """`rates` are the interest of each kind of debt; `rank` orders debts that are due, the first one is paid first and
    those of the same rank in proportion: it is told the debt and whether it bears interest on that day.
    `default_begins` is the first day of default of a sum that is due on a day, in a region, and `in_time` the last day
    on which paying it is in time there; `grounds` are the rules by topic."""

    rates: Mapping[str, InterestLaw]
    rank: Callable[[Debt, bool], Rank]
    default_begins: Callable[[date, str], date]
    in_time: Callable[[date, str], date]
    grounds: Mapping[str, NormRef]

    def ground(self, topic: str) -> NormRef:
        """The rule that something rests on; none where the country names none."""
        return self.grounds.get(topic, NO_RULE)
