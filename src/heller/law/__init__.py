"""Who owes it: a frame of steps, caps, dates and costs, and the law of each country in a folder of its own.

No name here is the name of a module beside it, so the order of imports decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from heller.model.face import face

if TYPE_CHECKING:
    from heller.law.account.steps_after import steps_after
    from heller.law.book.seat import proposed, seat
    from heller.law.claims.advice import answers_owed, next_steps, questions
    from heller.law.claims.disputed import (
        agreed_parts,
        asked_papers,
        dispute,
        dispute_findings,
        items,
        step_to_demand,
        with_agreed,
        with_dispute,
    )
    from heller.law.claims.of_event import due, waterfall
    from heller.law.claims.of_events import Sum, claim_of, due_of, objections_to
    from heller.law.country import (
        calendar_of,
        cap_ahead,
        filing_rules,
        ground,
        head_norm,
        look_in,
        public_holidays,
        region,
        retention,
        vat_of,
    )
    from heller.law.facts_of_case.account_records import account_records

__all__ = [
    "Sum",
    "account_records",
    "agreed_parts",
    "answers_owed",
    "asked_papers",
    "calendar_of",
    "cap_ahead",
    "claim_of",
    "dispute",
    "dispute_findings",
    "due",
    "due_of",
    "filing_rules",
    "ground",
    "head_norm",
    "items",
    "look_in",
    "next_steps",
    "objections_to",
    "proposed",
    "public_holidays",
    "questions",
    "region",
    "retention",
    "seat",
    "step_to_demand",
    "steps_after",
    "vat_of",
    "waterfall",
    "with_agreed",
    "with_dispute",
]

__getattr__ = face(
    __name__,
    {
        "account.steps_after": ("steps_after",),
        "book.seat": (
            "proposed",
            "seat",
        ),
        "claims.advice": (
            "answers_owed",
            "next_steps",
            "questions",
        ),
        "claims.disputed": (
            "agreed_parts",
            "asked_papers",
            "dispute",
            "dispute_findings",
            "items",
            "step_to_demand",
            "with_agreed",
            "with_dispute",
        ),
        "claims.of_event": (
            "due",
            "waterfall",
        ),
        "claims.of_events": (
            "Sum",
            "claim_of",
            "due_of",
            "objections_to",
        ),
        "country": (
            "calendar_of",
            "cap_ahead",
            "filing_rules",
            "ground",
            "head_norm",
            "look_in",
            "public_holidays",
            "region",
            "retention",
            "vat_of",
        ),
        "facts_of_case.account_records": ("account_records",),
    },
)
