"""Hardware bought for the emergency: what it cost less what is left of its worth ('neu für alt')."""

from __future__ import annotations

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs
from heller.damage.receipts import invoices_of
from heller.model.damage import Missing
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.text import text

ROW = HeadOfLoss(
    "hardware",
    text("Hardware for the emergency"),
    rank=20,
    receipts=True,
    lasting=True,
    insured=InsuredAs.THING,
    words=("Hardware",),
    hints=(
        *(
            "router",
            "lte router",
            "switch",
            "modem",
            "antenne",
            "außenantenne",
            "firewall",
            "netzwerkkabel",
            "kabel",
        ),
        *("patchkabel", "access point", "repeater", "usv", "antenna", "cable"),
    ),
)


def assess(inputs: Inputs) -> HeadLoss:
    """Receipt x share x (1 - remaining worth). LG Duisburg 22 O 102/12: 5,068.04 x 2/8 = 1,267.01."""
    found = by_receipt(
        HEAD,
        inputs,
        text(
            "Bought only because the line was down; what can still be used is taken off as the firm's advantage."
        ),
    )
    good, _, _ = invoices_of(inputs, HEAD.key)
    silent = [one for one in good if not one.purpose.residual]
    if not silent:
        return found
    gap = Missing(
        HEAD.key,
        text(
            "What is left of the worth of {n} devices: without it the other side will take it off.",
            "What is left of the worth of one device: without it the other side will take it off.",
            n=len(silent),
        ),
    )
    return HeadLoss(found.flows, found.positions, (*found.missing, gap), found.findings)


HEAD = Head(ROW, assess)
