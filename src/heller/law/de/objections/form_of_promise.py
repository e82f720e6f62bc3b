"""'Our terms ask for writing; what the hotline said binds nobody.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, answered_plea
from heller.model.objection import Objection
from heller.model.text import text

CLAUSES = ("schriftform", "textform", "nur schriftlich", "written form", "only in writing")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where the other side names a clause on form: what was agreed for the single case goes before its terms, and where
    writing was agreed a mail or a fax is enough."""
    rule, form = norm("BGB-305b"), norm("BGB-127-2")
    answer = text(
        "What was agreed for the single case goes before general terms, also by word of mouth ({cite}); where writing "
        "was agreed, sending it by telecommunication is enough in case of doubt ({form}).",
        cite=rule.cite,
        form=form.cite,
    )
    says = text("The terms ask for writing; what was said by word of mouth binds nobody.")
    yield from answered_plea(attack, "form_of_promise", CLAUSES, says, rule, answer)


OBJECTION = _objections
