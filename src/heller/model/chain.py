"""Documents of one business: from quotation to payment, and the one cost that they come to."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from heller.model.document_class import Classification, FirmRole
from heller.model.finding import Finding, Locator
from heller.model.money import Money
from heller.model.text import Text


class Cost(Struct, frozen=True):
    """What something cost: net, VAT and gross of one currency."""

    net: Money
    vat: Money
    gross: Money

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.net + other.net, self.vat + other.vat, self.gross + other.gross)

    def __neg__(self) -> Cost:
        return Cost(-self.net, -self.vat, -self.gross)


class Change(Struct, frozen=True):
    """What another document or a payment takes off a cost (negative amounts), and where that stands."""

    why: Text
    by: Cost
    source: Locator


class Link(Struct, frozen=True):
    """One document of a chain: what it is, what the firm is on it, and what of it counts.

    `cost` is what it counts for after all changes, None where it counts nothing; `why` says why it counts
    nothing, or what is in doubt. `waits`: a person has not looked at it yet.
    """

    source: Locator
    kind: Classification
    role: FirmRole
    number: str = ""
    seller: str = ""
    issued: date | None = None
    gross: Money | None = None
    cost: Cost | None = None
    changes: tuple[Change, ...] = ()
    why: tuple[Text, ...] = ()
    waits: bool = False


class Chain(Struct, frozen=True):
    """The documents of one business in the order of trade, the payments, and what they come to.

    `cost` is None where the chain costs nothing, or where its documents are in several currencies.
    """

    links: tuple[Link, ...]
    paid: Money | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def cost(self) -> Cost | None:
        """One cost: what was in the end paid or owed."""
        costs = [link.cost for link in self.links if link.cost is not None]
        if not costs or len({cost.gross.currency for cost in costs}) > 1:
            return None
        total = costs[0]
        for cost in costs[1:]:
            total += cost
        return total
