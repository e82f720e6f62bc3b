"""The command line: one file per verb. A verb parses, calls one function, prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point of `heller`; ends with a documented exit code (see docs/commands.md)."""
    from heller.cli import app, signs

    signs.fit()
    sys.exit(app.run(list(sys.argv[1:] if argv is None else argv)))
