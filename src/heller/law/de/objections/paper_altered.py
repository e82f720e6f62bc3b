"""'That paper was altered.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, place_of, pleas
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text

PLEAS = ("gefälscht", "verfälscht", "manipuliert", "nachträglich geändert", "forged", "altered", "tampered")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where the other side says so: each original is in the journal by its digest since it was taken in, and who sent
    it has it too."""
    said = pleas(attack, PLEAS)
    if not said:
        return
    answers = (
        Ground(
            text(
                "Each original is in the journal by its digest since it was taken in; one changed byte shows."
            ),
            said[-1].at.date(),
            place_of(said[-1]),
        ),
        Ground(text("Who issued a paper has it too: lay both beside each other.")),
    )
    yield Objection(
        "paper_altered",
        text("A paper of the claim was altered after it was written."),
        norm("ZPO-416/440"),
        Range(),
        Answered.RECORD,
        answers,
        attack.claim.assessment.total,
    )


OBJECTION = _objections
