"""The one door to the network: one request to one address, over whichever line answers.

It is opened only by a verb that the user called to be stamped. It follows no redirection: behind a dead
line that is the login page of somebody's hotspot.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from heller.model.text import Text, text

PATIENCE = 15.0  # seconds for one request over one line
LIMIT = 1 << 20  # bytes of an answer; a token has some thousand
LIST_LIMIT = 32 << 20  # bytes of a list of revoked certificates


class NoAnswer(Exception):
    """Nobody answered, or not with what was asked for."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.why = why


def ask(
    url: str,
    body: bytes = b"",
    kind: str = "",
    sources: Sequence[str] = (),
    patience: float = PATIENCE,
    limit: int = LIMIT,
) -> bytes:
    """The answer to a POST of `body` (a GET where there is none).

    `sources` are addresses of this machine, one for each line; they are tried in turn after the line that
    the system itself would take. Raises NoAnswer with what the last of them said.
    """
    said: NoAnswer | None = None
    for source in ("", *sources):
        try:
            return _ask(url, body, kind, source, patience, limit)
        except NoAnswer as error:
            said = error
    assert said is not None
    raise said


def _ask(url: str, body: bytes, kind: str, source: str, patience: float, limit: int) -> bytes:
    until = time.monotonic() + patience
    try:
        line = _line(url, source, patience)
        try:
            line.request("POST" if body else "GET", _path(url), body or None, _heads(url, kind))
            answer = line.getresponse()
            if answer.status != 200:
                raise NoAnswer(text("{host} answered {status}.", host=_host(url), status=answer.status))
            return _body(answer, url, until, limit)
        finally:
            line.close()
    except TimeoutError as error:
        raise NoAnswer(text("{host} did not answer in time.", host=_host(url))) from error
    except ssl.SSLError as error:
        raise NoAnswer(text("{host} could not show who it is.", host=_host(url))) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise NoAnswer(text("{host} cannot be reached: {reason}.", host=_host(url), reason=reason)) from error


def _line(url: str, source: str, patience: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    bound = (source, 0) if source else None
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=patience, source_address=bound, context=context
        )
    return http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=patience, source_address=bound
    )


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _heads(url: str, kind: str) -> dict[str, str]:
    """Heads of the request; a name and password in the address are sent as RFC 7617 says."""
    parts = urlsplit(url)
    heads = {"Content-Type": kind} if kind else {}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        heads["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return heads


def _body(answer: http.client.HTTPResponse, url: str, until: float, limit: int) -> bytes:
    """All of an answer, within time and size: a server that drips bytes is no answer."""
    got = bytearray()
    while part := answer.read1(1 << 16):  # what is there: waiting for more would reset the clock
        got += part
        if len(got) > limit:
            raise NoAnswer(text("{host} sent more than any time stamp has.", host=_host(url)))
        if time.monotonic() > until:
            raise socket.timeout  # noqa: UP041
    return bytes(got)
