"""heller event: the events of a claim; which outages are one, and what belongs to each."""

from __future__ import annotations

import cyclopts

from heller.cli import verbs
from heller.model.text import text

PLACE = 34
VERB = text("The events of the claim: which outages are one, and what belongs to each.")

run = verbs.add(cyclopts.App(name="event", help_format="plaintext"), __name__)
