"""Listens on 127.0.0.1 and nowhere else."""

from __future__ import annotations

import webbrowser
from pathlib import Path

from waitress import create_server

from heller.journal.store import require_case
from heller.model.errors import InputRefused
from heller.model.text import text
from heller.web.app import LARGEST_UPLOAD, application

THREADS = 6  # a browser asks for page, style, font and pictures at once


def run(folder: Path, port: int, lang: str | None, open_browser: bool) -> None:
    """Serve until Ctrl-C."""
    require_case(folder)
    try:
        server = create_server(
            application(folder, lang),
            host="127.0.0.1",
            port=port,
            threads=THREADS,
            ident="",
            max_request_body_size=LARGEST_UPLOAD + (1 << 20),
        )
    except (OSError, OverflowError) as error:
        raise InputRefused(
            what=text("Port {port} on this machine cannot be used.", port=str(port)),
            why=text("Another program listens there, perhaps another Heller."),
            do=text("Name another port: heller serve {folder} --port 8766", folder=str(folder)),
        ) from error
    if open_browser:
        webbrowser.open(f"http://127.0.0.1:{port}/")
    server.run()
