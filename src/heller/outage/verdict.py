"""The verdict: outages with bounds, cause, strength, witnesses and competing ends, and every doubt.

Raw logs stay untouched, observations are handed in; a better rule, or the other side's expert, can work
the verdict out again. The version of the rule goes with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.model.kinds.contact import Contact
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.outage import (
    Detection,
    Witness,
)
from heller.model.sample import SampleHeader
from heller.model.text import text
from heller.outage import doubts
from heller.outage.columns import Frame
from heller.outage.detours import aside
from heller.outage.evidence.device import one_per_device
from heller.outage.evidence.reports import with_reports
from heller.outage.evidence.router import clock, downs, shift
from heller.outage.evidence.witness import monitors
from heller.outage.imported import once
from heller.outage.line import Line, heard, is_inside, line
from heller.outage.lone import ROUTER_ALONE, from_contacts, from_routers
from heller.outage.measured import measured
from heller.outage.micros import ONE
from heller.outage.silence import Cut, find
from heller.outage.sources import probed, sides, uplinks
from heller.outage.together import together


def detect(
    probes: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
    samples: Sequence[tuple[SampleHeader, Frame]] = (),
    hits: Sequence[HitLog] = (),
    queues: Sequence[QueueLog] = (),
    office: Sequence[str] = (),
    zone: ZoneInfo | None = None,
) -> Detection:
    """All outages that the logs show, in order of time.

    Probes of outside targets decide, those of the own watch (`samples`: tables by `heller.model.sample`, in
    memory or lazy) before imported ones. Targets inside the house tell of the cause, routers' logs, other
    monitors and other uplinks are second witnesses, and contacts claim ends. Without outside probes the
    routers' logs alone are read, and without those the contacts: the strength says so. Servers that the office
    used are witnesses too, or tell of an outage by its silence; `office` are its addresses or prefixes.
    """
    devices = one_per_device(devices)
    found = _by_line(probes, devices, contacts, samples, office)
    if hits or queues:
        from heller.outage.evidence import servers  # for those who have such logs

        found = servers.join(found, hits, queues, office)
    found = with_reports(found, contacts, zone)
    return replace(found, findings=(*found.findings, *map(doubts.contradiction, found.contradictions)))


def _by_line(
    probes: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
    samples: Sequence[tuple[SampleHeader, Frame]],
    office: Sequence[str],
) -> Detection:
    """What probes, routers and people say, put together: who was not looking takes nothing from another."""
    own = uplinks(samples)
    deciding, beside = sides(probes, own=bool(own))
    tables = once(deciding, [probed(log) for log in deciding])
    imported = line("", tables.blocks)
    lines = [*own, *([imported] if imported else [])]
    inside_only = any(is_inside(log.target) for log in probes)
    if lines:
        main, others = lines[0], lines[1:]
        main = main._replace(addresses=(*main.addresses, *office))
        silences = find(main)
        found = measured(main, silences, others, beside, devices, contacts)
        rest = tuple(measured(o, find(o), [x for x in lines if x is not o], (), (), ()) for o in others)
        found = _with_all(replace(found, others=rest), main, silences.cuts, beside, devices, contacts)
    elif any(log.events for log in devices):
        found = from_routers(devices, contacts, inside_only=inside_only)
    else:
        return from_contacts(contacts, inside_only=inside_only)
    return replace(found, findings=(*found.findings, *tables.findings))


def _with_all(
    found: Detection,
    main: Line,
    cuts: Sequence[Cut],
    beside: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
) -> Detection:
    """With what other monitors and the routers saw while the main line's own probes were not looking."""
    up = _probes_as_witness(main)
    others = monitors(beside, cuts)
    tables = once(
        [m.log for m in others], [probed(m.log) for m in others], [m.clock.offset // ONE for m in others]
    )
    second = line("", tables.blocks)
    if second is not None:
        ways = found.outages
        found = together(
            found,
            measured(second, find(second), (), (), (), contacts),
            lambda s: aside(heard(main, s), ways),
            up,
        )
    moved = [shift(log, clock(log, cuts, downs(log)).offset) for log in devices if log.events]
    if moved:
        alone = from_routers(moved, contacts, inside_only=False)
        kept = tuple(f for f in alone.findings if f.code != ROUTER_ALONE)
        both = (*found.outages, *alone.outages)
        found = together(found, alone, lambda s: aside(heard(main, s), both), up)
        found = replace(found, findings=(*found.findings, *kept))
    return found


def _probes_as_witness(main: Line) -> Witness:
    """The deciding probes as a witness that the line worked."""
    names = ", ".join(sorted({track.probed.name for track in main.outer})[:4])
    return Witness(
        text("Probes of {target}", target=names), text("They were answered."), main.source, None, "up"
    )
