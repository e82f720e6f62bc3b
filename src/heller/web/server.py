"""Listens on 127.0.0.1 and nowhere else; who is slow keeps nobody else waiting."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waitress import create_server

from heller.casefile.examination import Examination
from heller.journal.store import require_case
from heller.model.errors import InputRefused
from heller.model.text import Text, text
from heller.web.app import application, desk_application, hall_application
from heller.web.hall import Hall
from heller.web.key import NAME, WSGI, keyed, new_key, signpost
from heller.web.request_body import ENDLESS, Channel

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

USUAL = 8765  # the port of who names none
THREADS = 6  # a browser asks for page, style, font and pictures at once
CONNECTIONS = 900  # at once: below the 1,024 files that a process may have open
IDLE = 30  # seconds after which a connection is closed on which nothing comes and goes


def listening(answer: WSGI, port: int) -> Any:
    """A server that answers when it is run. A request is handed to a thread when it is there whole, and its answer
    leaves the thread at once, however slowly it is read; both may lie on the disk in files without a name."""
    server = create_server(
        answer,
        host="127.0.0.1",
        port=port,
        threads=THREADS,
        ident="",
        max_request_body_size=ENDLESS,
        connection_limit=CONNECTIONS,
        backlog=CONNECTIONS,
        channel_timeout=IDLE,
        cleanup_interval=5,
        asyncore_use_poll=True,
        outbuf_high_watermark=1 << 30,
    )
    server.channel_class = Channel
    return server


def run(folder: Path, port: int, lang: str | None, open_browser: bool, key: str) -> None:
    """Serve one case until Ctrl-C to who knows the key."""
    require_case(folder)
    try:
        server = listening(keyed(application(folder, lang), key), port)
    except (OSError, OverflowError) as error:
        other = text("Name another port: heller serve {folder} --port 8766", folder=str(folder))
        raise _port_taken(port, other) from error
    _serve(server, open_browser, key)


def run_hall(
    hall: Hall, port: int, lang: str | None, open_browser: bool, key: str, told: Callable[[str], None]
) -> None:
    """Serve all cases of a home until Ctrl-C, beginning with the page on which one is chosen or begun. With port 0 it
    is the usual one, or any that is free where another Heller has that already; `told` is told the address."""
    run_pages(hall_application(hall, lang), port, open_browser, key, told)


def run_desk(
    examination: Examination,
    port: int,
    lang: str | None,
    open_browser: bool,
    told: Callable[[str], None],
    signer: Ed25519PrivateKey | None = None,
) -> None:
    """Serve the desk of a bundle until Ctrl-C."""
    run_pages(desk_application(examination, lang, signer), port, open_browser, new_key(), told)


def run_pages(answer: WSGI, port: int, open_browser: bool, key: str, told: Callable[[str], None]) -> None:
    """Serve pages until Ctrl-C to who knows the key; with port 0 on the usual one, or on any that is free."""
    pages = keyed(answer, key)
    for wanted in (port,) if port else (USUAL, 0):
        try:
            server = listening(pages, wanted)
        except (OSError, OverflowError) as error:
            taken = error
            continue
        told(f"http://127.0.0.1:{server.effective_port}/?{NAME}={key}")
        return _serve(server, open_browser, key)
    raise _port_taken(port, text("Name another port: heller start --port 8766")) from taken


def _port_taken(port: int, other: Text) -> InputRefused:
    return InputRefused(
        what=text("Port {port} on this machine cannot be used.", port=str(port)),
        why=text("Another program listens there, perhaps another Heller."),
        do=other,
    )


def _serve(server: Any, open_browser: bool, key: str) -> None:
    with signpost(f"http://127.0.0.1:{server.effective_port}/?{NAME}={key}") as place:
        if open_browser:
            webbrowser.open(place)
        server.run()
