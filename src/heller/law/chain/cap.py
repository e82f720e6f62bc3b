"""What limits a claim: a cap, or nothing and why; and the facts that lift a cap. It knows no country's figure."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from heller.model.damage import NormRef
from heller.model.money import Money
from heller.model.text import Text


class Cap(Struct, frozen=True):
    """The most that one end user gets for pure financial loss. `law` names the Act for people."""

    amount: Money
    law: str
    norm: NormRef
    reason: Text
    agreed: bool = False


class Uncapped(Struct, frozen=True):
    """Nothing limits the claim, and why."""

    law: str
    norm: NormRef
    reason: Text


Limit: TypeAlias = Cap | Uncapped


class Lifter(Struct, frozen=True):
    """A fact that lifts the cap, or, with `lifts` false, one that many believe lifts it.

    `fault` says that it is a matter of what the provider knew and accepted.
    """

    key: str
    text: Text
    norm: NormRef
    lifts: bool = True
    fault: bool = False


def limited(amount: Money, limit: Limit) -> Money:
    """What of an amount a limit leaves."""
    return min(amount, limit.amount) if isinstance(limit, Cap) else amount
