"""heller journal join: take over what another copy of the case wrote, each entry with its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli.joined import joined
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 75
VERB = text("Take over what another copy of the case wrote, each entry with its proof.")


def run(
    case: CaseFolder,
    other: Annotated[Path, Parameter(help=tr("The other copy, or a bundle of it."))],
    *,
    by: Annotated[str, Parameter(help=tr("Who wrote in the other copy."))] = "",
) -> None:
    """Take over what another copy of the case wrote, each entry with its proof."""
    joined(case, other, by)
