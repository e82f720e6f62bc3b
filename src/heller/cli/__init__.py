"""The command line: one file per verb. A verb parses, calls one function, prints."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

OFTEN = 50_000  # new objects after which the collector looks; a verb makes many and drops few


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point of `heller`; ends with a documented exit code (see docs/commands.md)."""
    gc.disable()  # what is loaded stays: the collector need not look at it while it comes, nor ever again
    from heller.cli import app, signs

    gc.freeze()
    gc.enable()
    gc.set_threshold(OFTEN)
    signs.fit()
    code = app.run(list(sys.argv[1:] if argv is None else argv))
    gc.disable()  # what is left goes with the process: the collector need not look through all of it once more
    gc.freeze()
    sys.exit(code)
