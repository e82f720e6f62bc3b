"""heller law: single questions of law without a case. A country brings its own; those of Germany need no name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

import cyclopts

from heller.cli import verbs
from heller.cli.screen import tr, words
from heller.law.country import known
from heller.model.text import Text, text

PLACE = 300
VERB = text("Single questions of law without a case: interest, fees, lump sums, cap, limitation, court.")

AT_HOME = "de"  # the country whose questions are asked without naming it


def add(app: cyclopts.App, country: str) -> cyclopts.App:
    """The questions of a country as verbs, each built when it is asked for."""
    if find_spec(f"heller.law.{country}.queries") is None:
        return app
    queries: Mapping[str, Text] = import_module(f"heller.law.{country}.queries").QUERIES
    for order, (verb, what) in enumerate(queries.items()):
        app.command(
            f"heller.cli.law.query:{country}__{verb}",
            name=verb,
            help=words()(what),
            sort_key=order,
            group=tr("Commands"),
        )
    return app


run = verbs.add(add(cyclopts.App(name="law", help_format="plaintext"), AT_HOME), __name__)
for other in (name for name in known() if name != AT_HOME):
    run.command(add(cyclopts.App(name=other, help_format="plaintext"), other), name=other)
