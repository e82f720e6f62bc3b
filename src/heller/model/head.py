"""What every room needs to know of a head of loss: one file per head under `heads/` says it."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.text import Text


class InsuredAs(Enum):
    """Which part of an own policy a head belongs to."""

    NOTHING = "nothing"
    MARGIN = "margin"  # what was not earned
    AVERTED = "averted"  # what was spent to keep the loss low
    THING = "thing"


class HeadOfLoss(Struct, frozen=True):
    """A head of loss; which rule grants it says a country.

    `rank` is its place in the order in which things are spent once, no two alike. `receipts` says that receipts
    count under it (`whole`: with all that they say, not for some days only), `reason` why, where nothing but
    receipts counts; what was bought is still worth something where it is `lasting`. `words` are what an office
    types for it, the first one is printed; `hints` are words of sellers and lines that suggest it; `emergency`
    marks what an emergency connection costs. Own vouchers count under it where receipts do, and where it says so by
    `vouchers`; `own_papers` says that bills and credit notes count which the firm itself wrote. What it `saves` comes
    off the damage.
    """

    key: str
    title: Text
    rank: int
    receipts: bool = False
    whole: bool = True
    lasting: bool = False
    reason: Text | None = None
    insured: InsuredAs = InsuredAs.NOTHING
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    emergency: bool = False
    vouchers: bool = False
    own_papers: bool = False
    saves: bool = False
