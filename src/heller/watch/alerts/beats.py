"""Beats of other watchers: a small server in the own house that knows nothing but when it was last asked for a secret
path. It says nothing of this machine or the case."""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TIMEOUT = 5  # seconds for somebody who asks


class Beats:
    """Listens at one address for those who are expected there; `heard` is when each was heard last."""

    def __init__(self, place: tuple[str, int], secrets: Mapping[str, str]) -> None:
        heard = self.heard = dict.fromkeys(secrets, 0)
        lock = threading.Lock()

        class Beat(BaseHTTPRequestHandler):
            timeout = TIMEOUT
            server_version, sys_version = "beat", ""

            def do_GET(self) -> None:
                said = self.path.partition("?")[0].strip("/").encode("utf-8", "replace")
                names = [name for name, key in secrets.items() if hmac.compare_digest(said, key.encode())]
                with lock:
                    heard.update(dict.fromkeys(names, time.time_ns() // 1000))
                self.send_response(200 if names else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_HEAD = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the path is a secret."""

        self._server = ThreadingHTTPServer(place, Beat)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True, name="beats").start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
