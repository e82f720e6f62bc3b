"""Mobile data and higher mobile bills: of each contract only the outage's share."""

from __future__ import annotations

from heller.damage import saved_fee
from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs
from heller.damage.receipts import invoices_of
from heller.model.finding import Finding, Weight
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

ROW = HeadOfLoss(
    "mobile_data",
    text("Mobile data and higher mobile bills"),
    rank=30,
    receipts=True,
    insured=InsuredAs.AVERTED,
    words=("Mobilfunk/Datenvolumen", "Mobilfunk", "Datenvolumen"),
    hints=(
        *(
            "datenvolumen",
            "datenpass",
            "datentarif",
            "mobilfunk",
            "mobilfunktarif",
            "mobilfunkrechnung",
            "prepaid",
        ),
        *("sim", "sim karte", "simkarte", "data volume", "mobile", "mobile data", "data plan", "roaming"),
    ),
    emergency=True,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Amount of each receipt times the share that was for the outage; the saved fee comes off once."""
    reason = text("The firm worked over mobile contracts during the outage; only the extra share counts.")
    found = by_receipt(HEAD, inputs, reason, closing=(saved_fee.line(inputs),))
    whole = [one for one in invoices_of(inputs, HEAD.key)[0] if one.purpose.share == 1]
    doubts = (
        Finding(
            "damage.whole_contract",
            text(
                "Invoice {number} counts as a whole: a contract that runs on is only the outage's in part.",
                number=one.invoice.number,
            ),
            text("State the share: days of the outage of the days that the invoice covers."),
            Weight.NOTE,
            one.invoice.source,
        )
        for one in whole
    )
    bridged = any(p.head == "emergency_line" for p in inputs.purposes)  # the doubt is raised there
    unknown = (saved_fee.DOUBT,) if found.flows and not bridged and not saved_fee.fee_known(inputs) else ()
    return HeadLoss(found.flows, found.positions, found.missing, (*found.findings, *doubts, *unknown))


HEAD = Head(ROW, assess)
