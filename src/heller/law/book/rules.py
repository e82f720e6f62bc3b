"""Rules of law as dated data: loads a country's folder of TOML, and refuses what the data do not carry.

It knows no country, computes no amount and never decides which day selects a version: the caller does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from heller.law.book.refusals import (
    BeyondTheData,
    NoSuchRule,
    NotInForce,
    NotUsable,
    RulesBroken,
)
from heller.model.damage import NormRef
from heller.model.money import Money

Value: TypeAlias = "str | list[str] | list[list[str]]"


class Mark(Enum):
    """How a rule was verified; only the first three may be printed in a letter or added into a sum."""

    VS = "VS"  # read in the text of the statute
    VP = "VP"  # read on a public page: a ruling, a publisher, an authority
    CALC = "CALC"  # computed from verified numbers
    INF = "INF"  # an inference
    UNVERIFIED = "UNVERIFIED"  # from memory, or an open reading


USABLE = frozenset({Mark.VS, Mark.VP, Mark.CALC})


class Version(Struct, frozen=True):
    """What a rule says from `since` to `until` (both days included; None: still in force)."""

    since: date
    until: date | None
    values: Mapping[str, Value]
    reference: str = ""

    def holds(self, on: date) -> bool:
        """Whether this version counts on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def number(self, key: str) -> Decimal:
        """A value as an exact number. Raises KeyError where the version has none."""
        value = self.values[key]
        if not isinstance(value, str):
            raise TypeError(f"{key} is a list")
        return Decimal(value)

    def money(self, key: str) -> Money:
        """A value in whole units as money."""
        return Money.of(self.number(key))

    def row(self, key: str) -> tuple[Decimal, ...]:
        """One row of numbers."""
        return tuple(Decimal(cell) for cell in self.values[key] if isinstance(cell, str))

    def rows(self, key: str) -> tuple[tuple[Decimal, ...], ...]:
        """A table of numbers, row by row."""
        return tuple(tuple(Decimal(cell) for cell in row) for row in self.values[key])


class Rule(Struct, frozen=True):
    """One rule: how it is cited, what it says, where it was read, which day selects its version."""

    id: str
    cite: str
    what: str
    mark: Mark
    source: str
    selected_by: str
    for_whom: tuple[str, ...]
    versions: tuple[Version, ...]
    known_until: date  # the day up to which the source was read
    successor: str = ""
    see: tuple[str, ...] = ()
    open: str = ""  # what about it is not verified, or not known
    heads: tuple[str, ...] = ()  # the heads of loss that it grants or refuses

    @property
    def norm(self) -> NormRef:
        """The rule as it is cited."""
        return NormRef(self.id, self.cite, self.mark.value, self.source)

    def holds(self, day: date) -> bool:
        """Whether a version of it is in force on a day."""
        return any(version.holds(day) for version in self.versions)

    def on(self, day: date) -> Version:
        """The version in force on a day. Raises NotInForce or BeyondTheData."""
        for version in self.versions:
            if version.holds(day):
                return version
        first, last = self.versions[0].since, self.versions[-1].until
        if self.successor and last and day > last:
            raise NotInForce(self.id, day, self.successor)
        raise BeyondTheData(self.id, day, first, last)


class Rulebook(Struct, frozen=True, dict=True):
    """All rules of a country by id."""

    country: str
    rules: Mapping[str, Rule]

    def rule(self, id: str) -> Rule:
        """A rule by its id. Raises NoSuchRule."""
        if id not in self.rules:
            raise NoSuchRule(id, self.country)
        return self.rules[id]

    def in_force(self, id: str, on: date) -> Version:
        """What a rule says on a day. Raises NoSuchRule, NotInForce, BeyondTheData."""
        return self.rule(id).on(on)

    def for_sum(self, id: str, on: date) -> Version:
        """Like `in_force`, for amounts that are added: raises NotUsable for INF and UNVERIFIED."""
        return usable(self.rule(id)).on(on)

    def norm(self, id: str) -> NormRef:
        """A rule as it is cited, with its mark. Raises NoSuchRule."""
        return self.rule(id).norm

    def open_norm(self, id: str) -> NormRef:
        """A rule whose wording is verified while its use here is an open reading: shown, never summed."""
        return replace(self.norm(id), mark=Mark.UNVERIFIED.value)

    def norms(self, *ids: str) -> tuple[NormRef, ...]:
        """Some rules as they are cited."""
        return tuple(self.norm(id) for id in ids)

    @cached_property
    def granting(self) -> Mapping[str, str]:
        """Which rule a head of loss rests on, as the rules' own rows say it."""
        return {head: rule.id for rule in self.rules.values() for head in rule.heads}

    def begins(self, on: date, id: str) -> None:
        """Refuse a day before a rule's data. Raises BeyondTheData."""
        found = self.rule(id)
        if on < found.versions[0].since:
            found.on(on)

    def known_until(self, ids: Iterable[str]) -> Rule:
        """Of some rules the one whose source was read first."""
        return min(map(self.rule, ids), key=lambda one: one.known_until)


class _Act(Struct, frozen=True, forbid_unknown_fields=True):
    """What the rules of one act share in a file."""

    since: date
    source: str
    selected_by: str
    for_whom: tuple[str, ...]
    known_until: date
    until: date | None = None


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as it stands in a file; what is empty comes from its act."""

    act: str
    cite: str
    what: str
    mark: Mark
    source: str = ""
    selected_by: str = ""
    for_whom: tuple[str, ...] = ()
    successor: str = ""
    see: tuple[str, ...] = ()
    open: str = ""
    heads: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    version: tuple[dict[str, Any], ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    act: dict[str, _Act]
    rule: dict[str, _Entry]


def usable(rule: Rule) -> Rule:
    """The same rule, if it may be used in a sum. Raises NotUsable for INF and UNVERIFIED."""
    if rule.mark not in USABLE:
        raise NotUsable(rule.id, rule.mark.value)
    return rule


def may_be_summed(norm: NormRef) -> bool:
    """Whether an amount that rests on this norm may be added into a sum."""
    return norm.mark in {mark.value for mark in USABLE}


def load(country: str, files: Mapping[str, str]) -> Rulebook:
    """The rules of a country from the text of its TOML files, by file name. Raises RulesBroken."""
    rules: dict[str, Rule] = {}
    for name, content in sorted(files.items()):
        try:
            read = convert(tomllib.loads(content), _File)
            for id, entry in read.rule.items():
                if id in rules:
                    raise ValueError(f"{id} stands in two places")
                rules[id] = _rule(id, entry, read.act[entry.act])
        except KeyError as missing:
            raise RulesBroken(name, f"no act {missing}") from None
        except (tomllib.TOMLDecodeError, ValidationError, ValueError, TypeError) as problem:
            raise RulesBroken(name, str(problem)) from None
    for rule in rules.values():
        for other in (*rule.see, *filter(None, [rule.successor])):
            if other not in rules:
                raise RulesBroken(rule.id, f"it points to {other}, which does not exist")
    heads = [head for rule in rules.values() for head in rule.heads]
    if twice := sorted({head for head in heads if heads.count(head) > 1}):
        raise RulesBroken(country, f"more than one rule grants {', '.join(twice)}")
    return Rulebook(country, rules)


def load_folder(country: str, folder: Path) -> Rulebook:
    """The rules of a country from a folder of TOML files."""
    return load(country, {path.name: path.read_text("utf-8") for path in folder.glob("*.toml")})


def _rule(id: str, entry: _Entry, act: _Act) -> Rule:
    source = entry.source or act.source
    if not source.strip() or not entry.cite.strip():
        raise ValueError(f"{id} has no source or no citation")
    versions = tuple(_version(id, row) for row in entry.version) or (
        Version(entry.since or act.since, entry.until or act.until, {}),
    )
    _check_order(id, versions)
    return Rule(
        id=id,
        cite=entry.cite,
        what=entry.what,
        mark=entry.mark,
        source=source,
        selected_by=entry.selected_by or act.selected_by,
        for_whom=entry.for_whom or act.for_whom,
        versions=versions,
        known_until=act.known_until,
        successor=entry.successor,
        see=entry.see,
        open=entry.open,
        heads=entry.heads,
    )


def _version(id: str, row: Mapping[str, Any]) -> Version:
    values = {key: value for key, value in row.items() if key not in {"since", "until", "reference"}}
    for key, value in values.items():
        if any(not isinstance(leaf, str) for leaf in _leaves(value)):
            raise ValueError(f"{id}: {key} must be written as a string, so that no float touches it")
    return Version(row["since"], row.get("until"), values, row.get("reference", ""))


def _leaves(value: object) -> Iterable[object]:
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _check_order(id: str, versions: tuple[Version, ...]) -> None:
    for before, after in pairwise(versions):
        if before.until is None or before.until >= after.since:
            raise ValueError(f"{id}: the version of {after.since} begins before the one before it ends")
