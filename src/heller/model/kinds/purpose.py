"""Purposes of receipts: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from heller.model.finding import Locator
from heller.model.heads import HEADS, RECEIPT_HEADS
from heller.model.record_field import AnswerSet, RecordForm, choice, prose, share, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text


class PaidBy(Enum):
    """How a receipt was paid."""

    BANK = "bank"  # the account shows it
    CASH = "cash"
    SET_OFF = "set_off"  # against an own bill
    WITHHELD = "withheld"  # kept back from what was owed


class Purpose(RecordNoun, frozen=True, tag="purpose"):
    """A person's decision what a receipt is for: which head, which share, what is left of its worth,
    which share of it would have been bought without the outage too (`anyway`), and how it was paid.

    A head under which no receipt counts is the word of a list as it stands there: it decides nothing, and is asked.
    """

    invoice: str
    head: str
    share: Decimal
    reason: str
    residual: Decimal = Decimal(0)
    source: Locator | None = None
    anyway: Decimal = Decimal(0)
    paid: PaidBy = PaidBy.BANK

    @property
    def decides(self) -> bool:
        """Whether receipts count under its head, or it says that this one belongs to none."""
        return self.head in NAMES


NO_HEAD = "none"
NO_HEAD_WORDS = ("privat/ohne", "privat", "ohne")
NAMES = {key: HEADS[key].title for key in RECEIPT_HEADS} | {NO_HEAD: text("No head of loss")}
WORDS = {word: key for key, head in HEADS.items() for word in (*head.words, key)} | dict.fromkeys(
    NO_HEAD_WORDS, NO_HEAD
)
HEAD_ANSWERS = AnswerSet(NAMES, WORDS)
PAID_ANSWERS = AnswerSet(
    {
        PaidBy.BANK: text("by bank"),
        PaidBy.CASH: text("in cash"),
        PaidBy.SET_OFF: text("set off against an own bill"),
        PaidBy.WITHHELD: text("kept back from what was owed"),
    },
    {
        "Überweisung": PaidBy.BANK,
        "Bank": PaidBy.BANK,
        "bar": PaidBy.CASH,
        "Barzahlung": PaidBy.CASH,
        "verrechnet": PaidBy.SET_OFF,
        "Aufrechnung": PaidBy.SET_OFF,
        "einbehalten": PaidBy.WITHHELD,
    },
)


def _faults(record: Purpose) -> Iterator[tuple[str, Text]]:
    if not record.decides:
        title = HEADS[record.head].title if record.head in HEADS else record.head
        yield (
            "head",
            text("'{head}' is not paid by receipt; it is worked out from other records.", head=title),
        )


FIELDS = (
    words("invoice", text("Which receipt?"), hint=text("Its number"), listed=True),
    choice("head", text("Which head of loss?"), HEAD_ANSWERS, listed=True),
    share("share", text("Share of it that is due to the outage"), default="100 %", listed=True),
    share("residual", text("Share of its worth that is left"), default="0 %"),
    share("anyway", text("Share that would have been bought without the outage too"), default="0 %"),
    choice("paid", text("How was it paid?"), PAID_ANSWERS, default=PaidBy.BANK.value),
    prose("reason", text("Why?"), needed=False, listed=True),
)
FORMS = (
    RecordForm("purpose", 30, text("What a receipt is for"), ("invoice", "head", "reason"), german="beleg"),
)
KIND = RecordKind(
    Purpose, text("Purposes of receipts"), "purposes", FIELDS, FORMS, faults=_faults, timeless=True
)
