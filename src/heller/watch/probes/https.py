"""Probe by one page over HTTPS, its phases timed: name, connect, handshake, first byte.

The name is asked by a question of our own to the name servers of the plan, never by the resolver of the system,
and only timed: the page is opened at the address in the plan, so that who leads names astray does not lead it. A
certificate in another name, or none at all, is another's answer. A row speaks of the last message that was sent: its
`at` is when that was, its round trip until the answer to it, for TCP repeats what is lost, and only what was just
answered before proves that the line was there.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from heller.machine.clocks import boot_ns
from heller.model.sample import PAGE, QUESTION, Outcome
from heller.watch.certificates import NO_TLS, OTHER_NAME, anybody, named, trusted
from heller.watch.dns_questions import question
from heller.watch.lane import Lane
from heller.watch.plan import KnownTarget, Probe
from heller.watch.probe_types import ProbeType
from heller.watch.probes.tcp import LONGEST, judge
from heller.watch.rows import Phases
from heller.watch.sockets import family_of, open_socket, place
from heller.watch.sockets_allowed import SocketKind
from heller.watch.wheel import NAN, SECOND

DEADLINE = 5.0  # seconds for handshake and first byte, each
NAME_DEADLINE = 1.0
SEGMENT = 52  # headers of IPv4 and TCP with its time stamp
HANDSHAKE = 6 * SEGMENT + 4500  # where the kernel does not count: segments and a chain of certificates
INFO, INFO_SENT, INFO_RECEIVED = 11, 136, 140  # TCP_INFO; its counts of segments out and in (tcp_info)
BYTES_SENT, BYTES_RECEIVED = 120, 128  # bytes acknowledged, bytes received


@dataclass
class Visit:
    """One page being opened: times of its messages, and how it stands."""

    number: int
    sent: int  # when the last message was sent
    dns: float = NAN
    tcp: float = NAN
    tls: float = NAN
    first_byte: float = NAN
    status: int = 0
    outcome: Outcome = Outcome.TIMEOUT
    bytes: int = 0

    def begin(self) -> None:
        """A message is sent now."""
        self.sent = boot_ns()

    def took(self) -> float:
        """Seconds since then."""
        return (boot_ns() - self.sent) / SECOND


class Fetch:
    """Pages over one uplink, one task each; they come once a minute."""

    in_burst = False  # it takes too many bytes and too long

    def __init__(self, lane: Lane) -> None:
        self.lane, self.context = lane, trusted()
        self.cost = HANDSHAKE
        self.probes: dict[int, Probe] = {}
        self.running: dict[asyncio.Task[None], Visit] = {}
        self.since = 0

    def add(self, number: int, address: str) -> None:
        """From now on `number` may be opened."""
        del address
        self.probes[number] = self.lane.probes[number]

    def send(self, numbers: Sequence[int]) -> int:
        """Opens each page."""
        for number in numbers:
            visit = Visit(number, boot_ns())
            task = asyncio.get_running_loop().create_task(self._open(visit, self.probes[number]))
            self.running[task] = visit
            task.add_done_callback(self._done)
        return len(numbers)

    def _done(self, task: asyncio.Task[None]) -> None:
        visit = self.running.pop(task, None)
        if visit is None or task.cancelled():
            return
        if task.exception() is not None:  # nothing that the line did
            visit.outcome = Outcome.LOCAL
        if visit.outcome == Outcome.TIMEOUT and visit.sent < self.since:
            visit.outcome = Outcome.LOCAL
        lane = self.lane
        lane.bytes += visit.bytes
        rtt = next((part for part in (visit.first_byte, visit.tls, visit.tcp) if part == part), NAN)
        answered = visit.outcome in (Outcome.OK, Outcome.HTTP_ERROR, Outcome.TLS_ERROR, Outcome.REFUSED)
        lane.tell(visit.number, visit.sent, visit.outcome, rtt if answered else NAN, visit.bytes, True)
        parts = (visit.dns, visit.tcp, visit.tls, visit.first_byte)
        lane.sink.phases(Phases(visit.number, lane.session.at(visit.sent), *parts, visit.status))

    async def _open(self, visit: Visit, probe: Probe) -> None:
        await self._time_name(visit, probe)
        made = await self._connected(visit, probe)
        if made is None:
            return
        writer = None
        try:
            reader, writer = await self._handshake(visit, made, probe.host)
            await self._ask(visit, probe, reader, writer)
        except ssl.SSLError as error:
            visit.tls = visit.took()
            visit.outcome = await self._whose(visit, probe, error)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            visit.outcome = Outcome.TIMEOUT
        finally:
            visit.bytes += bytes_of(made)
            if writer is not None:
                writer.transport.abort()
            else:
                made.close()

    async def _connected(self, visit: Visit, probe: Probe) -> socket.socket | None:
        """A connection to the page's address; None where there is none, then the visit says why."""
        address = probe.target.address
        try:
            made = open_socket(self.lane.uplink, family_of(address), socket.SOCK_STREAM)
        except OSError:
            visit.outcome = Outcome.LOCAL
            return None
        if await self._connect(visit, made, place(address, probe.port)):
            return made
        made.close()
        return None

    async def _whose(self, visit: Visit, probe: Probe, error: ssl.SSLError) -> Outcome:
        """Whether a handshake failed with the host itself or with somebody else. Of a certificate that nobody signed
        the name is looked at: an expired one in the right name is the host's."""
        if error.reason in NO_TLS:
            return Outcome.OTHER
        if not isinstance(error, ssl.SSLCertVerificationError):
            return Outcome.TLS_ERROR
        if error.verify_code in OTHER_NAME:
            return Outcome.OTHER
        seen = Visit(visit.number, visit.sent)
        made = await self._connected(seen, probe)
        if made is None:
            return Outcome.TLS_ERROR
        try:
            opened = asyncio.open_connection(sock=made, ssl=anybody(), server_hostname=probe.host)
            _, writer = await asyncio.wait_for(opened, DEADLINE)
            certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True) or b""
            writer.transport.abort()
        except (OSError, TimeoutError):
            made.close()
            return Outcome.TLS_ERROR
        visit.bytes += HANDSHAKE
        return Outcome.TLS_ERROR if named(certificate, probe.host) else Outcome.OTHER

    async def _time_name(self, visit: Visit, probe: Probe) -> None:
        """How long the name server of the same uplink takes for the page's name."""
        servers = [p for p in self.lane.probes.values() if p.target.protocol == QUESTION]
        if not servers or not probe.host:
            return
        server = servers[0]
        query = question(probe.host, ":" in probe.target.address)
        try:
            made = open_socket(self.lane.uplink, family_of(server.target.address), socket.SOCK_DGRAM)
        except OSError:
            return
        visit.begin()
        try:
            made.connect(place(server.target.address, server.port))
            made.send(query)
            answer = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(made, 4096), NAME_DEADLINE)
            visit.dns = visit.took()
            visit.bytes += len(query) + len(answer) + 56
        except (OSError, TimeoutError):
            return
        finally:
            made.close()

    async def _connect(self, visit: Visit, made: socket.socket, to: tuple[object, ...]) -> bool:
        visit.begin()
        state = 0
        try:
            await asyncio.wait_for(asyncio.get_running_loop().sock_connect(made, to), LONGEST)
        except TimeoutError:
            visit.outcome, visit.bytes = Outcome.TIMEOUT, visit.bytes + 60
            return False
        except OSError as error:
            state = error.errno or -1
        if state:
            visit.outcome, size = judge(made, state, self.lane.own)
            visit.bytes += size
        if state == 0 or visit.outcome == Outcome.REFUSED:
            visit.tcp = visit.took()
        return state == 0

    async def _handshake(
        self, visit: Visit, made: socket.socket, host: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        visit.begin()
        opened = asyncio.open_connection(
            sock=made, ssl=self.context, server_hostname=host, ssl_handshake_timeout=DEADLINE
        )
        streams = await asyncio.wait_for(opened, DEADLINE + 1)
        visit.tls = visit.took()
        return streams

    async def _ask(
        self, visit: Visit, probe: Probe, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = f"HEAD {probe.path} HTTP/1.1\r\nHost: {probe.host}\r\nUser-Agent: heller\r\nConnection: close\r\n\r\n"
        visit.begin()
        writer.write(head.encode())
        line = await asyncio.wait_for(reader.readline(), DEADLINE)
        visit.first_byte = visit.took()
        visit.status = status_of(line)
        visit.outcome = Outcome.OK if 200 <= visit.status < 400 else Outcome.HTTP_ERROR

    def drain(self) -> None:
        """Every task reads for itself."""

    def expire(self, now: int) -> None:
        """Every task has its own deadlines."""

    def blind(self, now: int) -> None:
        """Silence before now proves nothing."""
        self.since = now

    def idle(self) -> bool:
        """Whether no page is being opened."""
        return not self.running

    def close(self) -> None:
        """Gives up all pages, untold."""
        for task in list(self.running):
            self.running.pop(task)
            task.cancel()


def status_of(line: bytes) -> int:
    """The number in `HTTP/1.1 200 OK`, 0 where it is no such line."""
    part = line.split()
    return int(part[1]) if len(part) > 1 and part[0].startswith(b"HTTP/") and part[1].isdigit() else 0


def bytes_of(made: socket.socket) -> int:
    """Bytes of a connection both ways with the headers of its segments, as the kernel counted them, else
    about what a handshake costs."""
    try:
        info = made.getsockopt(socket.IPPROTO_TCP, INFO, 256)
    except OSError:
        return HANDSHAKE
    if len(info) < INFO_RECEIVED + 4:
        return HANDSHAKE
    words = [int.from_bytes(info[at : at + 4], "little") for at in (INFO_SENT, INFO_RECEIVED)]
    longs = [int.from_bytes(info[at : at + 8], "little") for at in (BYTES_SENT, BYTES_RECEIVED)]
    return sum(words) * SEGMENT + sum(longs)


def _channel(lane: Lane, probe: Probe, allowed: SocketKind) -> Fetch:
    del probe, allowed
    return Fetch(lane)


PROBE = ProbeType(
    PAGE,
    _channel,
    lambda probe: "",
    port=443,
    every=60.0,
    trial=44.0,  # 15 minutes hold 21 pages
    targets=(
        KnownTarget(
            "one.one.one.one", "1.1.1.1", "2606:4700:4700::1111", "AS13335 Cloudflare", "one.one.one.one"
        ),
    ),
    prepare=trusted,
)
