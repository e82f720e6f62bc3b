"""The case in a browser, on this machine only: one file per page, no computing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

__all__ = ["serve", "start"]


def serve(folder: Path, port: int, lang: str | None, open_browser: bool, key: str) -> None:
    """Show a case on http://127.0.0.1:port/?key=... until Ctrl-C. `lang` None asks the browser.

    Raises NotACase, and InputRefused where the port is taken.
    """
    from heller.web.server import run

    run(folder, port, lang, open_browser, key)


def start(home: Path, port: int, open_browser: bool, key: str, told: Callable[[str], None]) -> None:
    """Show all cases of a home, and begin new ones, until Ctrl-C; `told` is told the address. Raises InputRefused where
    the port is taken; 0 is the usual one or any that is free."""
    from heller.web.hall import Hall
    from heller.web.server import run_hall

    run_hall(Hall(home), port, None, open_browser, key, told)
