"""Verbs of a command: each is a module that is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

import cyclopts

from heller.cli import screen
from heller.cli.screen import tr
from heller.model.text import Text


def add(app: cyclopts.App, home: str, said: Mapping[str, Text], first: int = 0) -> cyclopts.App:
    """The same command with the verbs of the package `home`, in this order from a place on, each with what it does."""
    for order, (verb, what) in enumerate(said.items(), first):
        app.command(
            f"{home}.{verb.replace('-', '_')}:run",
            name=verb,
            help=screen.words()(what),
            sort_key=order,
            group=tr("Commands"),
        )
    return app
