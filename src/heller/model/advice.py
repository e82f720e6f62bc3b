"""What is said to the firm beside the sum: what is asked, what it should have done, who owes it an answer, and what an
early estimate was worth."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from heller.model.amount import Range
from heller.model.damage import NO_RULE, NormRef
from heller.model.finding import Locator
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.money import Money
from heller.model.text import Text


class Duty(Struct, frozen=True):
    """A duty of the injured firm to keep the damage low: when it was done, None where nothing shows it, and what
    it is worth (negative: what may come off)."""

    key: str
    text: Text
    done: bool | None
    norm: NormRef
    on: date | None = None
    worth: Range | None = None
    sources: tuple[Locator, ...] = ()


class Answer(Struct, frozen=True):
    """A possible answer to a question, and what would be due with it."""

    value: str
    label: Text
    due: Range


class Question(Struct, frozen=True):
    """A fact that is not stated: why it matters, and how far apart the sums lie that its answers give."""

    key: str
    label: Text
    why: Text
    worth: Money
    answers: tuple[Answer, ...] = ()


class OwedAnswer(Struct, frozen=True):
    """A letter that asked for an answer by a day, and none came; `late` are the days since."""

    said: str
    who: str
    sent: date
    until: date
    late: int


class AnswerNow(Struct, frozen=True):
    """An answer of the first estimate that papers have replaced: what was said, and what they say."""

    name: Text
    said: datetime | Decimal | Money
    now: datetime | Decimal | Money
    share: bool = False


class Against(Struct, frozen=True):
    """An early estimate beside what is worked out now: `then` is its loss of a day times the dead days. `replaced` are
    its answers that papers say otherwise by now."""

    made: QuickEstimate
    then: Range
    now: Range
    replaced: tuple[AnswerNow, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the present likely figure lies in the early range."""
        return self.then.low <= self.now.likely <= self.then.high


class CapAhead(Struct, frozen=True):
    """The cap that an estimate will meet, after how many working days the likely loss reaches it (None:
    never), and all that is to be said of it. `amount` is None where the law of that day is not known or sets none;
    `warning` is the rule by which unusually high damage must be warned of, `answer_by` the day by which an answer to
    such a warning may be asked for."""

    amount: Money | None
    norm: NormRef | None
    reached: int | None
    words: tuple[Text, ...]
    warning: NormRef = NO_RULE
    answer_by: date | None = None
