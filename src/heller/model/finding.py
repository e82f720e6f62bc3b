"""Doubts travel as values beside the results; nothing is silently dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from msgspec import Struct

from heller.model.text import Text


class Weight(Enum):
    """How much a finding matters."""

    NOTE = "note"
    WARNING = "warning"
    REFUSED = "refused"


class Locator(Struct, frozen=True):
    """Where a value stands: which original, which member of it, which place, and its raw characters.

    `place` is one of `row 12`, `page 1`, an XPath, a header name; rows count from 1, the head included.
    """

    object: str
    place: str = ""
    raw: str = ""
    member: str = ""


class Finding(Struct, frozen=True):
    """A doubt about what was read or worked out: what, and what to do about it."""

    code: str
    text: Text
    do: Text | None = None
    weight: Weight = Weight.WARNING
    source: Locator | None = None


class Ground(Struct, frozen=True):
    """Something in the case that speaks for or against a fact, with its day and place."""

    text: Text
    on: date | None = None
    sources: tuple[Locator, ...] = ()


class AlikeFindings(Struct, frozen=True):
    """Findings of one code in the same words: one of them as the example, how many there are, where they all stand."""

    example: Finding
    count: int = 1
    sources: tuple[Locator, ...] = ()


FEW = 3  # alike findings up to here are shown one by one: what differs in them can be read


def alike(findings: Iterable[Finding]) -> tuple[AlikeFindings, ...]:
    """Findings as views show them: many of one code in the same words are one, in the order of the first.

    What is said twice of the same place counts once. Nothing else is left out: who wants each of them reads the
    findings themselves.
    """
    groups: dict[tuple[str, str, str, Weight], dict[str, Finding]] = {}
    for one in findings:
        key = (one.code, one.text.id, one.do.id if one.do else "", one.weight)
        groups.setdefault(key, {}).setdefault(repr(one), one)
    return tuple(
        shown
        for group in groups.values()
        for shown in (_one(tuple(group.values())) if len(group) > FEW else map(_alone, group.values()))
    )


def _one(group: tuple[Finding, ...]) -> tuple[AlikeFindings]:
    places = dict.fromkeys(one.source for one in group if one.source is not None)
    return (AlikeFindings(group[0], len(group), tuple(places)),)


def _alone(one: Finding) -> AlikeFindings:
    return AlikeFindings(one, 1, (one.source,) if one.source else ())
