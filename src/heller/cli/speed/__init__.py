"""heller speed: throughput against what was promised, and the authority's campaign planned."""

from __future__ import annotations

import cyclopts

from heller.cli import verbs
from heller.model.text import text

PLACE = 130
VERB = text("Throughput against what was promised; a consumer's campaign planned.")

run = verbs.add(cyclopts.App(name="speed", help_format="plaintext"), __name__)
