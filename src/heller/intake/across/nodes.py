"""A document as a chain sees it: what links and costs are worked out of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from msgspec import Struct

from heller.intake.across.identity import name_of
from heller.model.chain import Cost
from heller.model.document_class import Classification, DocumentClass, FirmRole, Reference
from heller.model.finding import Locator
from heller.model.kinds.invoice import Invoice
from heller.model.money import Money

FEW = 12  # partial invoices of which every set is tried


class Node(Struct, frozen=True):
    """One document of a case, the `n`-th; `invoice` is what it is or, where it `waits` for a person, may be."""

    n: int
    source: Locator
    kind: Classification
    role: FirmRole
    number: str
    seller: str
    issued: date | None
    gross: Money | None
    invoice: Invoice | None
    refers: tuple[Reference, ...] = ()
    waits: bool = False
    fees: Money | None = None

    def kin(self, other: Node) -> bool:
        """Whether two documents may be of one business: the same seller, as far as both tell one.

        An order is written by the buyer, so its writer is another than the seller of the rest.
        """
        one, two = name_of(self.seller), name_of(other.seller)
        order = DocumentClass.ORDER in (self.kind.of, other.kind.of)
        return order or not one or not two or one == two


def cost_of(invoice: Invoice) -> Cost:
    """What an invoice states, money that comes back negative."""
    cost = Cost(invoice.net, invoice.vat, invoice.gross)
    return -cost if invoice.credit else cost


def cents_of(node: Node) -> int:
    """The gross of a document in cents, negative where money comes back; 0 where it is not known."""
    return cost_of(node.invoice).gross.cents if node.invoice else 0


def parts_of(parts: Sequence[Node], sum_: int) -> list[Node]:
    """The parts that are a sum in cents, the whole of them first; none where no set or more than one fits."""
    if sum_ <= 0 or not parts:
        return []
    if sum(map(cents_of, parts)) == sum_:
        return list(parts)
    sets = (c for size in range(1, len(parts)) for c in combinations(parts[:FEW], size))
    fits = [list(one) for one in sets if sum(map(cents_of, one)) == sum_]
    return fits[0] if len(fits) == 1 else []
