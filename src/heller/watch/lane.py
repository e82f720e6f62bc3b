"""One uplink while it is watched: its rings of targets, its channels, its budget, its burst.

Each uplink is by itself: what happens to one changes nothing in another, but that a metered one may be asked
more often while the others are silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from heller.machine.clocks import boot_ns
from heller.model.sample import ALIVE, LOST, Depth, Outcome, Upset, UpsetKind
from heller.watch.budget import Budget
from heller.watch.carrier_signs import CarrierSigns
from heller.watch.clocks import Session
from heller.watch.plan import RAISED_EVERY, Plan, Probe, Uplink, When, slots
from heller.watch.ring import Ring
from heller.watch.rows import ProbeRow, Sink
from heller.watch.wheel import NAN, SECOND

BURST, BURST_NS = 10, 2 * SECOND  # probes after a first loss, all targets of the uplink in turn
CALM_NS = 5 * SECOND  # answers for so long after a loss make the next loss a first one again
HOP_NS, HOP_CLOSELY_NS = (
    SECOND // 2,
    600 * SECOND,
)  # a first router that fell silent is asked so often, for so long
SILENT_NS, SILENT = 5 * SECOND, 3  # no answer for so long, and so many losses: the line is silent
AT_ONCE = 128  # of one ring, before the answers are read: what the buffer of a socket surely holds


class Channel(Protocol):
    """Sends probes of one kind and tells the lane how each ended."""

    cost: int  # bytes of a probe that is answered, both ways
    in_burst: bool  # whether it is asked again at once after a first loss

    def add(self, number: int, address: str) -> None:
        """From now on `number` may be sent to."""
        ...

    def send(self, numbers: Sequence[int]) -> int:
        """Asks each; how many were dealt with, the rest must wait."""
        ...

    def drain(self) -> None:
        """Reads all that waits."""
        ...

    def expire(self, now: int) -> None:
        """Tells of what was not answered in time."""
        ...

    def blind(self, now: int) -> None:
        """Silence before now proves nothing."""
        ...

    def idle(self) -> bool:
        """Whether nothing waits for its deadline."""
        ...

    def close(self) -> None:
        """No more answers are taken."""
        ...


# Makes the channel for a probe, or gives the one that stands already.
Open = Callable[["Lane", Probe], Channel]


class Lane:
    """State of one uplink. All stamps are nanoseconds of the boot clock."""

    def __init__(
        self, uplink: Uplink, plan: Plan, sink: Sink, session: Session, zero: int, used: int
    ) -> None:
        self.uplink, self.sink, self.session, self.zero = uplink, sink, session, zero
        self.deadline, self.offset, self.row = plan.deadline, session.offset, sink.row
        mine = [p for p in plan.probes if p.target.uplink == uplink.name]
        self.probes = {p.target.number: p for p in mine if p.asked is When.ALWAYS}
        self.waiting = [p for p in mine if p.asked is not When.ALWAYS]
        self.unopened, self.arranged = False, 0
        self.channels: dict[object, Channel] = {}
        self.rings: list[tuple[Ring, Channel]] = []
        self.by: dict[int, Channel] = {}
        self.own: frozenset[str] = frozenset()
        self.device = ""
        self.bytes = 0
        self.budget = (
            Budget(uplink.budget_mb, uplink.since, session.at(zero), used)
            if uplink.budget_mb is not None
            else None
        )
        self.paused_until = 0
        self.stale = False
        self.last_alive = self.last_loss = self.losses = 0
        self.burst_at, self.burst_left, self.hop_at = 0, 0, 0
        self.carrier = CarrierSigns()
        self.curious: Callable[[], object] = lambda: None  # something turned: who carries must be looked at

    # What is told to the sink

    def tell(
        self, number: int, stamp: int, outcome: int, rtt: float, size: int, outside: bool, ttl: int = 0
    ) -> None:
        """A probe ended."""
        self.row(ProbeRow(number, (stamp + self.offset) // 1000, int(outcome), rtt, size, ttl))
        if ttl and self.carrier.left(number, ttl, outside=outside):
            self.curious()
        if not outside:
            self._inside(number, stamp, outcome)
            return
        if outcome in ALIVE:
            self.alive(stamp)
        elif outcome in LOST:
            self.lost(stamp)

    def alive(self, stamp: int) -> None:
        """Somebody outside answered what was sent at `stamp`."""
        if stamp > self.last_alive:
            if self.losses >= SILENT:
                self.curious()
            self.last_alive = stamp
            self.losses = 0

    def lost(self, stamp: int) -> None:
        """Nobody outside answered it. The first time a burst begins."""
        self.losses += 1
        first = stamp - self.last_loss > CALM_NS and self.last_alive >= self.last_loss
        if first:
            self._begin_burst()
        self.last_loss = max(self.last_loss, stamp)

    def _inside(self, number: int, stamp: int, outcome: int) -> None:
        """The own router or the provider's first one: when that one falls silent or speaks again, the line may
        have died behind a router that goes another way, and nobody outside would be missed."""
        probe = self.probes.get(number)
        if probe is None or probe.target.depth is not Depth.HOP or outcome not in (*ALIVE, *LOST):
            return
        lost = outcome in LOST
        if lost and self.hop_at - stamp > HOP_CLOSELY_NS // 2:
            self.hop_at = 0
        if self.carrier.hop(number, stamp, lost=lost):
            self._begin_burst() if lost else self.curious()
            self.hop_at = 0

    def _begin_burst(self) -> None:
        if not self.burst_left:
            self.burst_at, self.burst_left = 0, BURST
        self.curious()

    def silent(self, now: int) -> bool:
        """Whether nobody outside has answered for a while, though asked. No verdict: it only decides how often
        a metered uplink is asked."""
        return self.losses >= SILENT and now - self.last_alive > SILENT_NS

    # Whose turn it is

    def admit(self, families: frozenset[int]) -> list[Probe]:
        """Those who waited for a family that the host has now, and are asked from now on, whatever comes."""
        alone = len(families) == 1
        admitted = [
            probe
            for probe in self.waiting
            if family(probe) in families and (probe.asked is When.WHERE_THERE or alone)
        ]
        self.waiting = [probe for probe in self.waiting if probe not in admitted]
        self.probes |= {probe.target.number: probe for probe in admitted}
        return admitted

    def arrange(self, open_channel: Open, now: int) -> bool:
        """Opens what is not open and lays the slots anew; whether anybody can be asked. One whose socket cannot be
        opened keeps none of the others from being asked."""
        self.unopened, self.arranged = False, now
        found = slots(self.probes.values())
        groups: dict[tuple[Channel, float], dict[int, int]] = {}
        for number, probe in self.probes.items():
            try:
                channel = open_channel(self, probe)
                channel.add(number, probe.towards or probe.target.address)
            except OSError:
                self.unopened = True
                continue
            self.by[number] = channel
            groups.setdefault((channel, probe.every), {})[number] = round(found[number] * SECOND)
        self.rings = [
            (Ring(group, round(every * SECOND), self.zero, now), channel)
            for (channel, every), group in groups.items()
        ]
        return bool(self.rings) or not self.probes

    def pace(self, raised: bool, now: int) -> None:
        """A metered uplink is asked once a second, all targets in turn, or as planned."""
        for ring, _ in self.rings:
            planned = self.probes[ring.numbers[0]].every
            ring.pace(round((RAISED_EVERY * len(ring.numbers) if raised else planned) * SECOND), now)

    def turn(self, now: int) -> None:
        """Ends what is over and asks who is due."""
        for channel in self.channels.values():
            channel.expire(now)
        for ring, channel in self.rings:
            if ring.next <= now:
                numbers = ring.due(now, AT_ONCE)
                left = len(numbers) - self._send(channel, numbers)
                if left:
                    ring.back(left)
        if self.burst_left:
            self._burst(now)
        if self.carrier.lost and now >= self.hop_at:
            self._ask_hops(now)

    def next(self) -> int:
        """When the next turn is due."""
        due = min((ring.next for ring, _ in self.rings), default=1 << 62)
        due = min(due, self.hop_at) if self.carrier.lost else due
        return min(due, self.burst_at) if self.burst_left else due

    def _send(self, channel: Channel, numbers: Sequence[int]) -> int:
        if self.budget is None:
            return channel.send(numbers)
        at = self.session.at(boot_ns())
        if self.budget.allows(at, self.bytes, channel.cost * len(numbers)):
            return channel.send(numbers)
        if self.paused_until < self.budget.end:
            self.paused_until = self.budget.end
            self.sink.upset(Upset(UpsetKind.PAUSE, at, self.budget.end, self.uplink.name))
        for number in numbers:
            self.row(ProbeRow(number, at, int(Outcome.NOT_SENT), NAN, 0))
        return len(numbers)

    def _burst(self, now: int) -> None:
        """Ten probes in two seconds, from the inside out."""
        if now < self.burst_at:
            return
        order = [number for number in sorted(self.by, key=self._depth) if self.by[number].in_burst]
        if not order:
            self.burst_left = 0
            return
        number = order[(BURST - self.burst_left) % len(order)]
        channel = self.by[number]
        if self.budget is None or self.budget.allows(self.session.at(now), self.bytes, channel.cost):
            channel.send([number])
        self.burst_left -= 1
        self.burst_at = now + BURST_NS // BURST

    def _ask_hops(self, now: int) -> None:
        """A first router that fell silent a short while ago is asked more often: it says when the line is back."""
        silent = [number for number in self.carrier.lost if number in self.by]
        short = now - self.carrier.last < HOP_CLOSELY_NS
        for number in silent if short else ():
            self.by[number].send([number])
        self.hop_at = now + (HOP_NS if silent and short else HOP_CLOSELY_NS)

    def _depth(self, number: int) -> tuple[int, int]:
        return self.probes[number].target.depth, number

    # What changes

    def replace(self, old: Iterable[int], probe: Probe) -> None:
        """Gateway or hop has another address."""
        for number in old:
            self.probes.pop(number, None)
            self.by.pop(number, None)
        self.probes[probe.target.number] = probe

    def blind(self, now: int) -> None:
        """Nobody looked until now: what came is read first, and silence before now proves nothing."""
        for channel in self.channels.values():
            channel.drain()
            channel.blind(now)

    def idle(self) -> bool:
        """Whether no probe waits for its deadline."""
        return all(channel.idle() for channel in self.channels.values())

    def close(self) -> None:
        """Closes every channel."""
        for channel in self.channels.values():
            channel.close()
        self.channels.clear()
        self.by.clear()
        self.rings.clear()


def family(probe: Probe) -> int:
    """4 or 6."""
    return 6 if ":" in probe.target.address else 4
