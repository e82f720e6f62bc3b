"""heller logs: how to get the log of the router or monitor at hand, and what it loses."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.intake.log_sources import FIRST, LogSource, sources
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 125
VERB = text("How to get the log of your router or monitor, and what it loses when.")


def run(
    device: Annotated[str, Parameter(help=tr("Maker or program; without it, all that are known."))] = "",
    *,
    json: AsJson = False,
) -> None:
    """How to get the log of your router or monitor, and what it loses when."""
    found = sources(device)
    if not found:
        raise InputRefused(
            text("Nothing is known here of {device}.", device=device),
            text("A log that is lost cannot be had again."),
            text(
                "Look for system messages, events or a protocol in its menu, and save them as text."
                " Known are: {names}.",
                names="; ".join(one.name for one in sources("")),
            ),
        )
    say = screen.words()
    if json:
        screen.as_json(
            [
                {"name": one.name, "get": say(one.get), "mind": say(one.mind), "checked": one.checked}
                for one in found
            ]
        )
        return
    screen.point(say(FIRST), "!", "bold")
    for one in found:
        _show(one)


def _show(one: LogSource) -> None:
    say = screen.words()
    screen.out().print()
    screen.out().print(one.name, style="bold")
    screen.point(say(one.get))
    screen.point(say(one.mind), " ", "dim")
