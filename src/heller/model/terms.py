"""The terms of an offer beside its cash."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from heller.model.money import Money
from heller.model.record_field import AnswerSet
from heller.model.text import Text, text


class Waiver(Enum):
    """What is given up by taking an offer."""

    UNSTATED = "unstated"
    NONE = "none"  # nothing: the payment counts on the sum, the rest stays open
    OUTAGE = "outage"  # every claim from this outage
    ALL = "all"  # every claim from the contract, known or not


class Terms(Struct, frozen=True):
    """What an offer holds beside its cash. `credit_worth` is the share of a credit on future bills that
    it is worth to the firm, None where nobody said; `exit` the day on which the contract ends with it, before its
    time (None: it runs on)."""

    credit: Money | None = None
    credit_worth: Decimal | None = None
    waiver: Waiver = Waiver.UNSTATED
    exit: date | None = None


WAIVERS: dict[Waiver, Text] = {
    Waiver.UNSTATED: text("not stated"),
    Waiver.NONE: text("nothing"),
    Waiver.OUTAGE: text("every claim from this outage"),
    Waiver.ALL: text("every claim from the contract"),
}
WAIVER_ANSWERS = AnswerSet(WAIVERS, {"nichts": Waiver.NONE, "Ausfall": Waiver.OUTAGE, "alles": Waiver.ALL})
