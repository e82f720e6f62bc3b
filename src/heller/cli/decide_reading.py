"""heller decide-reading: a person's answer to what waits in the inbox, as an entry of the journal."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.cli.echoed import echoed
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 70
VERB = text("Say what a document says, whether it was read or not; tell doubles apart; withdraw an exhibit.")


def run(
    case: CaseFolder,
    exhibit: Annotated[str, Parameter(help=tr("The exhibit, for example K7 or 7."))],
    words: Annotated[
        list[str],
        Parameter(
            help=tr(
                "confirm; or values, such as kind=invoice gross=119,00 date=04.02.2015 purpose=HEAD; or leave WHY; "
                "or same K5, apart K5 for two exhibits that may be one receipt; "
                "or replaces K5, adds K5, signed K5 for a list that says what another one says; "
                "or take 2, drop 2 for what it states as a fact or a contact; or withdraw WHY, restore WHY."
            )
        ),
    ],
    *,
    who: Annotated[str, Parameter(help=tr("Who looked at it; your login name if left out."))] = "",
    member: Annotated[
        str | None, Parameter(help=tr("The file inside the exhibit, where it holds several receipts."))
    ] = None,
    reason: Annotated[str, Parameter(help=tr("Why, in a sentence."))] = "",
) -> None:
    """Say what a document says, leave it out, tell doubles apart, withdraw an exhibit or restore it."""
    echoed(case, lambda: _decide(case, exhibit_number(exhibit), words, who or _login(), member, reason))


def _decide(case: Path, number: int, words: list[str], person: str, member: str | None, reason: str) -> int:
    """Write the decision down; returns its entry."""
    verb, rest = words[0].casefold(), words[1:]
    if verb in ("withdraw", "restore"):
        change = casefile.restore if verb == "restore" else casefile.correct
        return change(case, casefile.target(case, f"K{number}"), " ".join(rest) or reason)
    if verb in ("same", "apart", "replaces", "adds", "signed"):
        if len(rest) != 1:
            raise _refused()
        entry = casefile.twins(case, number, exhibit_number(rest[0]), person, what=verb, reason=reason)
    elif verb in ("take", "drop"):
        entry = _stated(case, number, verb, rest, person, reason)
    elif verb == "leave":
        entry = casefile.leave(case, number, person, " ".join(rest) or reason, member=member)
    else:
        said = _values(words if verb != "confirm" else rest)
        entry = casefile.give(case, number, said, person, member=member, reason=reason)
    return entry


def _stated(case: Path, number: int, verb: str, rest: list[str], who: str, reason: str) -> int:
    """Take over or drop one proposal of an exhibit."""
    if len(rest) != 1 or not rest[0].isdecimal() or len(rest[0]) > 6:
        raise _refused()
    if verb == "drop":
        return casefile.drop(case, number, int(rest[0]), who, reason=reason)
    return casefile.take(case, number, int(rest[0]), who)


def _values(words: list[str]) -> dict[str, str]:
    said = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise _refused()
        said[name.strip().casefold()] = value
    return said


def exhibit_number(raw: str) -> int:
    """The number of an exhibit, written as K7, K 7 or 7. Raises InputRefused."""
    bare = raw.strip().upper().removeprefix("K").strip()
    if not bare.isdecimal() or len(bare) > 9:
        raise InputRefused(
            text("{raw} is no exhibit.", raw=raw),
            text("Nothing was written; the case is as it was."),
            text("Write it as K7. See what waits with: heller inbox CASE"),
        )
    return int(bare)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a machine without users
        return ""


def _refused() -> InputRefused:
    return InputRefused(
        text("It is not said what to decide."),
        text("Nothing was written; the case is as it was."),
        text("Write confirm, or values such as gross=119,00, or leave WHY, or same K5, or apart K5."),
    )
