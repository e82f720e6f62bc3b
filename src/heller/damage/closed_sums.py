"""Sums of heads that the firm only states, because what they rest on is closed in a bundle."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from heller.damage.head import Head, HeadLoss, Item, schedule
from heller.damage.ledger import columns
from heller.model.amount import ProofGrade, WorkingLine
from heller.model.closing import StatedSums
from heller.model.damage import Assessment, Flow
from heller.model.text import Text, text

REASON = text("What it rests on is redacted; the sum is as the firm states it and can be opened to a court.")
LINE = text("stated as a whole, not worked out here: the fields that it rests on are redacted")


def sums(assessment: Assessment) -> dict[tuple[str, ProofGrade], StatedSums]:
    """What each head comes to by grade of proof, in the two worlds."""
    keys = dict.fromkeys((flow.head, flow.grade) for flow in assessment.flows)
    found = {}
    for head, grade in keys:
        mine = columns(f for f in assessment.flows if (f.head, f.grade) == (head, grade))
        for p in (p for p in assessment.positions if (p.head, p.grade) == (head, grade)):
            said = "" if p.reason.args else p.reason.id
            worlds = (mine.without, mine.actual)
            made = StatedSums(head, grade, *worlds, p.amount, p.norm, said, p.recoverable, apart=p.apart)
            found[head, grade] = made
    return found


def put(head: Head, found: HeadLoss, stated: Sequence[StatedSums]) -> HeadLoss:
    """What a head found, with what is stated of it in the place of what it could not work out."""
    for one in (s for s in stated if s.head == head.key):
        flow = Flow(
            f"{head.key}:closed:{one.grade.value}", head.key, head.title, one.without, one.actual, one.grade
        )
        item = Item((flow,), (WorkingLine(LINE, one.amount),))
        reason = Text(one.reason) if one.reason else REASON
        (made,) = schedule(head, [item], reason, one.norm, recoverable=one.recoverable)
        amount = made.amount if one.recoverable else one.amount
        found = replace(
            found,
            flows=(*(f for f in found.flows if f.grade is not one.grade), flow),
            positions=(
                *(p for p in found.positions if p.grade is not one.grade),
                replace(made, amount=amount, apart=one.apart),
            ),
            missing=(),
        )
    return found
