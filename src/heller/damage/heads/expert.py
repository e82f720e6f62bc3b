"""Expert and measurement: receipts for proving the outage and the damage."""

from __future__ import annotations

from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs
from heller.model.text import text


def assess(inputs: Inputs) -> HeadLoss:
    """Receipts times share."""
    return by_receipt(HEAD, inputs, text("Necessary to prove the outage and the damage."))


HEAD = Head("expert", text("Expert and measurement"), assess)
