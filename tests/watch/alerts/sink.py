"""Whoever is told in the tests: a web server that writes down each request with where it came from, and a broker of
MQTT 3.1.1 that keeps what is published (OASIS, sections 3.1 to 3.4)."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def serve(host: str, port: int, file: Path) -> ThreadingHTTPServer:
    """A server that adds a line of JSON to the file for each request: from, path, body."""

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            row = {"from": self.client_address[0], "path": self.path, "body": body}
            with file.open("a") as out:
                out.write(json.dumps(row) + "\n")
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the file says it."""

    return ThreadingHTTPServer((host, port), Page)


@contextmanager
def sink(file: Path) -> Iterator[int]:
    """The same on loopback, for as long as the block lasts; its port."""
    server = serve("127.0.0.1", 0, file)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def rows(file: Path) -> list[dict[str, str]]:
    """All requests until now."""
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@contextmanager
def broker(kept: dict[str, str]) -> Iterator[int]:
    """A broker on loopback that takes every client; what is published retained stands in `kept`. Its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server, kept), daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)  # whoever waits for a client waits no more


def _accept(server: socket.socket, kept: dict[str, str]) -> None:
    while True:
        try:
            client = server.accept()[0]
        except OSError:
            return
        threading.Thread(target=_client, args=(client, kept), daemon=True).start()


def _client(client: socket.socket, kept: dict[str, str]) -> None:
    with client, client.makefile("rb") as stream:
        while head := stream.read(1):
            length, shift = 0, 0
            while True:
                byte = stream.read(1)[0]
                length |= (byte & 127) << shift
                shift += 7
                if not byte & 128:
                    break
            body = stream.read(length)
            match head[0] >> 4:
                case 1:  # CONNECT
                    client.sendall(bytes((0x20, 2, 0, 0)))
                case 3:  # PUBLISH
                    size = int.from_bytes(body[:2])
                    topic, rest = body[2 : 2 + size].decode(), body[2 + size :]
                    if head[0] & 1:
                        kept[topic] = rest[2:].decode()
                    client.sendall(bytes((0x40, 2)) + rest[:2])
                case 14:  # DISCONNECT
                    return


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])).serve_forever()
