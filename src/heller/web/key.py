"""Lets in who knows the key: on a machine of several people anybody can open a port of 127.0.0.1.

The first address holds it; the browser gets it as a cookie and is sent on, so that it stands in no address after
that. It is for one run of `heller serve`. What it does not keep out: programs of the same user, and another user's
page on another port of 127.0.0.1 that the browser is made to open, for cookies know no ports.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from heller.dossier.wording import Words
from heller.machine.files import open_handle
from heller.model.text import text

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Any]
NAME = "key"
LONGEST = 4096  # characters of cookies and of an address that are looked at
CLOSED = text("This page opens for whoever started it. Use the address that heller serve printed.")


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(24)


def keyed(inner: WSGI, key: str) -> WSGI:
    """The same application, for who knows the key: others get 403 whatever they ask for."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        asked = parse_qsl(environ.get("QUERY_STRING", "")[:LONGEST], keep_blank_values=True)
        if any(name == NAME and _same(value, key) for name, value in asked):
            rest = urlencode([pair for pair in asked if pair[0] != NAME])
            place = "/" + quote(environ.get("PATH_INFO", "/").encode("latin-1").lstrip(b"/"))
            cookie = f"{cookie_name(environ)}={key}; Path=/; HttpOnly; SameSite=Lax"
            headers = [("Location", f"{place}?{rest}" if rest else place), ("Set-Cookie", cookie), NOT_KEPT]
            start_response("303 See Other", [*headers, ("Content-Length", "0")])
            return [b""]
        if _same(_cookie(environ), key):
            return inner(environ, start_response)
        body = "\n".join(Words(lang)(CLOSED) for lang in ("en", "de")).encode() + b"\n"
        kind = ("Content-Type", "text/plain; charset=utf-8")
        start_response("403 Forbidden", [kind, NOT_KEPT, ("Content-Length", str(len(body)))])
        return [body]

    return answer


NOT_KEPT = ("Cache-Control", "no-store")


def cookie_name(environ: dict[str, Any]) -> str:
    """The name of the cookie: of its own for each port, so that two cases can be open at once."""
    return f"heller_key_{environ.get('SERVER_PORT', '')}"


def _cookie(environ: dict[str, Any]) -> str:
    try:
        held = SimpleCookie(environ.get("HTTP_COOKIE", "")[:LONGEST]).get(cookie_name(environ))
    except CookieError:
        return ""
    return held.value if held else ""


def _same(said: str, key: str) -> bool:
    return hmac.compare_digest(said.encode("utf-8", "replace"), key.encode())


@contextmanager
def signpost(address: str) -> Iterator[str]:
    """A file of the person's own that leads to the address, as an address: what is handed to a browser on its command
    line every user of the machine can read there."""
    with TemporaryDirectory(prefix="heller-") as folder:  # for its owner alone
        place = Path(folder) / "heller.html"
        with os.fdopen(open_handle(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f'<!DOCTYPE html><meta http-equiv="refresh" content="0; url={address}">\n')
        yield place.as_uri()
