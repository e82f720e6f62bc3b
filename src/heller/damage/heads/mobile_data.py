"""Mobile data and higher mobile bills: receipts, each with its share."""

from __future__ import annotations

from heller.damage.head import Found, Head, Inputs
from heller.damage.receipts import by_receipt
from heller.model.text import text


def assess(inputs: Inputs) -> Found:
    """Amount of each receipt times the share that was for the outage."""
    reason = text(
        "The firm worked over mobile contracts while the line was dead; only the extra share counts."
    )
    return by_receipt(HEAD, inputs, reason)


HEAD = Head("mobile_data", text("Mobile data and higher mobile bills"), "HEAD-01", assess)
