"""heller speed: throughput against what was promised, and the authority's campaign planned."""

from __future__ import annotations

import cyclopts

from heller.cli import screen
from heller.cli.screen import tr
from heller.model.text import Text, text

PARTS: dict[str, Text] = {
    "run": text("Measure once, both ways, against iperf3 or a web server."),
    "plan": text("Days and times of the authority's campaign: thirty measurements on three days."),
    "check": text("Measurements in files or a case, and whether they are a campaign."),
}

run = cyclopts.App(name="speed", help_format="plaintext")
for _order, (_part, _said) in enumerate(PARTS.items()):
    run.command(
        f"heller.cli.speed.{_part}:run",
        name=_part,
        help=screen.words()(_said),
        sort_key=_order,
        group=tr("Commands"),
    )
