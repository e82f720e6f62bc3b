"""The fee that the dead line no longer cost: it comes off what replaced it, once. It counts nothing."""

from __future__ import annotations

from heller.damage.head import Inputs
from heller.model.amount import WorkingLine
from heller.model.facts import line as stated_line
from heller.model.finding import Finding
from heller.model.text import text

DOUBT = Finding(
    "damage.saved_fee",
    text("The other side may take the saved fee of the line off the emergency line."),
    text("State the monthly fee: its refund then stands as a head of its own."),
)


def line(inputs: Inputs) -> WorkingLine:
    """Under which head the saved fee stands: it is claimed back there and not taken off here as well."""
    if fee_known(inputs):
        return WorkingLine(
            text(
                "The fee of the line that was down is claimed back as a claim of its own and therefore not taken "
                "off here as well."
            )
        )
    return WorkingLine(text("The saved fee of the line is not known and not taken off."))


def fee_known(inputs: Inputs) -> bool:
    """Whether the monthly fee is stated."""
    return inputs.case.facts[stated_line.MONTHLY_FEE] is not None
