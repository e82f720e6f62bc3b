"""Increased cost of working: receipts, each with its share."""

from __future__ import annotations

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs
from heller.model.text import text


def assess(inputs: Inputs) -> HeadLoss:
    """Amount of each receipt times the share that was for the outage."""
    reason = text(
        "Paid to reach customers in spite of the outage (express freight, couriers); it kept the loss small."
    )
    return by_receipt(HEAD, inputs, reason)


HEAD = Head("extra_cost", text("Increased cost of working"), assess)
