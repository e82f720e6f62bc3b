"""Successions: a party that has another name since a day, by a merger, a takeover or a change of name."""

from __future__ import annotations

from datetime import date
from enum import Enum

from heller.model.finding import Locator
from heller.model.record_field import NOW, AnswerSet, RecordForm, choice, day, person, prose
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import Text, text


class SuccessionKind(Enum):
    """How one followed the other."""

    MERGER = "merger"
    TAKEOVER = "takeover"  # of the debt, by contract
    RENAMED = "renamed"


class WhoseName(Enum):
    """Whose name it is."""

    PROVIDER = "provider"
    FIRM = "firm"


class Succession(RecordNoun, frozen=True, tag="succession"):
    """Since the day `since` the party is called `name`. `known` is the day on which the firm learned of it; `party`
    says whether it is the provider or the firm, `debtor` which one of several ('': the provider of the case)."""

    since: date
    name: str
    address: str = ""
    how: SuccessionKind = SuccessionKind.MERGER
    party: WhoseName = WhoseName.PROVIDER
    known: date | None = None
    debtor: str = ""
    source: Locator | None = None


CHANGES: dict[SuccessionKind, Text] = {
    SuccessionKind.MERGER: text("Merger"),
    SuccessionKind.TAKEOVER: text("Takeover of the debt"),
    SuccessionKind.RENAMED: text("Change of name"),
}


WORDS = {
    "Verschmelzung": SuccessionKind.MERGER,
    "Schuldübernahme": SuccessionKind.TAKEOVER,
    "Umfirmierung": SuccessionKind.RENAMED,
}
SIDES: dict[WhoseName, Text] = {
    WhoseName.PROVIDER: text("The provider"),
    WhoseName.FIRM: text("The own firm"),
}


def _event(record: Succession) -> ChronologyEvent:
    return ChronologyEvent(
        record.since,
        "theirs" if record.party is WhoseName.PROVIDER else "ours",
        CHANGES[record.how],
        who=record.name,
        quoted=record.address,
        sources=(record.source,) if record.source else (),
    )


FIELDS = (
    day("since", text("Since when?"), default=NOW, listed=True),
    choice("how", text("How did it come?"), AnswerSet(CHANGES, WORDS), listed=True),
    person("name", text("New name"), listed=True),
    prose("address", text("New address")),
    choice("party", text("Whose name is it?"), AnswerSet(SIDES)),
    day("known", text("When did the firm learn of it?")),
    person("debtor", text("Former name, if not that of the provider"), needed=False),
)
FORMS = (
    RecordForm("succession", 93, text("A party that has another name"), ("name",), german="rechtsnachfolge"),
)
KIND = RecordKind(
    Succession,
    text("Successions of a party"),
    "notes",
    FIELDS,
    FORMS,
    event_of=_event,
    known_of=lambda record: record.known or record.since,
)
