"""A small FRITZ!Box for tests: TR-064 over HTTP with digest authentication, on a thread of its own. It answers the
actions that it is asked and remembers them; its log rolls over as a box's does."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD, REALM = "heller", "nur-lesen", "F!Box SOAP-Auth"


class Box:
    """What it says: the log (newest first, as a box has it), the values of its line."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.line = {
            "NewStatus": "Up", "NewDownstreamCurrRate": "109344", "NewUpstreamCurrRate": "41999",
            "NewDownstreamNoiseMargin": "61", "NewUpstreamNoiseMargin": "70", "NewDownstreamAttenuation": "121",
            "NewUpstreamAttenuation": "90",
        }  # fmt: skip
        self.asked: list[str] = []
        self.port = 0

    def told(self, action: str) -> dict[str, str] | None:
        """The fields of an action's answer; None where the box does not know it."""
        self.asked.append(action)
        return {
            "GetDeviceLog": {"NewDeviceLog": "\n".join(self.log)},
            "GetInfo": self.line,
            "GetStatisticsTotal": {"NewCRCErrors": "17"},
        }.get(action)


@contextmanager
def fritzbox() -> Iterator[Box]:
    """A box that answers on loopback."""
    box = Box()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            action = self.headers["SOAPAction"].strip('"').rpartition("#")[2]
            if not self._knows():
                challenge = f'Digest realm="{REALM}", nonce="abc", algorithm=MD5, qop="auth"'
                self._answer(401, "", challenge)
                return
            fields = box.told(action) if f"<u:{action}" in body else None
            if fields is None:
                self._answer(500, "<s:Fault/>")
                return
            inner = "".join(f"<{key}>{_escaped(value)}</{key}>" for key, value in fields.items())
            envelope = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
            self._answer(200, f'{envelope}<u:R xmlns:u="x">{inner}</u:R></s:Body></s:Envelope>')

        def _knows(self) -> bool:
            said = dict(re.findall(r'(\w+)="?([^",]+)"?', self.headers.get("Authorization", "")))
            if said.get("username") != USER:
                return False
            one = _md5(f"{USER}:{REALM}:{PASSWORD}")
            two = _md5(f"POST:{self.path}")
            return bool(said["response"] == _md5(f"{one}:abc:{said['nc']}:{said['cnonce']}:auth:{two}"))

        def _answer(self, code: int, body: str, challenge: str = "") -> None:
            data = body.encode()
            self.send_response(code)
            if challenge:
                self.send_header("WWW-Authenticate", challenge)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _md5(said: str) -> str:
    return hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()


def _escaped(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;")
