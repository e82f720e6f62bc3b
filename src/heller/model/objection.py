"""What the other side may say against a claim: on which rule, what it would cost, and what answers it."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.amount import Range
from heller.model.damage import NormRef
from heller.model.finding import Ground
from heller.model.text import Text


class Answered(Enum):
    """How well an objection is answered; the value is the share of its euros that stays in doubt, per cent."""

    CONCEDED = 0  # what it says is out of the sum already
    PAPER = 10  # a third party's paper answers it
    RULE = 20  # a ruling or a statute that was read
    RECORD = 30  # an own record
    WORDS = 60  # words only
    OPEN = 100  # nothing does


class Objection(Struct, frozen=True):
    """One objection to a claim as it stands. `off` is what it would take off the damage, None where only the sum that
    is `due` then is known; `answers` are what speaks against it, with day and place."""

    key: str
    says: Text
    norm: NormRef
    due: Range
    answered: Answered
    answers: tuple[Ground, ...] = ()
    off: Range | None = None


class Objections(Struct, frozen=True):
    """All objections that apply to a claim, the weightiest first, and the `floor`: what would be due if all those that
    nothing answers held at once."""

    found: tuple[Objection, ...]
    floor: Range
