"""The servers of the emulated internet: DNS and a web server, run inside it as one program.

Arguments: the folder with `server.pem`, and the addresses of the name servers with commas between; with `garden` behind
them it is a page for those who are not released yet: every name has its own address, every page its own certificate.
"""

from __future__ import annotations

import socket
import socketserver
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

ANSWERS = {dns.rdatatype.A: "203.0.113.10", dns.rdatatype.AAAA: "2001:db8:113::10"}
RCODES = {"nx": dns.rcode.NXDOMAIN, "broken": dns.rcode.SERVFAIL}
PIECE = bytes(65536)
GOOGLE = "8.8.8.8"  # the known record of the default plan
GARDEN: list[str] = []  # the address that a walled garden gives for every name


def answer(wire: bytes, client: str = "") -> bytes:
    """What a name server says to this message."""
    asked = dns.message.from_wire(wire)
    reply = dns.message.make_response(asked, recursion_available=True)
    question = asked.question[0]
    if GARDEN:
        if question.rdtype == dns.rdatatype.A:
            reply.answer.append(dns.rrset.from_text(question.name, 1, "IN", "A", GARDEN[0]))
        return reply.to_wire()
    if str(question.name) == "id.server.":
        reply.answer.append(dns.rrset.from_text(question.name, 1, "CH", "TXT", '"res1.test.pch.net"'))
        return reply.to_wire()
    if str(question.name) == "dns.google." and question.rdtype == dns.rdatatype.A:
        reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "A", GOOGLE))
        return reply.to_wire()
    labels = [label.decode().lower() for label in question.name.labels]
    if labels[-2:-1] == ["invalid"]:
        reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply.to_wire()
    if labels[0] == "myip":
        kind = "AAAA" if ":" in client else "A"
        reply.answer.append(dns.rrset.from_text(question.name, 1, "IN", kind, client))
        return reply.to_wire()
    reply.set_rcode(RCODES.get(question.name.labels[0].decode().lower(), dns.rcode.NOERROR))
    if reply.rcode() == dns.rcode.NOERROR and question.rdtype in ANSWERS:
        reply.answer.append(
            dns.rrset.from_text(question.name, 60, "IN", question.rdtype, ANSWERS[question.rdtype])
        )
    return reply.to_wire()


class Datagram(socketserver.BaseRequestHandler):
    """A question over UDP."""

    def handle(self) -> None:
        wire, sock = self.request
        sock.sendto(answer(wire, self.client_address[0].removeprefix("::ffff:")), self.client_address)


class Stream(socketserver.StreamRequestHandler):
    """Questions over TCP, each with its length before it."""

    def handle(self) -> None:
        while len(head := self.rfile.read(2)) == 2:
            reply = answer(self.rfile.read(int.from_bytes(head)))
            self.wfile.write(len(reply).to_bytes(2) + reply)


class Page(BaseHTTPRequestHandler):
    """/ip, /bytes/N, /status/N, POST; all else is a short page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        kind, _, rest = self.path.lstrip("/").partition("?")[0].partition("/")
        if kind == "bytes":
            self._many(int(rest))
        elif kind == "status":
            self._say(b"", int(rest))
        elif kind == "ip":
            self._say(self.client_address[0].removeprefix("::ffff:").encode())
        else:
            self._say(b"A page.\n")

    def do_HEAD(self) -> None:
        kind, _, rest = self.path.lstrip("/").partition("/")
        self._say(b"", int(rest) if kind == "status" else 200)

    def do_POST(self) -> None:
        left = int(self.headers.get("Content-Length", 0))
        while left > 0 and (piece := self.rfile.read(min(left, len(PIECE)))):
            left -= len(piece)
        self._say(b"")

    def _many(self, count: int) -> None:
        self._head(200, count)
        while count > 0:
            self.wfile.write(PIECE[:count])
            count -= len(PIECE)

    def _say(self, body: bytes, status: int = 200) -> None:
        self._head(status, len(body))
        self.wfile.write(body)

    def _head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the test looks at the client."""


class Web(ThreadingHTTPServer):
    """IPv4 and IPv6; whoever goes away in the middle is no error."""

    address_family = socket.AF_INET6
    daemon_threads = True
    request_queue_size = 64
    secure: ssl.SSLContext | None = None

    def finish_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """In the thread of the request, so that a slow handshake holds nobody up."""
        if self.secure is not None:
            request.settimeout(10)
            request = self.secure.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """Cuts are what the tests are about."""


class Udp(socketserver.ThreadingUDPServer):
    """A name server."""

    daemon_threads = True
    max_packet_size = 4096


class Tcp(socketserver.ThreadingTCPServer):
    """The same over TCP."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Cuts are what the tests are about."""


def main(folder: Path, addresses: list[str]) -> None:
    """Serve until killed."""
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(folder / "server.pem")
    servers: list[socketserver.BaseServer] = [Web(("::", 80), Page), web := Web(("::", 443), Page)]
    web.secure = secure
    for address in addresses:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        for kind, handler in ((Udp, Datagram), (Tcp, Stream)):
            one = type(kind.__name__, (kind,), {"address_family": family})
            servers.append(one((address, 53), handler))
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print("serving", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    GARDEN.extend(sys.argv[2].split(",") if sys.argv[3:] == ["garden"] else ())
    main(Path(sys.argv[1]), sys.argv[2].split(","))
