"""heller start: the first page in the browser; it is what `heller` without a verb does."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 291
VERB = text("Open the browser where a case is begun or chosen; so does heller without a verb.")


def run(
    *,
    port: Annotated[
        int,
        Parameter(help=tr("Port on 127.0.0.1; without it 8765, or any that is free."), show_default=False),
    ] = 0,
    browser: Annotated[bool, Parameter(negative="--no-browser", help=tr("Open the browser."))] = True,
) -> None:
    """The first page in the browser, on this machine only."""
    from heller.web import hall, start
    from heller.web.key import new_key

    def told(address: str) -> None:
        said = text("Heller is open at {address} (end with Ctrl-C).", address=address)
        screen.out().print(screen.words()(said), soft_wrap=True)

    start(hall.home(), port, browser, new_key(), told)
