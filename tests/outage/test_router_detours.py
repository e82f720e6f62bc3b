"""What a router's log tells of another way: the line dead from its 'down' to its 'up', the firm alive in between."""

from __future__ import annotations

from datetime import timedelta

from tests.outage.worlds import FAR, GATEWAY, NEAR, at, probes, router

from heller.model.kinds.device_log import DeviceSign
from heller.model.span import Bounds
from heller.outage import detect

DOWN, UP = DeviceSign.LINE_DOWN, DeviceSign.LINE_UP
OVER, BACK = DeviceSign.DETOUR_UP, DeviceSign.DETOUR_DOWN
LOG = router((600, DOWN), (750, OVER), (6000, UP), (6120, BACK))


def test_a_routers_log_alone() -> None:
    """Down for an hour and a half, the mobile network from 150 s on: one outage, and the firm cut off until then."""
    (found,) = detect((), [LOG], ()).outages
    assert found.span.start <= at(602) and found.span.end >= at(5998)
    (detour,) = found.detours
    assert detour.start.latest == at(750)
    (cut_off,) = found.cut_off
    assert cut_off.end == at(750) and cut_off.length <= timedelta(seconds=150)
    assert {"down", "detour"} <= {stretch.state for stretch in detect((), [LOG], ()).stretches}


def test_probes_that_went_the_other_way_do_not_bring_the_line_back() -> None:
    """The probes were silent for 150 s and answered then, over the mobile network: the line was dead all the same."""
    seen = [probes(name, 7200, dead=[(600, 750)], phase=n / 3) for n, name in enumerate((NEAR, FAR))]
    told = detect([*seen, probes(GATEWAY, 7200)], [LOG], ())
    (found,) = told.outages
    assert isinstance(found.start, Bounds) and found.start.earliest <= at(600) <= found.start.latest
    assert found.span.end >= at(5990) and found.detours
    assert not told.contradictions
    assert sum((part.length for part in found.cut_off), timedelta()) <= timedelta(seconds=151)


def test_a_log_without_another_way_is_contradicted_by_answers() -> None:
    """The same log without the mobile network: the answers and the log cannot both be right."""
    seen = [probes(name, 7200, dead=[(600, 750)], phase=n / 3) for n, name in enumerate((NEAR, FAR))]
    told = detect([*seen, probes(GATEWAY, 7200)], [router((600, DOWN), (6000, UP))], ())
    assert told.contradictions and not any(one.detours for one in told.outages)
