"""Wages that were saved: helpers who were sent home and not paid. They come off the damage."""

from __future__ import annotations

from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import hours, item, plain_line
from heller.damage.own_vouchers import vouchers_of
from heller.model.head import HeadOfLoss
from heller.model.kinds.shift import ShiftKind
from heller.model.text import text

ROW = HeadOfLoss(
    "saved_wages",
    text("Wages saved"),
    rank=145,
    words=("Ersparte Löhne", "Ersparter Lohn", "Saved wages"),
    vouchers=True,
    saves=True,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Hours x cost of those who were sent home without pay, and what own vouchers say: off the damage."""
    done = hours(inputs, ShiftKind.UNPAID, HEAD.key)
    own, gaps, doubts = vouchers_of(inputs, HEAD.key)
    sheets = [
        item(HEAD.key, worked, plain_line(person, worked), saved=True)
        for person, worked in done.by_person().items()
    ]
    items = (*sheets, *own)
    reason = text("Not paid because there was no work; without the outage it would have been paid.")
    return HeadLoss(
        flows_of(items),
        schedule(HEAD, items, reason, inputs.norm(HEAD.key)),
        (*done.missing, *gaps),
        (*done.findings, *doubts),
    )


HEAD = Head(ROW, assess)
