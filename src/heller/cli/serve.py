"""heller serve: the case in the browser, on this machine only."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.journal.store import require_case
from heller.model.text import text

PLACE = 290
VERB = text("Open the case in the browser, on this machine only.")


def run(
    case: CaseFolder,
    *,
    port: Annotated[int, Parameter(help=tr("Port on 127.0.0.1."))] = 8765,
    browser: Annotated[bool, Parameter(negative="--no-browser", help=tr("Open the browser."))] = True,
) -> None:
    """The case in the browser, on this machine only."""
    require_case(case)
    from heller.web import serve
    from heller.web.key import NAME, new_key

    key = new_key()
    address = f"http://127.0.0.1:{port}/?{NAME}={key}"
    screen.out().print(
        screen.words()(text("The case is open at {address} (end with Ctrl-C).", address=address))
    )
    serve(case, port, None, browser, key)
