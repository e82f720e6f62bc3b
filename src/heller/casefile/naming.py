"""Whether a file names somebody, and the file with marks in the names' place. Both open foreign formats, so both are
asked of the process that does; what cannot be looked through within the budget is taken as naming somebody.
"""

from __future__ import annotations

from collections.abc import Mapping

from heller.casefile.apart import process
from heller.casefile.apart.budget import OverBudget
from heller.intake.personal import KnownValues
from heller.intake.readable import texts
from heller.model.record import Blob


def names(blob: Blob, known: KnownValues) -> bool:
    """Whether one of the values can be read in a file's bytes, or nobody can say."""
    try:
        return bool(process.ask("named", (blob.name, blob.digest, known.values), [blob.data]))
    except (OverBudget, process.Broken):
        return True


def named(name: str, digest: str, values: Mapping[str, str], data: bytes) -> bytes:
    """The same, looked for here and now: empty where nobody is named. Raises what the formats raise."""
    known = KnownValues(values)
    found = any(next(known.find(said), None) for said in texts(Blob(name, data, digest)))
    return b"named" if found else b""


def redacted(name: str, data: bytes, known: KnownValues) -> bytes | None:
    """The file with each known value's mark in its place; None where it cannot be rewritten."""
    return process.ask_or_none("redacted", (name, known.values), [data])
