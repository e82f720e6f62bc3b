"""'With our credit note all is settled.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.objection import Answered, Objection
from heller.model.text import text

SETTLES = ("abgegolten", "erledigt", "ausgeglichen", "settled", "settlement")


def _objections(attack: Attack) -> Iterator[Objection]:
    """A credit note that says so: a waiver is a contract, and nobody took it."""
    notes = [
        one
        for one in attack.claim.case.records(Movement)
        if one.kind is MovementKind.CREDIT_NOTE and any(word in one.purpose.casefold() for word in SETTLES)
    ]
    if notes:
        rule = norm("BGB-397")
        said = text(
            "Giving up a claim takes a contract ({cite}); a credit note alone is none.", cite=rule.cite
        )
        sources = tuple(one.source for one in notes if one.source)
        yield Objection(
            "credit_note_waiver",
            text("With the credit note of {day} everything is settled.", day=notes[0].on),
            rule,
            Range(),
            Answered.RULE,
            (Ground(said, notes[0].on, sources),),
            attack.claim.assessment.total,
        )


OBJECTION = _objections
