"""The rules themselves: one by its id, or all that were in force on a day, with text, source and mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from heller.law.book.answer import Figure, LawAnswer, Table
from heller.law.book.rules import USABLE, Mark, Rule, Rulebook, Value, Version
from heller.model.errors import InputRefused
from heller.model.text import Arg, Text, text

OF_A_RULING = "the facts of the ruling"  # what selects it, in the words of the rule books
SHOWN = 4  # citations of a source; all of them are in the figures
MARKS: Mapping[Mark, Text] = {
    Mark.VS: text("read in the text of the statute"),
    Mark.VP: text("read on a public page: a ruling, a publisher, an authority"),
    Mark.CALC: text("computed from verified numbers"),
    Mark.INF: text("an inference: shown, never added into a sum"),
    Mark.UNVERIFIED: text("not verified: shown, never added into a sum"),
}


def rule(book: Rulebook, id: str, on: date | None = None) -> LawAnswer:
    """One rule by its id, whatever its case and spaces; with `on` only the version of that day.

    Raises NoSuchRule, and with `on` NotInForce or BeyondTheData.
    """
    found = _rule(book, id)
    versions = found.versions if on is None else (found.on(on),)
    verified = found.mark in USABLE
    return LawAnswer(
        head=text("{cite}: {what}", cite=found.cite, what=Text(found.what)),
        figures={**_row(found), "versions": tuple(_version(one) for one in versions)},
        lines=tuple(_line(one) for one in versions),
        table=Table(
            (text("In force from"), text("until"), text("What it says")),
            tuple((one.since, _until(one), _values(one)) for one in versions),
        ),
        under=(
            text("Mark {mark}: {meaning}.", mark=found.mark.value, meaning=MARKS[found.mark]),
            *((text("Open: {what}", what=Text(found.open)),) if found.open else ()),
            text("Which version counts: {day}.", day=Text(found.selected_by)),
            text("For: {whom}.", whom=_in_a_row(Text(one) for one in found.for_whom)),
        ),
        notes=(
            text("The source was read as of {day}.", day=found.known_until),
            *((text("After its last day: {id}.", id=found.successor),) if found.successor else ()),
            *((text("See also: {ids}.", ids=", ".join(found.see)),) if found.see else ()),
            *(() if verified else (text("It may be shown as a reading; it is never added into a sum."),)),
        ),
        sources=(found.norm,),
    )


def rules(book: Rulebook, on: date | None = None, find: str = "") -> LawAnswer:
    """All rules, or those in force on a day, or those in whose id, citation or words `find` occurs.

    Raises InputRefused where none is left.
    """
    whole = book.rules.values()
    held = [one for one in whole if (on is None or _in_force(one, on)) and _has(one, find)]
    if not held:
        raise InputRefused(
            what=text("No rule fits."),
            why=text("An empty list would look as if nothing was known of this law."),
            do=text("Leave --find or --on out, or choose another word or day."),
        )
    open_ones = sum(one.mark not in USABLE for one in held)
    old = unread(held, on) if on else ()
    return LawAnswer(
        head=text("{n} rules, {m} of them not verified.", n=len(held), m=open_ones)
        if on is None
        else text("{n} rules in force on {day}, {m} of them not verified.", n=len(held), day=on, m=open_ones),
        figures={
            "count": len(held),
            "rules": tuple(_row(one) for one in held),
            "to_check": tuple({"read": one.read, "source": one.source, "rules": one.rules} for one in old),
        },
        lines=(),
        table=Table(
            (text("Id"), text("Mark"), text("Citation"), text("What it says")),
            tuple((r.id, r.mark.value, r.cite, Text(r.what)) for r in held),
        ),
        under=tuple(
            text("{mark}: {n} rules, {meaning}.", mark=mark.value, n=n, meaning=said)
            for mark, said in MARKS.items()
            if (n := sum(one.mark is mark for one in held))
        ),
        notes=(
            text("One rule with its versions and source: heller law rule ID"),
            *map(_to_check, old),
        ),
        sources=(),
    )


class Unread(Struct, frozen=True):
    """A source that a person must look at: the day on which it was last read, and what rests on it."""

    read: date
    source: str
    rules: tuple[str, ...]


def unread(rules: Iterable[Rule], on: date) -> tuple[Unread, ...]:
    """The sources of figures and periods that were last read before a day, the oldest first. What bears no figure moves
    no sum, and a ruling stays what it was."""
    found: dict[tuple[date, str], list[str]] = {}
    for one in rules:
        bears = one.selected_by != OF_A_RULING and any(version.values for version in one.versions)
        if bears and one.known_until < on:
            found.setdefault((one.known_until, one.source), []).append(one.cite)
    return tuple(Unread(*at, tuple(dict.fromkeys(cites))) for at, cites in sorted(found.items()))


def _to_check(one: Unread) -> Text:
    return text(
        "Last read on {day}: {source}. See there whether anything changed since; it bears {rules}, {n} rules in all.",
        "Last read on {day}: {source}. See there whether anything changed since; it bears {rules}.",
        day=one.read,
        source=one.source,
        rules=", ".join(one.rules[:SHOWN]),
        n=len(one.rules),
    )


def _rule(rules: Rulebook, id: str) -> Rule:
    wanted = _plain(id)
    known = next((known for known in rules.rules if _plain(known) == wanted), id)
    return rules.rule(known)


def _plain(said: str) -> str:
    return "".join(said.split()).lower()


def _has(one: Rule, find: str) -> bool:
    wanted = _plain(find)
    return any(wanted in _plain(said) for said in (one.id, one.cite, one.what))


def _in_force(one: Rule, on: date) -> bool:
    return any(version.holds(on) for version in one.versions)


def _row(one: Rule) -> Mapping[str, Figure]:
    return {
        "id": one.id,
        "cite": one.cite,
        "what": Text(one.what),
        "mark": one.mark.value,
        "verified": one.mark in USABLE,
        "open": Text(one.open) if one.open else "",
        "source": one.source,
        "selected_by": Text(one.selected_by),
        "for_whom": tuple(Text(whom) for whom in one.for_whom),
        "since": one.versions[0].since,
        "until": one.versions[-1].until,
        "known_until": one.known_until,
        "successor": one.successor,
        "see": one.see,
    }


def _version(one: Version) -> Mapping[str, Figure]:
    values: Mapping[str, Figure] = {key: _figure(value) for key, value in one.values.items()}
    return {"since": one.since, "until": one.until, "reference": one.reference, "values": values}


def _figure(value: Value) -> Figure:
    return value if isinstance(value, str) else tuple(_figure(inner) for inner in value)


def _until(one: Version) -> Arg:
    return one.until or text("still in force")


def _line(one: Version) -> Text:
    return text("{since} to {until}: {values}", since=one.since, until=_until(one), values=_values(one))


def _values(one: Version) -> Arg:
    """The values as they stand in the file: 'cap = 12500.00'."""
    if not one.values:
        return text("no figure")
    said = "; ".join(f"{key} = {_flat(value)}" for key, value in one.values.items())
    return f"{said} ({one.reference})" if one.reference else said


def _flat(value: Value) -> str:
    if isinstance(value, str):
        return value
    return " ".join(f"[{_flat(inner)}]" if isinstance(inner, list) else inner for inner in value)


def _in_a_row(words: Iterable[Text]) -> Text:
    held = list(words)
    out = held[0]
    for one in held[1:]:
        out = text("{some}, {more}", some=out, more=one)
    return out
