"""What an echo and its answer look like on the line (RFC 792, RFC 4443, RFC 1071). It sends nothing."""

from __future__ import annotations

import os
import struct

PACKET = struct.Struct("!BBHHH8sQ")  # type, code, checksum, id, number, secret, time
ANSWER = struct.Struct("!BxxxHH8sQ")
HEAD = struct.Struct("!xxxxHH")  # id and number of a probe that came back in an error
ASK, REPLY = {4: 8, 6: 128}, {4: 0, 6: 129}


class EchoPackets:
    """The echoes of one socket: all carry its secret. The kernel makes id and checksum where the socket is no raw
    one; `header` is how many bytes stand before an answer."""

    def __init__(self, version: int, header: int, *, raw: bool) -> None:
        self.ask, self.reply, self.raw = ASK[version], REPLY[version], raw
        self.secret = os.urandom(8)
        self.id = int.from_bytes(os.urandom(2)) if raw else 0
        self.answer = struct.Struct(f"!{header}x{ANSWER.format[1:]}")  # with what stands before it
        self._sum = sum(struct.unpack("!4H", self.secret)) + (self.ask << 8) + self.id

    def put(self, into: bytearray, at: int, number: int, stamp: int) -> None:
        """The echo with a number that is sent at `stamp`, nanoseconds of the boot clock."""
        summed = self._checksum(number, stamp) if self.raw else 0
        PACKET.pack_into(into, at, self.ask, 0, summed, self.id, number, self.secret, stamp)

    def packet(self, number: int, stamp: int) -> bytes:
        """The same by itself."""
        made = bytearray(PACKET.size)
        self.put(made, 0, number, stamp)
        return bytes(made)

    def _checksum(self, number: int, stamp: int) -> int:
        total = (
            self._sum
            + number
            + (stamp >> 48)
            + (stamp >> 32 & 0xFFFF)
            + (stamp >> 16 & 0xFFFF)
            + (stamp & 0xFFFF)
        )
        total = (total & 0xFFFF) + (total >> 16)
        return int(~((total & 0xFFFF) + (total >> 16)) & 0xFFFF)
