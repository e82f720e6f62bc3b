"""What of a claim is agreed and what is disputed, item by item: the table that courts call a Scott schedule."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from heller.model.damage import Position
from heller.model.kinds.claim_answer import ClaimAnswer
from heller.model.kinds.item_ruling import ItemRuling, RulingKind
from heller.model.money import ZERO, Money, total
from heller.model.text import Text


class ClaimItem(Struct, frozen=True):
    """One position as it is demanded. `key` names it in a bundle and in every answer to it; `asked` is the cautious
    figure: those of all items are, to the cent, the damage that is demanded. `number` is its place in the schedule of
    its event, below nought where a step of the law adds it, as a lump sum."""

    key: str
    event: str
    title: Text
    asked: Money
    position: Position
    number: int


class DisputedItem(Struct, frozen=True):
    """An item with what each answer rules on it, beside the `answers` of the dispute (None: nothing), and what of it is
    agreed. Several answers to one bundle stand beside each other."""

    key: str
    title: Text
    asked: Money
    rulings: tuple[ItemRuling | None, ...]
    agreed: Money = ZERO

    @property
    def disputed(self) -> Money:
        """What is not agreed."""
        return self.asked - self.agreed

    @property
    def last(self) -> ItemRuling | None:
        """What was ruled last."""
        return next((one for one in reversed(self.rulings) if one is not None), None)


class Dispute(Struct, frozen=True):
    """Where the two sides stand on a day. `due` is what may be demanded, cautious; `agreed` what of it may be demanded
    at once, as nobody disputes it; `paid` what was paid of what is agreed. `contradicting` are bundles to which two
    answers rule otherwise: of each item the smaller figure counts as agreed until one of them is taken back."""

    answers: tuple[ClaimAnswer, ...]
    items: tuple[DisputedItem, ...]
    due: Money
    agreed: Money
    paid: Money = ZERO
    contradicting: tuple[str, ...] = ()

    @property
    def rest(self) -> Money:
        """What of what is due stays disputed."""
        return max(self.due - self.agreed, ZERO)

    @property
    def asked_of_items(self) -> Money:
        """The damage that is demanded."""
        return total(one.asked for one in self.items)

    @property
    def agreed_of_items(self) -> Money:
        """The damage that is agreed."""
        return total(one.agreed for one in self.items)

    @property
    def questions(self) -> tuple[tuple[DisputedItem, str, date | None], ...]:
        """The papers that are still asked for, with the day by which."""
        found = ((one, one.last) for one in self.items)
        return tuple(
            (one, last.paper, last.until) for one, last in found if last and last.kind is RulingKind.DOUBT
        )
