"""Where the stamping of a case stands, in one sentence. It reads and asks nobody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from heller.journal.anchors import QUIET
from heller.journal.checking.check import Checked
from heller.model.errors import HellerError
from heller.model.text import Text, text


def summary(folder: Path, checked: Checked) -> Text:
    """How far third parties have stamped the journal, and what keeps the rest from it."""
    stamps = [e.body for e in checked.entries if e.kind == "stamp" and e.body]
    told = sum(entry.kind not in QUIET for entry in checked.entries)
    if not stamps:
        return text("No third party has stamped this case: when its entries were written is not proven.")
    last = max(stamps, key=lambda body: (body["size"], body["time"]))
    left = sum(entry.kind not in QUIET for entry in checked.entries[last["size"] :])
    at = datetime.fromisoformat(str(last["time"]))
    if not left:
        return text(
            "All entries are time-stamped by third parties, last on {at} by {tsa}.", at=at, tsa=last["tsa"]
        )
    fault = _fault(folder)
    if fault is None:
        return text(
            "{n} of {total} entries are time-stamped, last on {at}; the others wait.",
            n=told - left,
            total=told,
            at=at,
        )
    return text(
        "{n} of {total} entries are time-stamped, last on {at}; the others wait: {fault}",
        n=told - left,
        total=told,
        at=at,
        fault=fault,
    )


def _fault(folder: Path) -> Text | None:
    """What the last try came to, at the authority that was asked last."""
    from heller.casefile.stamping import shelf  # where nothing waits no certificate is read
    from heller.casefile.stamping.settings import load

    try:
        names = [authority.name for authority in load(folder).authorities]
    except HellerError as error:
        return error.what
    known = shelf.anchors(folder)
    waits = [
        w for name in names for anchor in known[-1:] if (w := shelf.waiting(folder, anchor.number, name))
    ]
    return max(waits, key=lambda one: one.sent).said if waits else None
