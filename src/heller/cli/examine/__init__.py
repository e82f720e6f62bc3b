"""heller examine: the other side's desk. A bundle is verified, then ruled on item by item; the bundle is only read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from heller.cli import verbs
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 265
VERB = text("The other side's desk: check a bundle, rule on each item, write an answer.")

run = verbs.add(cyclopts.App(name="examine", help_format="plaintext"), __name__)


@run.default
def show(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    *,
    item: Annotated[
        str | None, Parameter(help=tr("Show the working of one item with its exhibits: its key or number."))
    ] = None,
    json: AsJson = False,
) -> None:
    """The items of a bundle with what was said of each so far, and what is due under other readings."""
    from heller.cli.examine import screen

    screen.show(bundle, item, json=json)
