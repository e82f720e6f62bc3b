"""A watched line in the emulated network, from the probes to the sealed case: what is said is what was done."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from tests.net import place, watcher
from tests.net.faults import Cut
from tests.net.narrow import narrow
from tests.net.story import SECOND, Story, covered, holds, lived, micros, of

from heller import casefile
from heller.model.outage import Cause, Strength
from heller.model.sample import UpsetKind
from heller.model.span import Bounds

SHORT, LONG, THEN = 6.5, 8.0, 1.5  # seconds of a fault, and of peace after it
OWN_SIDE = (Cause.LAN, Cause.ROUTER, Cause.OWN_HOST)
STEP = timedelta(milliseconds=750)  # between two probes of the outside, with room


def own_side(story: Story) -> None:
    """What is not the line's: the own side, names, one target, loss; at the end the plug is pulled."""
    with story.watched():
        for fault in ("lan", "router", "dns", "target", "loss"):
            story.suffer(fault, SHORT, THEN)
        story.suffer("cable", 4, 2)


def far_side(story: Story) -> None:
    """The line and what lies beyond it, the mobile line as a second witness; at the end the watcher stands still."""
    with story.watched():
        for fault in ("line", "silent", "beyond"):
            story.suffer(fault, LONG, THEN)  # asked for the second witness, the mobile line needs six
        time.sleep(2)  # losses close before a sleep count for nothing
        story.freeze(4, 2)


def power_cut(story: Story) -> None:
    """The line falls silent, the watcher is killed in it and comes back; the mobile line has 600 bytes."""
    story.begin()
    before = story.network.router.octets("lte")
    with story.network.fault("silent") as cut:
        time.sleep(11)  # seven and more are left, without the two before the power cut
        assert story.process is not None
        killed = watcher.power_cut(story.process)
        time.sleep(2)
        story.begin()
        time.sleep(4)
    story.cuts.append(cut)
    story.killed = killed
    story.wire = story.network.router.octets("lte") - before
    time.sleep(2)
    story.end()


def test_what_befalls_a_line_is_told_as_it_was(tmp_path: Path) -> None:
    """Eight faults, an own cable, a frozen watcher, a power cut: causes, bounds, grades, and what nobody saw.

    Three networks live their stories at the same time; what is waited for is the seconds of the faults.
    """
    if why := place.unavailable():
        pytest.skip(f"no emulated network: {why}")
    raised = "budget_mb = 50\nraised = true"
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(lived, tmp_path / "first", own_side)
        second = pool.submit(lived, tmp_path / "second", far_side, raised)
        third = pool.submit(lived, tmp_path / "third", power_cut, "budget_mb = 0.0006\nraised = true")
        stories = first.result(), second.result(), third.result()
    assert _own_side(stories[0]) == 2, "neither names, nor one target, nor loss, nor the own cable"
    assert _far_side(stories[1]) == 3, "and none of the watcher's own sleep"
    assert _killed_and_metered(stories[2]) >= 1, "the power cut may part it"


def _own_side(story: Story) -> int:
    """How many outages are told; each of them is looked at."""
    told = story.told()
    for fault in ("lan", "router"):
        (found,) = of(told, story.cut(fault))
        assert found.cause in OWN_SIDE and found.strength is not Strength.PROVEN, (fault, found)
    assert [found.cause for found in told.degraded if _within(found.start, story.cut("dns"))] == [Cause.DNS]
    cable = story.cut("cable")
    assert covered(told.unobserved, cable.on[1] + SECOND, cable.off[0])
    return len(told.outages)


def _far_side(story: Story) -> int:
    """How many outages are told; each of them is looked at."""
    told = story.told()
    for fault, cause in (("line", Cause.LINE), ("silent", Cause.LINE), ("beyond", Cause.BEYOND)):
        cut = story.cut(fault)
        (found,) = of(told, cut)
        assert (found.cause, found.strength) == (cause, Strength.PROVEN), (fault, found)
        assert isinstance(found.start, Bounds) and isinstance(found.end, Bounds)
        assert holds(found.start, cut.on) and holds(found.end, cut.off), (fault, found.start, found.end, cut)
        assert narrow(story, cut, found, STEP), (fault, found.start, found.end)
    frozen = story.cut("suspended")
    assert covered(told.unobserved, frozen.on[1] + SECOND, frozen.off[0] - SECOND)
    return len(told.outages)


def _within(bounds: Bounds, cut: Cut) -> bool:
    return cut.on[0] <= micros(bounds.latest) <= cut.off[1]


def _killed_and_metered(story: Story) -> int:
    """How many outages are told; each of them is looked at."""
    told = story.told()
    (cut,) = story.cuts
    found = of(told, cut)
    assert found and all(o.cause is Cause.LINE for o in found)
    start, end = found[0].start, found[-1].end
    assert isinstance(start, Bounds) and isinstance(end, Bounds)
    assert holds(start, cut.on) and holds(end, cut.off)
    heads = [head for head, _ in casefile.load(story.case).samples]
    kept_until = max(end for head in heads for _, end in head.watched if end <= story.killed)
    assert (
        story.killed - kept_until <= 5 * SECOND
    )  # a commit a second, a tick a second, and what a busy machine adds
    assert covered(told.unobserved, story.killed, story.killed + 2 * SECOND)
    assert any(u.kind is UpsetKind.PAUSE and u.uplink == "mobile" for head in heads for u in head.upsets)
    assert 200 < story.wire <= 600 + 20 * 14 + 400  # the budget, Ethernet headers, and who-has of the link
    return len(told.outages)
