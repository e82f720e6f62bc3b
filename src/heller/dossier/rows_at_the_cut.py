"""The rows of logs between which the line died and came back: what a reader wants to see of a long log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from heller.model.case import Case
from heller.model.finding import Locator
from heller.model.kinds.device_log import DeviceEvent, DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Observation, Observations
from heller.model.outage import OpenEnd, OpenStart, Outage
from heller.model.span import Bounds

NEAR = timedelta(minutes=2)  # a device's clock may be off by this and its line still tells
MOST = 6  # rows of one log at one bound


def rows_at(case: Case, bounds: Bounds) -> tuple[Locator, ...]:
    """In each log: the last row at or before the bounds, those within, the first one after them."""
    found: list[Locator] = []
    for log in case.records(ProbeLog):
        found += _places(log.source, _around(log.observations, bounds.earliest, bounds.latest))
    for device in case.records(DeviceLog):
        within = [e for e in device.events if bounds.earliest - NEAR <= e.at <= bounds.latest + NEAR]
        found += _places(device.source, within[:MOST])
    return tuple(found)


def known(edge: Bounds | OpenStart | OpenEnd) -> Bounds:
    """The edge as far as it was seen: of an open one, the first or last proof of death."""
    match edge:
        case OpenStart():
            return Bounds(edge.latest, edge.latest)
        case OpenEnd():
            return Bounds(edge.earliest, edge.earliest)
        case Bounds():
            return edge


def rows_of(case: Case, outage: Outage, source: Locator) -> tuple[Locator, ...]:
    """The rows of one log at both bounds of an outage; the log as a whole where none is there."""
    rows = (*rows_at(case, known(outage.start)), *rows_at(case, known(outage.end)))
    return tuple(row for row in rows if row.object == source.object) or (source,)


def _around(seen: Observations, earliest: datetime, latest: datetime) -> list[Observation]:
    first = max(seen.until(earliest) - 1, 0)
    last = min(seen.before(latest) + 1, len(seen))
    near = list(range(first, last))
    return [seen[n] for n in (near if len(near) <= MOST else (*near[: MOST // 2], *near[-MOST // 2 :]))]


def _places(source: Locator, seen: Iterable[Observation | DeviceEvent]) -> Iterator[Locator]:
    """Rows of a log that lies in an archive are not rows of the original, so they are not named."""
    if not source.member:
        yield from (Locator(source.object, f"row {one.row}") for one in seen)
