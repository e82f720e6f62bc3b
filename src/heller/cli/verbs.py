"""Verbs of a command: each is a module that is imported only when it is asked for.

A module is a verb where it says PLACE, its place in the list of verbs, and VERB, what it does; both are read from its
source, so that a list of thirty verbs does not load what thirty verbs need.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from heller.cli import screen
from heller.cli.screen import tr
from heller.model.text import Text

if TYPE_CHECKING:
    import cyclopts

SAID = re.compile(r"^PLACE = (\d+)\nVERB = text\((.*?)\)$", re.MULTILINE | re.DOTALL)


class Verb(NamedTuple):
    """A verb: its place in the list, its name, what it does, its module. A module whose name would hide the `run` of
    its package ends in an underscore."""

    place: int
    name: str
    does: Text
    module: str


@cache
def found(home: str) -> tuple[Verb, ...]:
    """The verbs of a package in the order of their places."""
    return tuple(sorted(_verbs(home), key=lambda verb: (verb.place, verb.name)))


def _verbs(home: str) -> Iterator[Verb]:
    for entry in files(home).iterdir():
        if entry.name == "__init__.py":
            continue  # the command itself
        source = entry / "__init__.py" if entry.is_dir() else entry
        if not source.name.endswith(".py") or not source.is_file():
            continue
        if said := SAID.search(source.read_text(encoding="utf-8")):
            module = entry.name.removesuffix(".py")
            name = module.rstrip("_").replace("_", "-")
            yield Verb(int(said[1]), name, Text(ast.literal_eval(f"({said[2]})")), module)


def add(app: cyclopts.App, home: str) -> cyclopts.App:
    """The same command with the verbs of the package `home`, each with what it does."""
    for verb in found(home):
        app.command(
            f"{home}.{verb.module}:run",
            name=verb.name,
            help=screen.words()(verb.does),
            sort_key=verb.place,
            group=tr("Commands"),
        )
    return app
