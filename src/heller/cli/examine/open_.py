"""heller examine open: the desk in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.examine.screen import opened
from heller.cli.journal.handing import private
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 5
VERB = text("Open the desk in the browser, on this machine only.")


def run(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    *,
    key: Annotated[Path | None, Parameter(help=tr("Ed25519 key (PEM) that signs the answer."))] = None,
    port: Annotated[int, Parameter(help=tr("Port on 127.0.0.1."))] = 0,
    browser: Annotated[bool, Parameter(negative="--no-browser", help=tr("Open the browser."))] = True,
) -> None:
    """Open the desk in the browser, on this machine only."""
    examination = opened(bundle)
    signer = private(key) if key is not None else None
    from heller.web.server import run_desk

    say = screen.words()

    def told(address: str) -> None:
        screen.out().print(say(text("The desk is open at {address} (end with Ctrl-C).", address=address)))

    run_desk(examination, port, None, browser, told, signer)
