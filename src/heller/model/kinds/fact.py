"""Facts: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heller.model.facts import FACTS, FactSpec
from heller.model.finding import Locator
from heller.model.record_field import AnswerSet, RecordForm, choice, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Fact(RecordNoun, frozen=True, tag="fact"):
    """One stated fact of the case, in canonical form (see `heller.model.facts`), with its source; `line` names the one
    line that it is about ('': all that say nothing else)."""

    key: str
    value: str
    basis: str = ""
    source: Locator | None = None
    line: str = ""


def _line(record: Fact) -> tuple[object, ...]:
    label = FACTS[record.key].label if record.key in FACTS else record.key
    return (label, record.value, record.line)


def _form_of(typed: Mapping[str, str]) -> FactSpec[Any] | None:
    return FACTS.get(typed.get("key", ""))


LABELS = {key: spec.label for key, spec in FACTS.items()}
WORDS = {word: spec.key for spec in FACTS.values() for word in (spec.german, spec.key)}
FIELDS = (
    choice("key", text("Which fact?"), AnswerSet(LABELS, WORDS)),
    prose("value", text("Value"), hint=text("The form depends on the fact"), form_of=_form_of),
    prose("basis", text("Where does it come from?"), hint=text("For example: contract of 3 May 2012")),
    words("line", text("Which line?")),
)
FORMS = (
    RecordForm(
        "fact", 20, text("State a fact of the case."), ("key", "value"), ("basis", "line"), german="angabe"
    ),
)
KIND = RecordKind(Fact, text("Facts"), "facts", FIELDS, FORMS, line_of=_line)
