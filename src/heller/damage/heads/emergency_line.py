"""Emergency line: what the substitute cost (HEAD-01)."""

from __future__ import annotations

from heller.damage.head import Found, Head, Inputs
from heller.damage.receipts import by_receipt
from heller.model.amount import WorkingLine
from heller.model.finding import Finding
from heller.model.text import text


def assess(inputs: Inputs) -> Found:
    """Receipts of the substitute. The saved fee of the dead line comes off once: as a claim of its own."""
    fee = inputs.case.fact("line.monthly_fee") is not None
    about_fee = (
        text(
            "The fee of the dead line is claimed back under its own head and therefore not taken "
            "off here as well."
        )
        if fee
        else text("The saved fee of the dead line is not known and not taken off.")
    )
    found = by_receipt(
        HEAD,
        inputs,
        text(
            "A substitute had to be bought while the line was dead; it was really paid and it was suitable."
        ),
        closing=(WorkingLine(about_fee),),
    )
    if fee or not found.flows:
        return found
    doubt = Finding(
        "damage.saved_fee",
        text("The other side may take the saved fee of the dead line off the emergency line."),
        text("State the monthly fee: its refund then stands as a head of its own."),
    )
    return Found(found.flows, found.positions, found.missing, (*found.findings, doubt))


HEAD = Head("emergency_line", text("Emergency line"), "HEAD-01", assess)
