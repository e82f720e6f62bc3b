"""The facts of a case as values of their types: each is parsed once, and what cannot be used is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from heller.model.fact_spec import FactSpec
from heller.model.facts import FACTS, firm
from heller.model.finding import Finding, Weight
from heller.model.kinds.fact import Fact
from heller.model.text import text

T = TypeVar("T")


class Facts:
    """What is stated of a line; of a fact that was stated twice the last statement counts, one of the line itself
    before one of all, and one that holds since a later day before an earlier one.

    `findings` name what cannot be used, because it is no value of its kind or lies outside its range: it is
    left out, as if nobody had said it.
    """

    def __init__(self, stated: Iterable[Fact], line: str = "") -> None:
        self.said: dict[str, Fact] = {}
        of_line = [fact for fact in stated if fact.line in ("", line)]
        for fact in sorted(of_line, key=lambda fact: (fact.line != "", fact.since or date.min)):
            self.said.pop(fact.key, None)  # the last statement, in its place
            if fact.value:  # else nobody knows: it is open again
                self.said[fact.key] = fact
        self._values: dict[str, Any] = {}
        self.findings = tuple(self._parsed())

    def _parsed(self) -> Iterator[Finding]:
        for key, fact in self.said.items():
            if key not in FACTS:
                continue  # of a newer version: it is kept and shown as it stands
            try:
                self._values[key] = FACTS[key].parse(fact.value)
            except ValueError:
                yield Finding(
                    "fact.odd",
                    text(
                        "The fact {key} says '{value}'; that cannot be used and was left out.",
                        key=FACTS[key].label,
                        value=fact.value,
                    ),
                    text("Correct the fact."),
                    Weight.REFUSED,
                    fact.source,
                )

    def __getitem__(self, spec: FactSpec[T]) -> T | None:
        """The value of a fact; None where nobody stated one that can be used."""
        found: T | None = self._values.get(spec.key)
        return found

    @property
    def place(self) -> str | None:
        """The part of the country whose public holidays count, with a '+' where the municipality has the days of mainly
        Catholic places."""
        state = self[firm.STATE]
        return f"{state}+" if state and self[firm.LOCAL_HOLIDAYS] else state

    def statement(self, spec: FactSpec[Any]) -> Fact | None:
        """The record that states a usable value: its source and basis."""
        return self.said[spec.key] if spec.key in self._values else None

    def by_key(self, key: str) -> Any:
        """The value of a fact whose row is not known beforehand, in whatever type it has."""
        return self._values.get(key)
