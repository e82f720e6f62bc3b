"""heller journal: what is in it and when it was written, anchors, and proofs for others."""

from __future__ import annotations

import cyclopts

from heller.cli import verbs
from heller.model.text import Text, text

PARTS: dict[str, Text] = {
    "show": text("Every entry, and between which proven instants it was written."),
    "anchor": text("Make an anchor: the head to hand out, to have stamped, to print."),
    "prove": text("The proof that one entry is in the journal, as text."),
    "grown": text("The proof that the journal only grew since an anchor, as text."),
    "check": text("Check such a proof from its text alone, without the case."),
}

run = verbs.add(cyclopts.App(name="journal", help_format="plaintext"), __name__, PARTS)
