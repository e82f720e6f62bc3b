"""What the other side says of one item of the claim, and what every room needs to know of it."""

from __future__ import annotations

from datetime import date
from enum import Enum

from heller.model.finding import Locator
from heller.model.money import ZERO, Money
from heller.model.record_field import AnswerSet, choice, day, money, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text


class RulingKind(Enum):
    """What may be said of an item."""

    ACCEPT = "accept"
    CUT = "cut"  # to an amount, with a reason
    DOUBT = "doubt"  # nothing is agreed until a paper is there
    REFUSE = "refuse"  # with a ground


class CutReason(Enum):
    """Why less is agreed than was asked for; the codes of the answer file."""

    NOT_CAUSED = "not_caused"
    NOT_NEEDED = "not_needed"
    TOO_DEAR = "too_dear"
    TOO_LONG = "too_long"
    CAUGHT_UP = "caught_up"
    SAVED = "saved"
    MARGIN = "margin"
    METHOD = "method"
    BETTER = "better"
    TWICE = "twice"
    TAX = "tax"
    OWN_FAULT = "own_fault"
    NOT_PROVEN = "not_proven"
    LAW = "law"
    OTHER = "other"


class ItemRuling(RecordNoun, frozen=True, tag="item_ruling"):
    """One item of a claim as an answer rules on it. `item` is its key in the bundle, `title` and `asked` how it stands
    there; `agreed` is what of it is agreed. `paper` is what a doubt asks for, `until` the day by which; `ground` is the
    rule that a refusal names. `source` is the answer file and the place in it."""

    item: str
    title: str
    asked: Money
    kind: RulingKind
    on: date
    agreed: Money = ZERO
    reason: CutReason | None = None
    words: str = ""
    paper: str = ""
    until: date | None = None
    ground: str = ""
    source: Locator | None = None

    @property
    def disputed(self) -> Money:
        """What of the item is not agreed."""
        return self.asked - self.agreed


RULINGS: dict[RulingKind, Text] = {
    RulingKind.ACCEPT: text("accepted"),
    RulingKind.CUT: text("cut"),
    RulingKind.DOUBT: text("doubted"),
    RulingKind.REFUSE: text("refused"),
}
REASONS: dict[CutReason, Text] = {
    CutReason.NOT_CAUSED: text("the outage did not cause it"),
    CutReason.NOT_NEEDED: text("it was not needed"),
    CutReason.TOO_DEAR: text("it cost more than usual"),
    CutReason.TOO_LONG: text("the outage was shorter"),
    CutReason.CAUGHT_UP: text("it was caught up on later"),
    CutReason.SAVED: text("cost was saved"),
    CutReason.MARGIN: text("less would have been left of the takings"),
    CutReason.METHOD: text("another way to work it out"),
    CutReason.BETTER: text("the firm has something better than before"),
    CutReason.TWICE: text("it is asked for twice"),
    CutReason.TAX: text("VAT or other tax"),
    CutReason.OWN_FAULT: text("fault of the firm"),
    CutReason.NOT_PROVEN: text("it is not proven"),
    CutReason.LAW: text("the law grants less"),
    CutReason.OTHER: text("another reason"),
}
FIELDS = (
    words("item", text("Which item?"), listed=True),
    words("title", text("What it is called"), listed=True),
    money("asked", text("What was asked for"), listed=True),
    choice("kind", text("What is said of it?"), AnswerSet(RULINGS), listed=True),
    money("agreed", text("What is agreed"), listed=True),
    choice("reason", text("Why less?"), AnswerSet(REASONS)),
    day("on", text("On which day?")),
    day("until", text("By which day?")),
    prose("words", text("In words")),
    prose("paper", text("Which paper is asked for?")),
    words("ground", text("On which rule?")),
)
KIND = RecordKind(
    ItemRuling,
    text("What is said of single items"),
    "claim_answer",
    FIELDS,
    known_of=lambda record: record.on,
)
