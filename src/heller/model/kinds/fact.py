"""Facts: what every room needs to know of them."""

from __future__ import annotations

from heller.model.facts import FACTS
from heller.model.finding import Locator
from heller.model.record_kind import NOBODY, RecordKind, RecordNoun
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
    return (label, record.value)


KIND = RecordKind(Fact, text("Facts"), "facts", _line, NOBODY)
