"""Own hours for removing the damage: emergency line, rerouting, manual work-arounds."""

from __future__ import annotations

from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import hours, item, late, plain_line
from heller.model.damage import Missing
from heller.model.head import HeadOfLoss
from heller.model.kinds.shift import ShiftKind
from heller.model.text import text

ROW = HeadOfLoss(
    "removal_hours",
    text("Own hours for removing the damage"),
    rank=90,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Hours x cost, recoverable even without extra pay."""
    done = hours(inputs, ShiftKind.REMOVAL, HEAD.key)
    items = [
        item(HEAD.key, worked, plain_line(person, worked)) for person, worked in done.by_person().items()
    ]
    proof = text("Hour sheets signed by those who worked, with what they did in each hour.")
    reason = text(
        "The firm's own people removed the damage; their hours count even where nothing extra was paid."
    )
    return HeadLoss(
        flows=flows_of(items),
        positions=schedule(HEAD, items, reason, inputs.norm(HEAD.key)),
        missing=(*done.missing, *((Missing(HEAD.key, proof),) if items else ())),
        findings=(*done.findings, *late(done.worked, inputs.event.span.end, HEAD.key)),
    )


HEAD = Head(ROW, assess)
