"""A document as a chain sees it: what links and costs are worked out of."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from heller.intake.across.identity import name_of
from heller.model.document_class import Classification, DocumentClass, FirmRole, Reference
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record import Invoice


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
