"""Listens on 127.0.0.1 and nowhere else; who is slow keeps nobody else waiting."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

from waitress import create_server

from heller.journal.store import require_case
from heller.model.errors import InputRefused
from heller.model.text import text
from heller.web.app import LARGEST_UPLOAD, application
from heller.web.key import NAME, WSGI, keyed, signpost

THREADS = 6  # a browser asks for page, style, font and pictures at once
CONNECTIONS = 900  # at once: below the 1,024 files that a process may have open
IDLE = 30  # seconds after which a connection is closed on which nothing comes and goes


def listening(answer: WSGI, port: int) -> Any:
    """A server that answers when it is run. A request is handed to a thread when it is there whole, and its answer
    leaves the thread at once, however slowly it is read; both may lie on the disk in files without a name."""
    return create_server(
        answer,
        host="127.0.0.1",
        port=port,
        threads=THREADS,
        ident="",
        max_request_body_size=LARGEST_UPLOAD + (1 << 20),
        connection_limit=CONNECTIONS,
        backlog=CONNECTIONS,
        channel_timeout=IDLE,
        cleanup_interval=5,
        asyncore_use_poll=True,
        outbuf_high_watermark=1 << 30,
    )


def run(folder: Path, port: int, lang: str | None, open_browser: bool, key: str) -> None:
    """Serve until Ctrl-C who knows the key."""
    require_case(folder)
    try:
        server = listening(keyed(application(folder, lang), key), port)
    except (OSError, OverflowError) as error:
        raise InputRefused(
            what=text("Port {port} on this machine cannot be used.", port=str(port)),
            why=text("Another program listens there, perhaps another Heller."),
            do=text("Name another port: heller serve {folder} --port 8766", folder=str(folder)),
        ) from error
    with signpost(f"http://127.0.0.1:{port}/?{NAME}={key}") as place:
        if open_browser:
            webbrowser.open(place)
        server.run()
