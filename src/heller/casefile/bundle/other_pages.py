"""The pages of a dossier that another version typeset, compared as words: with the claim that lies beside them, and
with the pages that this version makes of the same journal.

Another version may say things in other words, so most of it is named and left to the eye. Only what no Heller states
or puts there is a breach.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from heller.casefile.bundle.printed_figures import (
    Printed,
    absent,
    printed,
    strange,
    strange_hints,
    strange_lines,
)
from heller.journal.checking.verify import Verified
from heller.journal.entry import Breach
from heller.model.text import Text, text

CLAIM = "data/claim.json"
FEW = 5  # strange sums, days, lines that are named one by one
SHORT = 80  # letters of a line that are quoted


def compared(
    name: str, found: Verified, again: memoryview
) -> tuple[tuple[Text, ...], list[Breach], list[Breach]]:
    """What is to be compared by eye; what does not hold; what lies in the pages that no Heller puts there."""
    try:
        given = printed(found.get(name))
    except ValueError:
        return (), [Breach(name, text("It is no PDF."))], []
    known = printed(bytes(again))
    said = (*_figures(given, known, _told(found)), *_lines(given, known), *_beside(given, known))
    return said, list(_unlike(name, found, given)), _foreign(name, found, given)


def unlike_its_claim(name: str, found: Verified) -> list[Breach]:
    """What the claim for programs states and the pages beside it do not; that it is no claim at all."""
    try:
        return list(_unlike(name, found, printed(found.get(name))))
    except ValueError:
        return [Breach(name, text("It is no PDF."))]


def _told(found: Verified) -> dict[str, Any]:
    try:
        told = json.loads(found.get(CLAIM))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _unlike(name: str, found: Verified, given: Printed) -> Iterator[Breach]:
    try:
        missing = list(absent(_told(found), given))
    except (KeyError, TypeError, ValueError, AttributeError):
        yield Breach(CLAIM, text("It is no claim for programs."))
        return
    for what in missing:
        yield Breach(name, text("The claim beside it states {what}; its pages do not.", what=what))


def _foreign(name: str, found: Verified, given: Printed) -> list[Breach]:
    """What lies in the pages that no Heller puts there; a later one may."""
    known = {about.sha for about in found.known.values()}
    parts = (*given.foreign, *(digest[:12] for digest in given.attached if digest not in known))
    return [
        Breach(name, text("In its pages lies what no Heller puts there: {what}.", what=one)) for one in parts
    ]


def _figures(given: Printed, known: Printed, told: dict[str, Any]) -> Iterator[Text]:
    """Sums and days."""
    odd = strange(given, known, told)
    for what, page in odd[:FEW]:
        yield text(
            "Page {n} states {what}, which this Heller does not: compare it by eye.", n=page, what=what
        )
    if len(odd) > FEW:
        yield text("Its pages state {n} more sums and days that this Heller does not.", n=len(odd) - FEW)


def _lines(given: Printed, known: Printed) -> Iterator[Text]:
    """Lines that are there, and lines that are not."""
    odd = strange_lines(given, known)
    for page, line in odd[:FEW]:
        said = _short(line)
        yield text(
            "Page {n} says '{what}', which this Heller does not: compare it by eye.", n=page, what=said
        )
    if len(odd) > FEW:
        yield text("Its pages say {n} more lines that this Heller does not.", n=len(odd) - FEW)
    if lost := strange_lines(known, given):
        yield text(
            "Its pages leave out {n} lines that this Heller prints. The first: '{what}'",
            "Its pages leave out one line that this Heller prints: '{what}'",
            n=len(lost),
            what=_short(lost[0][1]),
        )


def _beside(given: Printed, known: Printed) -> Iterator[Text]:
    """What is shown beside the pages on demand, and files that are not attached."""
    for what in strange_hints(given, known)[:FEW]:
        yield text("Beside its pages stands '{what}', which this Heller does not say.", what=_short(what))
    if n := len(set(known.attached) - set(given.attached)):
        yield text(
            "{n} files that this Heller attaches are not attached to its pages.",
            "One file that this Heller attaches is not attached to its pages.",
            n=n,
        )


def _short(said: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in said)
    return plain if len(plain) <= SHORT else plain[:SHORT] + " …"
