"""heller speed: throughput against what was promised, and the authority's campaign planned."""

from __future__ import annotations

import cyclopts

from heller.cli import verbs
from heller.model.text import Text, text

PARTS: dict[str, Text] = {
    "run": text("Measure once, both ways, against iperf3 or a web server."),
    "plan": text("Days and times of the authority's campaign: thirty measurements on three days."),
    "check": text("Measurements in files or a case, and whether they are a campaign."),
}

run = verbs.add(cyclopts.App(name="speed", help_format="plaintext"), __name__, PARTS)
