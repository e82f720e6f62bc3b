"""'You get the VAT back.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.facts import firm
from heller.model.finding import Ground
from heller.model.kinds.invoice import Invoice
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded by the firm that deducts it: every receipt counts net."""
    case = attack.claim.case
    if not case.records(Invoice) or case.facts[firm.DEDUCTS_INPUT_VAT] is not True:
        return
    yield Objection(
        "net_amounts",
        text("The VAT of the receipts comes back from the tax office."),
        norm("VAT-01"),
        attack.claim.waterfall.due,
        Answered.CONCEDED,
        (Ground(text("Every receipt counts with its net amount.")),),
        Range(),
    )


OBJECTION = _objections
