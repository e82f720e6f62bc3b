"""'The contract forbids to assign the claim.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, answered_plea
from heller.model.objection import Objection
from heller.model.text import text

CLAUSES = ("abtretungsverbot", "abtretungsausschluss", "nicht abtretbar", "non-assignment", "not assignable")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where the other side names such a clause: between merchants a claim for money is assigned all the same."""
    rule = norm("HGB-354a")
    answer = text(
        "Between merchants the assignment of a claim for money holds in spite of it; the debtor may still pay the old "
        "creditor ({cite}).",
        cite=rule.cite,
    )
    says = text("The contract forbids to assign the claim: who asks for it is not its owner.")
    yield from answered_plea(attack, "assignment_clause", CLAUSES, says, rule, answer)


OBJECTION = _objections
