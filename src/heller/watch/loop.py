"""The probe loop: one asyncio loop that sends, reads and ticks, and hands all it finds to a sink.

It waits for no disk, no name, no lock. What must be asked of the system is read by a thread of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Hashable, Mapping

from heller.machine.clocks import boot_ns
from heller.model.sample import CONNECT, ECHO, QUESTION, Depth, Target, Upset, UpsetKind
from heller.watch.around import Around, changes, device_of, families, gateway_of, look
from heller.watch.clocks import PERIOD_US, Session, begin, between, clock_step, read_tick
from heller.watch.collector import rarely_collected
from heller.watch.hop import Hop, answers
from heller.watch.lane import Channel, Lane
from heller.watch.plan import EVERY, EXAMPLE, HOP_EVERY, Plan, Probe, outside
from heller.watch.probe_types import probe_types
from heller.watch.rows import Sink, Tick
from heller.watch.sockets import family_of
from heller.watch.sockets_allowed import SocketKind, choose
from heller.watch.way_out import look_out
from heller.watch.wheel import SECOND

GAP_NS = SECOND // 2  # the loop ran so much later than it wanted: nobody looked
REST_NS = 1_000_000  # between two turns at least: what falls due within it is sent together
INSTEAD = {SocketKind.CONNECT: CONNECT, SocketKind.QUESTION: QUESTION}  # of an echo, where no ICMP is allowed
CARRIER_EVERY = 60.0  # seconds between two looks who carries
ROUTELESS_NS = 10 * SECOND  # a host without any route known so long has them where we do not see them
UNOPENED_NS = 10 * SECOND  # until a target whose socket could not be opened is tried again
APART = 3.0  # seconds between two looks at least
SETTLES = 1.0  # seconds after something turned until it is looked at


async def run(
    plan: Plan,
    sink: Sink,
    stop: asyncio.Event,
    used: Mapping[str, int] | None = None,
    session: Session | None = None,
    best: SocketKind = SocketKind.DATAGRAM,
) -> None:
    """Watches until `stop` is set. `used`: bytes that metered uplinks used in their current period before;
    `best`: the best way of probing that is tried. What goes wrong in the loop itself is raised: a watch that no
    longer watches must not look like one."""
    watch = Watch(plan, sink, used or {}, session or begin(), best)
    stopped = asyncio.create_task(stop.wait())
    with rarely_collected():
        try:
            await watch.start()
            await asyncio.wait((stopped, watch.failed), return_when=asyncio.FIRST_COMPLETED)
            if watch.failed.done():
                await watch.failed
        finally:
            stopped.cancel()
            await watch.end()


class Watch:
    """The state of one run."""

    def __init__(
        self, plan: Plan, sink: Sink, used: Mapping[str, int], session: Session, best: SocketKind
    ) -> None:
        self.plan, self.sink, self.session = plan, sink, session
        self.zero = boot_ns()
        self.lanes = [
            Lane(uplink, plan, sink, session, self.zero, used.get(uplink.name, 0)) for uplink in plan.uplinks
        ]
        self.ways = {six: choose(six, best) for six in (False, True)}
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.known: dict[tuple[str, Depth, str], Target] = {}  # gateways and hops, numbered for ever
        self.numbers = itertools.count(max((target.number for target in plan.targets), default=0) + 1)
        self.tick = self.mark = read_tick(session)
        self.around: Around | None = None
        self.counted: dict[str, tuple[int, int]] = {}  # per uplink: count when first seen, and now
        self.wake = self.next_tick = self.zero
        self.timer: asyncio.TimerHandle | None = None
        self.tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Lays the slots and begins."""
        self.sink.upset(Upset(UpsetKind.START, self.tick.at, self.tick.at))
        for protocol in {target.protocol for target in self.plan.targets}:
            await asyncio.to_thread(probe_types()[protocol].prepare)
        self._look_around(await asyncio.to_thread(look, self.session))
        self.tick = self.mark = read_tick(self.session)
        self.wake = self.next_tick = boot_ns()
        for lane in self.lanes:
            lane.zero = self.wake
            for probe in lane.probes.values():
                if probe.target.outside:
                    self.sink.target(probe.target)
            self._arrange(lane, self.wake)
        self.tasks = [
            asyncio.create_task(self._look()),
            *(asyncio.create_task(self._carrier(n)) for n in self.lanes),
        ]
        for task in self.tasks:
            task.add_done_callback(self._ended)
        self._turn()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        if not self.failed.done():
            self.failed.set_exception(error)

    async def end(self) -> None:
        """Stops sending, waits one deadline for answers, and ends."""
        if self.timer is not None:
            self.timer.cancel()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        until = boot_ns() + round((self.plan.deadline + 0.05) * SECOND)
        while boot_ns() < until and not all(lane.idle() for lane in self.lanes):
            await asyncio.sleep(0.02)
            for lane in self.lanes:
                for channel in lane.channels.values():
                    channel.expire(boot_ns())
        for lane in self.lanes:
            lane.close()
        last = read_tick(self.session)
        self.sink.tick(self._full(last))
        self.sink.upset(Upset(UpsetKind.STOP, last.at, last.at))

    # The wheel

    def _turn(self) -> None:
        try:
            self._step()
        except Exception as error:
            self._fail(error)

    def _step(self) -> None:
        now = boot_ns()
        if now - self.wake > GAP_NS:
            for lane in self.lanes:
                lane.blind(now)
        for lane in self.lanes:
            lane.turn(now)
        if now >= self.next_tick:
            self._tick(now)
        due = min(self.next_tick, *(lane.next() for lane in self.lanes))
        self.wake = max(due, now + REST_NS)
        delay = max(0, self.wake - boot_ns()) / SECOND
        self.timer = asyncio.get_running_loop().call_later(delay, self._turn)

    def _tick(self, now: int) -> None:
        tick = self._full(read_tick(self.session))
        for upset in between(self.tick, tick, self.mark):
            self.sink.upset(upset)
        if abs(clock_step(self.mark, tick)) > PERIOD_US // 2:
            self.mark = tick
        self.tick = tick
        self.next_tick += SECOND * max(1, (now - self.next_tick) // SECOND + 1)
        self.sink.tick(tick)
        self._pace(now)
        for lane in self.lanes:
            if lane.stale and lane.idle():
                lane.stale = False
                lane.close()
                self._arrange(lane, now)
            elif lane.unopened and now - lane.arranged > UNOPENED_NS:
                self._arrange(lane, now)

    def _full(self, tick: Tick) -> Tick:
        sync, error = (self.around.sync, self.around.error) if self.around else ("unknown", -1)
        counted = {name: now - first for name, (first, now) in self.counted.items()}
        return tick._replace(
            sync=sync, error=error, own={n.uplink.name: n.bytes for n in self.lanes}, counted=counted
        )

    def _pace(self, now: int) -> None:
        """Metered uplinks are asked once a second while every other line is silent, where that was agreed."""
        main = [lane for lane in self.lanes if not lane.uplink.metered]
        raised = bool(main) and all(lane.silent(now) for lane in main)
        for lane in self.lanes:
            if lane.uplink.metered and lane.uplink.raised:
                lane.pace(raised, now)

    # What lies around

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(1)
            with contextlib.suppress(OSError):  # a device went while it was looked at
                self._look_around(await asyncio.to_thread(look, self.session))

    def _look_around(self, now: Around) -> None:
        last, self.around = self.around, now
        for lane in self.lanes:
            lane.own = frozenset(now.addresses)
            name = lane.uplink.name
            device = device_of(lane.uplink, now, self._six(lane)) or lane.device
            if last is not None and device and lane.device in ("", device):
                for upset in changes(name, device, lane.uplink.source, last, now):
                    self.sink.upset(upset)
            lane.device = device
            if device in now.counted:
                first, before = self.counted.get(name, (now.counted[device],) * 2)
                if now.counted[device] < before:  # the device is a new one
                    first -= before
                self.counted[name] = (first, now.counted[device])
            self._admit(lane, now)
            self._gateway(lane, gateway_of(lane.uplink, now, self._six(lane)))

    def _admit(self, lane: Lane, now: Around) -> None:
        """Whoever can be asked since the host has a way out of its family is asked from now on."""
        patient = boot_ns() - self.zero < ROUTELESS_NS
        admitted = lane.admit(families(lane.uplink, now, patient=patient))
        if admitted and lane.rings:
            for probe in admitted:
                self.sink.target(probe.target)
            self._arrange(lane, boot_ns())

    def _six(self, lane: Lane) -> bool:
        probes = [p for p in lane.probes.values() if p.target.outside]
        return bool(probes) and all(":" in probe.target.address for probe in probes)

    def _gateway(self, lane: Lane, address: str) -> None:
        """The own router; one with an address of the provider is its first hop, not ours."""
        if lane.uplink.metered or not address:
            return
        depth = Depth.HOP if outside(address) and lane.uplink.gateway == "auto" else Depth.GATEWAY
        self._put(lane, depth, address, EVERY if depth is Depth.GATEWAY else HOP_EVERY)

    async def _carrier(self, lane: Lane) -> None:
        """Learns who carries an uplink, once a minute and whenever something turned."""
        if lane.uplink.metered:
            return
        turned = asyncio.Event()
        lane.curious = turned.set
        if lane.uplink.hop not in ("", "auto"):
            self._put(lane, Depth.HOP, lane.uplink.hop, HOP_EVERY)
        while True:
            turned.clear()
            looked = asyncio.get_running_loop().time()
            await self._look_out(lane)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(turned.wait(), CARRIER_EVERY)
            await asyncio.sleep(SETTLES)
            await asyncio.sleep(max(0.0, looked + APART - asyncio.get_running_loop().time()))

    async def _look_out(self, lane: Lane) -> None:
        far = [p.target.address for p in lane.probes.values() if p.target.witness]
        kind = self.ways[self._six(lane)].kind
        raw = None if kind > SocketKind.RAW or not lane.uplink.hop else kind == SocketKind.RAW
        servers = [s for s in self.plan.address_servers if (":" in s.address) == self._six(lane)]
        look, said, towards = await look_out(lane.uplink, far, servers, self.session, raw)
        if look is None:
            return
        lane.carrier.looked()
        self.sink.carrier(look)
        gateways = [p.target.address for p in lane.probes.values() if p.target.depth is Depth.GATEWAY]
        if look.hop and look.hop not in gateways and lane.uplink.hop == "auto":
            mute = not await answers(lane.uplink, look.hop, bool(raw))
            hop = Hop(look.hop, max(said), towards) if mute else Hop(look.hop)
            self._put(lane, Depth.HOP, look.hop, HOP_EVERY, hop)

    def _put(self, lane: Lane, depth: Depth, address: str, every: float, hop: Hop | None = None) -> None:
        """Gateway or hop is probed at this address from now on. The hop that was found first stays beside a later
        one: it is the line's, where another way carries meanwhile."""
        old = {number: probe for number, probe in lane.probes.items() if probe.target.depth == depth}
        if any(probe.target.address == address for probe in old.values()):
            return
        if depth is Depth.HOP and old:
            old.pop(min(old))
        ttl, towards = (hop.ttl, hop.towards) if hop else (0, "")
        key = (lane.uplink.name, depth, address)
        if key not in self.known:
            self.known[key] = Target(next(self.numbers), lane.uplink.name, depth, depth.name.lower(), address)
            self.sink.target(self.known[key])
        lane.replace(old, Probe(self.known[key], every=every, host=EXAMPLE, ttl=ttl, towards=towards))
        if lane.rings:
            self._arrange(lane, boot_ns())

    # Channels

    def _arrange(self, lane: Lane, now: int) -> None:
        if not lane.arrange(self._channel, now):
            lane.stale = True  # the uplink's address or device is not there: tried again at the next tick

    def _channel(self, lane: Lane, probe: Probe) -> Channel:
        """The channel of all probes that are asked alike; without ICMP an echo becomes what is allowed instead."""
        target, allowed = probe.target, self.ways[":" in probe.target.address].kind
        protocol = INSTEAD.get(allowed, ECHO) if target.protocol == ECHO else target.protocol
        kind = probe_types()[protocol]
        key: Hashable = (protocol, family_of(target.address), target.outside, kind.shared(probe))
        if key not in lane.channels:
            lane.channels[key] = kind.open(lane, probe, allowed)
        return lane.channels[key]
