"""One case: opening, taking in, noting, folding, working out, sealing. It calls and does not compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heller.model.face import face

if TYPE_CHECKING:
    from heller.casefile.bundle.build import Built, build
    from heller.casefile.bundle.court_set import CourtSet, court_set
    from heller.casefile.bundle.scope import Scope
    from heller.casefile.bundle.verify import Verification, verify_bundle
    from heller.casefile.commercial import Commercial, commercial_documents
    from heller.casefile.folder import (
        cases_in,
        claim,
        claim_before,
        entries,
        load,
        original,
        supposing,
        today,
        worked_out,
        written,
        zone,
    )
    from heller.casefile.inbox import Task, papers, tasks
    from heller.casefile.writing.change import correct, group, restore, target
    from heller.casefile.writing.decide import drop, give, leave, receipts_of, take, twins, unread
    from heller.casefile.writing.erase import ErasureCost, erase, erasure_cost
    from heller.casefile.writing.first_estimate import keep_estimate
    from heller.casefile.writing.mentions import Mention, mentions, persons_in
    from heller.casefile.writing.take_in import Added, add
    from heller.casefile.writing.write import note, open_case, test

__all__ = [
    "Added",
    "Built",
    "Commercial",
    "CourtSet",
    "ErasureCost",
    "Mention",
    "Scope",
    "Task",
    "Verification",
    "add",
    "build",
    "cases_in",
    "claim",
    "claim_before",
    "commercial_documents",
    "correct",
    "court_set",
    "drop",
    "entries",
    "erase",
    "erasure_cost",
    "give",
    "group",
    "keep_estimate",
    "leave",
    "load",
    "mentions",
    "note",
    "open_case",
    "original",
    "papers",
    "persons_in",
    "receipts_of",
    "restore",
    "supposing",
    "take",
    "target",
    "tasks",
    "test",
    "today",
    "twins",
    "unread",
    "verify_bundle",
    "worked_out",
    "written",
    "zone",
]

__getattr__ = face(
    __name__,
    {
        "bundle.build": ("Built", "build"),
        "bundle.court_set": ("CourtSet", "court_set"),
        "bundle.scope": ("Scope",),
        "bundle.verify": ("Verification", "verify_bundle"),
        "commercial": ("Commercial", "commercial_documents"),
        "folder": (
            "cases_in",
            "claim",
            "claim_before",
            "entries",
            "load",
            "original",
            "supposing",
            "today",
            "worked_out",
            "written",
            "zone",
        ),
        "inbox": ("Task", "papers", "tasks"),
        "writing.decide": ("drop", "give", "leave", "receipts_of", "take", "twins", "unread"),
        "writing.erase": ("ErasureCost", "erase", "erasure_cost"),
        "writing.first_estimate": ("keep_estimate",),
        "writing.mentions": ("Mention", "mentions", "persons_in"),
        "writing.take_in": ("Added", "add"),
        "writing.change": ("correct", "group", "restore", "target"),
        "writing.write": ("note", "open_case", "test"),
    },
)
