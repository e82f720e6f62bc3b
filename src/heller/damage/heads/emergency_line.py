"""Emergency line: what the substitute cost, and the hours for setting it up."""

from __future__ import annotations

from heller.damage import saved_fee
from heller.damage.by_receipt import by_receipt
from heller.damage.head import Head, HeadLoss, Inputs, flows_of, schedule
from heller.damage.hours import hours, item, late, plain_line
from heller.model.damage import Missing
from heller.model.head import HeadOfLoss, InsuredAs
from heller.model.kinds.shift import ShiftKind
from heller.model.text import text

ROW = HeadOfLoss(
    "emergency_line",
    text("Emergency line"),
    rank=10,
    receipts=True,
    insured=InsuredAs.AVERTED,
    words=("Ersatzverbindung", "Notanschluss"),
    hints=(
        *(
            "lte",
            "umts",
            "5g",
            "4g",
            "hotspot",
            "notanschluss",
            "ersatzanschluss",
            "ersatzverbindung",
            "surfstick",
            "satellit",
        ),
        *("satelliteninternet", "satellite", "starlink", "failover", "emergency line", "backup line"),
    ),
    emergency=True,
)


def assess(inputs: Inputs) -> HeadLoss:
    """Receipts of the substitute and the hours of planning, ordering and connecting it.

    The saved fee of the dead line comes off once: as a claim of its own.
    """
    bought = by_receipt(
        HEAD,
        inputs,
        text("A substitute had to be bought during the outage; it was really paid and it was suitable."),
        closing=(saved_fee.line(inputs),),
    )
    worked = _planning(inputs)
    doubt = (saved_fee.DOUBT,) if bought.flows and not saved_fee.fee_known(inputs) else ()
    return HeadLoss(
        (*bought.flows, *worked.flows),
        (*bought.positions, *worked.positions),
        (*bought.missing, *worked.missing),
        (*bought.findings, *worked.findings, *doubt),
    )


def _planning(inputs: Inputs) -> HeadLoss:
    """Own hours, recoverable even without extra pay."""
    done = hours(inputs, ShiftKind.PLANNING, HEAD.key)
    items = [
        item(HEAD.key, worked, plain_line(person, worked)) for person, worked in done.by_person().items()
    ]
    reason = text(
        "Own people planned, ordered and connected the substitute; their hours count even where nothing extra "
        "was paid."
    )
    proof = text("Hour sheets signed by those who set up the emergency line, with what they did.")
    return HeadLoss(
        flows_of(items),
        schedule(HEAD, items, reason, inputs.norm("removal_hours")),
        (*done.missing, *((Missing(HEAD.key, proof),) if items else ())),
        (*done.findings, *late(done.worked, inputs.event.span.end, HEAD.key)),
    )


HEAD = Head(ROW, assess)
