"""How strongly an outage is shown: a table of worlds with their witnesses, and the pure parts of the verdict at
their limits."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.outage import linelab
from tests.outage.worlds import FAR, GATEWAY, NEAR, at, codes, probes, said, span

from heller.model.finding import Locator
from heller.model.observation import Observations
from heller.model.outage import Cause, Detection, OpenEnd, OpenStart, Outage, Strength
from heller.model.record import (
    ContactKind,
    DeviceEvent,
    DeviceLog,
    DeviceSign,
    Failure,
    Observation,
    ProbeLog,
)
from heller.model.span import Bounds
from heller.model.text import text
from heller.outage.measured import stretches
from heller.outage.verdict import detect

CASES = [
    case
    for path in sorted((Path(__file__).parent / "strength").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
HOSTS = {"near": NEAR, "far": FAR, "gateway": GATEWAY}


def target(host: str, seconds: float, phase: float, world: dict[str, Any]) -> ProbeLog:
    """The probes of one target of a world."""
    dead = [(start, end) for start, end in world.get("dead", [])]
    step = world.get("step", 1.0)
    return probes(host, seconds, step=step, phase=phase, dead=dead, lost=world.get("lost", ()))


def monitor(seconds: float, dead: list[list[float]]) -> ProbeLog:
    """A check a minute of which nobody knows the second."""
    seen = []
    for n in range(int(seconds // 60)):
        silent = any(start < n * 60 + 60 and n * 60 < end for start, end in dead)
        seen.append(Observation(at(n * 60), n + 1, Failure.TIMEOUT if silent else None, 0.0, 59.0))
    return ProbeLog("192.0.2.80", Observations.of(seen), 60.0, Locator("monitor", "row 1"), 1.0)


def router(events: list[list[Any]], *, stated: bool = False) -> DeviceLog:
    """A router's log in the watcher's time."""
    told = tuple(
        DeviceEvent(at(seconds), DeviceSign(sign.replace(" ", "_")), sign, row)
        for row, (seconds, sign) in enumerate(events, 1)
    )
    return DeviceLog("gw", told, Locator("router", "row 1"), 1.0, stated=stated)


def seen(case: dict[str, Any]) -> Detection:
    """What is detected in the world of a case."""
    if "mobile" in case:
        cut = [(200.0, 300.0)]
        dead: dict[int, Any] = dict.fromkeys(range(1, 9), cut)
        dead |= {} if case["mobile"]["up"] else {9: cut, 10: cut}
        table = linelab.table(600, dead, numbers=tuple(range(11)))
        return detect([], [], [], [(linelab.head(600), table)])
    seconds = case.get("seconds", 600)
    logs = [
        target(HOSTS[name], seconds, phase, world)
        for phase, (name, world) in zip((0.0, 0.5), case.get("outside", {}).items(), strict=False)
    ]
    if "house" in case:
        logs.append(target(GATEWAY, seconds, 0.25, case["house"]))
    if "monitor" in case:
        logs.append(monitor(seconds, case["monitor"]["dead"]))
    devices = [router(**case["router"])] if "router" in case else []
    contacts = [said(one["at"], ContactKind(one["kind"])) for one in case.get("contacts", [])]
    return detect(logs, devices, contacts)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_strength_follows_from_the_witnesses(case: dict[str, Any]) -> None:
    """Strength and cause of the one outage, its bounds where the case names them, and what is said about it."""
    found = seen(case)
    (outage,) = found.outages
    shown = {"strength": outage.strength.value, "cause": outage.cause.value}
    assert {key: shown[key] for key in case["expected"]} == case["expected"]
    assert set(case.get("says", ())) <= codes(found) and not set(case.get("not", ())) & codes(found)
    assert len(found.contradictions) == case.get("contradictions", 0)
    if "witness" in case:
        words = [
            w.saw.id.format(**w.saw.args)
            for w in outage.witnesses
            if not w.saw.args.keys() - {"good", "sent"}
        ]
        assert any(case["witness"] in word for word in words)
    if "start" in case:
        assert edge(outage.start, "earliest") == case["start"]
    if "end" in case:
        assert edge(outage.end, "latest") == case["end"]


def edge(bounds: Bounds | OpenStart | OpenEnd, name: str) -> float | str:
    """A bound in seconds since the world began; `open` where there is none."""
    if isinstance(bounds, OpenStart | OpenEnd):
        return "open"
    return float((getattr(bounds, name) - at(0)).total_seconds())


def test_a_line_that_worked_needs_no_gateway() -> None:
    """Where there was no outage, nobody is told what an outage would have lacked."""
    quiet = detect([probes(NEAR, 600), probes(FAR, 600, phase=0.5)], [], [])
    assert quiet.outages == () and "outage.no_gateway" not in codes(quiet)


@pytest.mark.parametrize(("answered", "state"), [(40, "down"), (50, "down"), (51, "up"), (60, "up")])
def test_a_gateway_that_answered_half_is_called_down(answered: int, state: str) -> None:
    """More than half of its probes must have come back."""
    lost = range(200, 300 - answered)
    logs = [probes(NEAR, 600, dead=[(200, 300)]), probes(FAR, 600, phase=0.5, dead=[(200, 300)])]
    (outage,) = detect([*logs, probes(GATEWAY, 600, phase=0.25, lost=lost)], [], []).outages
    (house,) = (w for w in outage.witnesses if w.source.object.endswith(GATEWAY))
    assert house.saw.args == {"good": answered, "sent": 100} and house.state == state


def outage(*edges: float) -> Outage:
    """An outage with four edges in seconds: the start's bounds, then the end's."""
    begin, latest, earliest, end = map(at, edges)
    return Outage(
        Bounds(begin, latest), Bounds(earliest, end), Cause.LINE, Strength.MEASURED, text("by hand")
    )


def test_each_moment_has_one_state() -> None:
    """Unobserved outweighs down, down outweighs what is no outage, and the time between two bounds counts as up."""
    observed = span(0, 100)
    found = stretches(observed, [outage(20, 22, 48, 50)], [span(40, 60)], {"degraded": [span(10, 70)]})
    assert [((s.span.start - at(0)).seconds, (s.span.end - at(0)).seconds, s.state) for s in found] == [
        (0, 10, "up"),
        (10, 22, "degraded"),
        (22, 40, "down"),
        (40, 60, "unobserved"),
        (60, 70, "degraded"),
        (70, 100, "up"),
    ]


def test_nothing_outside_the_observed_time_has_a_state() -> None:
    """What an outage or bad times are beyond the log is not drawn."""
    found = stretches(span(10, 50), [outage(0, 0, 20, 20)], [], {"degraded": [span(40, 90)]})
    assert [((s.span.start - at(0)).seconds, (s.span.end - at(0)).seconds, s.state) for s in found] == [
        (10, 20, "down"),
        (20, 40, "up"),
        (40, 50, "degraded"),
    ]
