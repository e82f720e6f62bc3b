"""heller line: the lines of the firm, and what belongs to each."""

from __future__ import annotations

import cyclopts

from heller.cli import verbs
from heller.model.text import text

PLACE = 32
VERB = text("The lines of the firm: main, backup, branch; and what belongs to each.")

run = verbs.add(cyclopts.App(name="line", help_format="plaintext"), __name__)
