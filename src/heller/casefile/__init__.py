"""One case: opening, taking in, noting, folding, working out, sealing. It calls and does not compute."""

from heller.casefile.bundle.build import Built, Scope, build
from heller.casefile.bundle.verify import Verification, verify_bundle
from heller.casefile.folder import claim, entries, load, original, supposing
from heller.casefile.inbox import Task, inbox
from heller.casefile.writing.decide import give, leave, papers, twins
from heller.casefile.writing.erase import ErasureCost, erase
from heller.casefile.writing.erase import cost as erasure_cost
from heller.casefile.writing.take_in import Added, add
from heller.casefile.writing.write import correct, note, open_case, test

__all__ = [
    "Added",
    "Built",
    "ErasureCost",
    "Scope",
    "Task",
    "Verification",
    "add",
    "build",
    "claim",
    "correct",
    "entries",
    "erase",
    "erasure_cost",
    "give",
    "inbox",
    "leave",
    "load",
    "note",
    "open_case",
    "original",
    "papers",
    "supposing",
    "test",
    "twins",
    "verify_bundle",
]
