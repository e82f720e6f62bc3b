"""Who may open the case on a machine of several people, and that slow visitors keep nobody waiting."""

from __future__ import annotations

import http.client
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from heller.web import app
from heller.web.key import keyed, new_key, signpost
from heller.web.server import listening

KEY = new_key()


@pytest.fixture
def port(sample: Path) -> Iterator[int]:
    """A case that is being served."""
    server = listening(keyed(app.application(sample, "en"), KEY), 0)
    threading.Thread(target=server.run, daemon=True).start()
    yield server.effective_port
    server.close()


def asked(port: int, path: str, cookie: str = "") -> http.client.HTTPResponse:
    """One request of a browser."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    return line.getresponse()


def test_others_get_nothing(port: int) -> None:
    """Without the key, or with another one, no page, no original, no style is handed out."""
    for path in (
        "/",
        "/exhibits/1/original",
        "/static/heller.css",
        "/?key=",
        f"/?key={KEY[:-1]}",
        "/?key=%ff",
    ):
        answer = asked(port, path)
        assert answer.status == 403 and b"heller serve" in answer.read()
    for cookie in (f"heller_key_{port}=x", "heller_key_1=" + KEY, ";;=;", f'heller_key_{port}="'):
        assert asked(port, "/", cookie).status == 403


def test_the_first_address_opens_the_case_once(port: int) -> None:
    """The key becomes a cookie that no script reads, and stands in no address after that."""
    answer = asked(port, f"/exhibits/1/?a=b%26c&key={KEY}")
    assert answer.status == 303 and answer.getheader("Location") == "/exhibits/1/?a=b%26c"
    cookie = answer.getheader("Set-Cookie") or ""
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and KEY in cookie
    assert asked(port, "/note/", cookie.partition(";")[0]).status == 200
    elsewhere = asked(port, f"//example.org/?key={KEY}").getheader("Location")
    assert elsewhere == "/example.org/"  # never to another host


def test_no_command_line_shows_the_key() -> None:
    """The browser is handed a file that its owner alone can read, and that is gone at the end."""
    with signpost(f"http://127.0.0.1:1/?key={KEY}") as place:
        path = Path(unquote(urlparse(place).path))
        assert KEY not in place and KEY in path.read_text()
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077
        assert not stat.S_IMODE(path.parent.stat().st_mode) & 0o077
    assert not path.parent.exists()


def test_slow_visitors_keep_nobody_waiting(port: int) -> None:
    """With 300 connections open, half of them in the middle of a request, pages come as before."""
    cookie = f"heller_key_{port}={KEY}"
    asked(port, "/note/", cookie).read()
    with ExitStack() as open_:
        for n in range(300):
            line = open_.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            if n % 2:
                line.sendall(
                    b"POST /exhibits/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nx"
                )
        began = time.monotonic()
        answer = asked(port, "/note/", cookie)
        assert answer.status == 200 and answer.read()
        assert (
            time.monotonic() - began < 20
        )  # the machine of the tests is busy; a thread that waits would wait 30
