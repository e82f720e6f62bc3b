"""Facts: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from heller.model.facts import FACTS, FactSpec
from heller.model.finding import Locator
from heller.model.record_field import AnswerSet, RecordForm, choice, day, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text
from heller.model.value_form import ValueKind


class Fact(RecordNoun, frozen=True, tag="fact"):
    """One stated fact of the case, in canonical form (see `heller.model.facts`), with its source; `line` names the one
    line that it is about ('': all that say nothing else).

    It holds from the day `since` on (None: always), and was `known` on a day (None: from the beginning).
    """

    key: str
    value: str
    basis: str = ""
    source: Locator | None = None
    line: str = ""
    since: date | None = None
    known: date | None = None


def _line(record: Fact) -> tuple[object, ...]:
    spec = FACTS.get(record.key)
    return (
        (record.key, record.value, record.line)
        if spec is None
        else (spec.label, _said(spec, record), record.line)
    )


def _said(spec: FactSpec[Any], record: Fact) -> object:
    """The value as it is said to people; as it stands where it cannot be read."""
    try:
        found: object = spec.parse(record.value)
    except ValueError:
        return record.value
    match spec.kind:
        case ValueKind.YES_NO:
            return text("yes") if found else text("no")
        case ValueKind.SHARE:
            return text("{share:percent}", share=found)  # type: ignore[arg-type]  # a Decimal by its kind
        case ValueKind.DATE | ValueKind.MOMENT | ValueKind.MONEY:
            return found
    return record.value


def _form_of(typed: Mapping[str, str]) -> FactSpec[Any] | None:
    return FACTS.get(typed.get("key", ""))


LABELS = {key: spec.label for key, spec in FACTS.items()}
WORDS = {word: spec.key for spec in FACTS.values() for word in (spec.german, spec.key)}
FIELDS = (
    choice("key", text("Which fact?"), AnswerSet(LABELS, WORDS)),
    prose("value", text("Value"), hint=text("The form depends on the fact"), form_of=_form_of),
    prose("basis", text("Where does it come from?"), hint=text("For example: contract of 3 May 2012")),
    words("line", text("Which line?")),
    day("since", text("From which day on does it hold?")),
    day("known", text("On which day was it known?")),
)
FORMS = (
    RecordForm(
        "fact",
        20,
        text("State a fact of the case."),
        ("key", "value"),
        ("basis", "line", "since", "known"),
        german="angabe",
    ),
)


def _known_since(record: Fact) -> date | datetime | None:
    """From when on it is there: known, and holding; a fact that is a day itself is not known before that day, unless it
    was agreed ahead."""
    spec = FACTS.get(record.key)
    said = max((day for day in (record.known, record.since) if day is not None), default=None)
    if said is not None or spec is None or spec.ahead or spec.kind not in (ValueKind.DATE, ValueKind.MOMENT):
        return said
    try:
        found: date | datetime = spec.parse(record.value)
    except ValueError:
        return None
    return found


KIND = RecordKind(Fact, text("Facts"), "facts", FIELDS, FORMS, line_of=_line, known_of=_known_since)
