"""What the sums of a paper come to: net, tax, gross and what is to be paid, and how well they bear each other out."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from heller.intake.paper.amounts import Amount


class Triple(Struct, frozen=True):
    """Net, tax and gross that add up, with how many words name them and the rates that bear them out."""

    net: Amount
    vat: Amount | None
    gross: Amount
    words: int
    by: tuple[str, ...]
    parts: tuple[Amount, ...] = ()  # the taxes of several rates that make the tax

    @property
    def tax(self) -> Decimal:
        """The tax, also where only its parts are printed."""
        return self.gross.value - self.net.value


class Totals(Struct, frozen=True):
    """What was found. An amount is None where it is not printed or cannot be told.

    `by` names the paths that agree; `proven` is set where they suffice for net, tax and gross.
    """

    net: Amount | None = None
    vat: Amount | None = None
    gross: Amount | None = None
    due: Amount | None = None
    tax: Decimal | None = None  # where the tax itself is not printed
    base: Decimal | None = None  # where the net is not printed
    by: tuple[str, ...] = ()
    proven: bool = False
    cash: bool = False  # whether money given and money back bear the gross out
    coupon: bool = False  # whether a coupon lies between two totals: a person says which of them is the cost
    unclear: tuple[str, ...] = ()  # what is named twice with different figures
