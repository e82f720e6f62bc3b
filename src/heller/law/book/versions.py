"""Formulas of law that hold from one day to another: a change of law is a second function, never an `if`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, ParamSpec, TypeVar

from heller.law.book.refusals import BeyondTheData

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class DatedRule(Generic[P, R]):
    """A formula with the days it holds on (both included; None: still)."""

    run: Callable[P, R]
    since: date
    until: date | None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Apply it."""
        return self.run(*args, **kwargs)

    def holds(self, on: date) -> bool:
        """Whether the formula counts on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


def in_force(*, since: str, until: str | None = None) -> Callable[[Callable[P, R]], DatedRule[P, R]]:
    """Mark a function with the days it holds on, as ISO dates."""

    def mark(run: Callable[P, R]) -> DatedRule[P, R]:
        return DatedRule(run, date.fromisoformat(since), date.fromisoformat(until) if until else None)

    return mark


def choose(on: date, versions: Sequence[DatedRule[P, R]]) -> DatedRule[P, R]:
    """The formula that counts on a day. Raises BeyondTheData where none does."""
    for version in versions:
        if version.holds(on):
            return version
    name = versions[0].run.__name__
    raise BeyondTheData(name, on, versions[0].since, versions[-1].until)
