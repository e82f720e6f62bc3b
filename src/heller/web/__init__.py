"""The case in a browser, on this machine only: one file per page, no computing."""

from __future__ import annotations

from pathlib import Path

__all__ = ["serve"]


def serve(folder: Path, port: int, lang: str | None, open_browser: bool, key: str) -> None:
    """Show a case on http://127.0.0.1:port/?key=... until Ctrl-C. `lang` None asks the browser.

    Raises NotACase, and InputRefused where the port is taken.
    """
    from heller.web.server import run

    run(folder, port, lang, open_browser, key)
