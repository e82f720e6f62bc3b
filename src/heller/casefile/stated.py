"""Every fact that somebody stated, with who said it when: contradictions stand against each other. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from heller.model.case import Case
from heller.model.facts import FACTS
from heller.model.kinds.fact import Fact
from heller.model.text import Text, text


class Statement(Struct, frozen=True):
    """A fact as it was stated once: in which entry and exhibit (0: by hand), when it came into the case, and whether it
    is the one that counts."""

    fact: Fact
    entry: int
    exhibit: int
    at: datetime | None
    counts: bool


class StatedFact(Struct, frozen=True):
    """One fact with all its statements, the oldest first."""

    key: str
    statements: tuple[Statement, ...]

    @property
    def contradicted(self) -> bool:
        """Whether two statements differ."""
        return len({(one.fact.line, one.fact.value) for one in self.statements if one.fact.value}) > len(
            {one.fact.line for one in self.statements if one.fact.value}
        )

    @property
    def newer_file(self) -> Statement | None:
        """A file that came after the note that counts and says otherwise."""
        counts = next((one for one in self.statements if one.counts and not one.exhibit), None)
        if counts is None:
            return None
        later = (one for one in self.statements if one.exhibit and one.entry > counts.entry)
        return next(
            (
                one
                for one in later
                if one.fact.value != counts.fact.value and one.fact.line == counts.fact.line
            ),
            None,
        )


def stated(case: Case) -> tuple[StatedFact, ...]:
    """Every stated fact in the order in which it was first stated."""
    found: dict[str, list[Statement]] = {}
    in_force = {id(fact) for fact in case.facts.said.values()}
    for exhibit in case.exhibits:
        for record in exhibit.reading.records:
            if isinstance(record, Fact):
                one = Statement(
                    record, exhibit.entry, exhibit.number, exhibit.taken_in, id(record) in in_force
                )
                found.setdefault(record.key, []).append(one)
    for noted, entry in zip(case.noted, case.noted_in, strict=True):
        if isinstance(noted, Fact):
            at = case.brackets[entry].wall if entry < len(case.brackets) else None
            found.setdefault(noted.key, []).append(Statement(noted, entry, 0, at, id(noted) in in_force))
    return tuple(StatedFact(key, tuple(sorted(said, key=lambda s: s.entry))) for key, said in found.items())


Say = Callable[[Text], str]


def value_of(said: Statement, say: Say) -> str:
    """The value of a statement, and the line that it is about."""
    value = said.fact.value or say(text("nobody knows"))
    return f"{value} ({said.fact.line})" if said.fact.line else value


def source_of(said: Statement, say: Say) -> str:
    """Where a statement stands."""
    where = text("K {n}", n=said.exhibit) if said.exhibit else text("entry {n}", n=said.entry)
    return f"{say(where)} {said.fact.basis}".strip()


def doubts(one: StatedFact, say: Say) -> list[Text]:
    """What is asked of a fact: statements that differ, and a file that came after the note that counts."""
    label = FACTS[one.key].label if one.key in FACTS else Text(one.key)
    found = []
    if one.contradicted:
        values = ", ".join(
            f"{value_of(s, say)} ({source_of(s, say)})" for s in one.statements if s.fact.value
        )
        found.append(
            text(
                "{name} is stated in different ways: {values}. The last statement counts.",
                name=label,
                values=values,
            )
        )
    if (later := one.newer_file) is not None:
        found.append(
            text(
                "K {n} came after the note on {name} and says {value}. Which is right? heller note CASE fact {key} "
                "VALUE",
                n=later.exhibit,
                name=label,
                value=later.fact.value,
                key=one.key,
            )
        )
    return found
