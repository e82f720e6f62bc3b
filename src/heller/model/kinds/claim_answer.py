"""Answers of the other side to a bundle, and what every room needs to know of them."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import day, money, number, person, prose, words
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import text


class ClaimAnswer(RecordNoun, frozen=True, tag="claim_answer"):
    """What the other side answered to one bundle, on a day. What it says of each item stands in the `ItemRuling` of the
    same file.

    `bundle` is the SHA-256 of the ZIP file, `head` and `entries` the journal in it: its last line and how many it has.
    `before` is the SHA-256 of the answer of the round before ('' in the first). `key` is the public Ed25519 key that
    signed it, in base64 ('': none did). `offer` is what is offered for everything, until a day.
    """

    bundle: str
    head: str
    entries: int
    on: date
    by: str
    round: int = 1
    before: str = ""
    key: str = ""
    words: str = ""
    offer: Money | None = None
    until: date | None = None
    source: Locator | None = None

    @property
    def file(self) -> str:
        """The SHA-256 of the answer file."""
        return self.source.object if self.source is not None else ""


def _event(record: ClaimAnswer) -> ChronologyEvent:
    return ChronologyEvent(
        record.on,
        "theirs",
        text("Answer to the claim, round {n}", n=record.round),
        who=record.by,
        quoted=record.words,
        amount=record.offer,
        sources=(record.source,) if record.source else (),
    )


FIELDS = (
    day("on", text("On which day?"), listed=True),
    person("by", text("Who answers?"), listed=True),
    number("round", text("Which round?"), listed=True),
    words("bundle", text("SHA-256 of the bundle")),
    words("head", text("Last line of its journal")),
    words("before", text("SHA-256 of the answer before")),
    words("key", text("Key that signed it")),
    money("offer", text("What is offered for everything")),
    day("until", text("Date that was set or promised")),
    prose("words", text("In words")),
)
KIND = RecordKind(
    ClaimAnswer,
    text("Answers to the claim"),
    "claim_answer",
    FIELDS,
    event_of=_event,
    known_of=lambda record: record.on,
)
