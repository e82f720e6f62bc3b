"""Takes what a browser sends off the line to its end, however much it is, and keeps no more of it than a request may
hold. So what is too large gets a page that says so: a connection that is closed while a browser sends is a broken line
to it. It judges nothing; the page of the refusal is the guard's."""

from __future__ import annotations

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from heller.web import app

ENDLESS = 1 << 62  # bytes: no request is cut


class Kept(OverflowableBuffer):  # type: ignore[misc]  # waitress says no types
    """Keeps a request up to the largest that is let in, and counts the rest."""

    taken = 0

    def append(self, piece: bytes) -> None:
        """The next piece."""
        self.taken += len(piece)
        if self.taken <= app.LARGEST_UPLOAD:
            super().append(piece)

    def __len__(self) -> int:
        return self.taken


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """One request."""

    def parse_header(self, header_plus: bytes) -> None:
        """The head, after which it is known whether a body comes."""
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = Kept(self.adj.inbuf_overflow)


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    parser_class = Parser
