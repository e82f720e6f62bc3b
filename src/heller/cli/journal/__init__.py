"""heller journal: what is in it and when it was written, anchors, and proofs for others."""

from __future__ import annotations

import cyclopts

from heller.cli import verbs
from heller.model.text import text

PLACE = 270
VERB = text("What is in the journal and since when; anchors, and proofs for others.")

run = verbs.add(cyclopts.App(name="journal", help_format="plaintext"), __name__)
