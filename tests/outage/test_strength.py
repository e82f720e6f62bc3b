"""How strongly an outage is shown: a table of worlds with their witnesses, and the pure parts of the verdict at
their limits."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.outage import linelab
from tests.outage.worlds import FAR, GATEWAY, NEAR, at, codes, probes, said, span

from heller.model.finding import Locator
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation, Observations
from heller.model.outage import (
    Cause,
    Detection,
    Detour,
    OpenEnd,
    OpenStart,
    Outage,
    Strength,
    Stretch,
    Witness,
)
from heller.model.span import Bounds
from heller.model.text import Text, text
from heller.outage.evidence.reports import with_reports
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


def test_each_target_counts_its_probes_from_the_first_lost_one_to_the_last() -> None:
    """A hundred seconds are a hundred probes of each, the first one of the silence among them."""
    logs = [probes(NEAR, 600, dead=[(200, 300)]), probes(FAR, 600, phase=0.5, dead=[(200, 300)])]
    (cut,) = detect(logs, [], []).outages
    assert [witness.saw.args for witness in cut.witnesses] == [{"lost": 100, "sent": 100}] * 2


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


@pytest.mark.parametrize(
    ("hits", "queues", "asked"),
    [([], [], False), (["a log"], [], True), ([], ["a queue"], True), (["a log"], ["a queue"], True)],
)
def test_servers_are_asked_where_one_of_their_logs_is_there(
    hits: list[Any], queues: list[Any], asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log of a web server alone is enough, and a mail queue alone."""
    called = []

    def join(found: Detection, *logs: object) -> Detection:
        called.append(logs)
        return found

    monkeypatch.setattr("heller.outage.evidence.servers.join", join)
    detect([probes(NEAR, 100), probes(FAR, 100, phase=0.5)], [], [], [], hits, queues, ["192.0.2.1"])
    assert called == ([(hits, queues, ["192.0.2.1"])] if asked else [])


def test_each_uplink_is_the_second_witness_of_the_other() -> None:
    """The mobile line is dead while the main one reaches the same targets: proven as well, and apart."""
    dead: dict[int, Any] = {9: [(200.0, 300.0)], 10: [(200.0, 300.0)]}
    found = detect([], [], [], [(linelab.head(600), linelab.table(600, dead, numbers=tuple(range(11))))])
    (mobile,) = found.others
    assert found.outages == () and (found.line, mobile.line) == ("main", "mobile")
    (cut,) = mobile.outages
    assert cut.strength is Strength.PROVEN and cut.line == "mobile"


def test_a_router_that_calls_an_answered_line_dead_is_contradicted_by_name() -> None:
    """Four targets are named, in order; nobody says that the router's log is all there is."""
    hosts = [f"198.51.100.{n}" for n in (5, 3, 1, 2, 4)]
    logs = [probes(host, 2000, phase=n / 5) for n, host in enumerate(hosts)]
    found = detect(logs, [router([[0, "line up"], [500, "line down"], [1500, "line up"]])], [])
    (against,) = found.contradictions
    assert against.up.name.args["target"] == "198.51.100.1, 198.51.100.2, 198.51.100.3, 198.51.100.4"
    assert (against.up.state, against.counted, against.down.source.object) == ("up", False, "router")
    assert "outage.router_alone" not in codes(found)


def test_another_monitor_contradicts_the_first_witness_of_the_outage() -> None:
    """The time counts as dead, and both statements stand side by side."""
    case = next(case for case in CASES if case["why"].startswith("another monitor that was answered"))
    (against,) = seen(case).contradictions
    assert against.counted and against.up.source.object == "monitor" and against.up.state == "up"
    assert against.down.name.args == {"target": FAR}


@pytest.mark.parametrize(("step", "narrows"), [(1.0, False), (10.0, True)])
def test_the_router_stands_among_the_witnesses_with_what_it_saw(step: float, narrows: bool) -> None:
    """Once, with both its times; that they narrow the bounds is said where they do, and only there. A router that
    saw nothing of it is no witness."""
    dead = [(200.0, 300.0)]
    logs = [probes(host, 600, step=step, phase=p, dead=dead) for host, p in ((NEAR, 0.0), (FAR, step / 2))]
    events = [[0, "line up"], [201, "line down"], [299, "line up"]]
    (cut,) = detect(logs, [router(events)], []).outages
    (one,) = (w for w in cut.witnesses if w.source.object == "router")
    times, *more = (one.saw.args["a"], one.saw.args["b"]) if narrows else (one.saw,)
    assert isinstance(times, Text) and times.args == {"start": at(201), "end": at(299)}
    assert ["narrow the bounds" in str(words) for words in more] == [True] * narrows
    (alone,) = detect(logs, [router([[0, "line up"]])], []).outages
    assert [w for w in alone.witnesses if w.source.object == "router"] == []


def test_bad_times_and_detours_are_states_of_their_own() -> None:
    """Loss in both networks for three minutes is degraded; a time on the mobile network is a detour."""
    lost = range(300, 480, 5)
    found = detect([probes(NEAR, 900, lost=lost), probes(FAR, 900, phase=0.5, lost=lost)], [], [])
    assert "degraded" in {stretch.state for stretch in found.stretches} and found.outages == ()
    sharp = Bounds(at(30), at(30)), Bounds(at(40), at(40))
    cut = replace(outage(20, 20, 50, 50), detours=(Detour(*sharp, text("by hand")),))
    assert [
        (s.span.start - at(0)).seconds for s in stretches(span(0, 60), [cut], []) if s.state == "detour"
    ] == [30]


QUARTER = 900.0


def reported(
    *reports: float, outages: list[Outage], states: Sequence[tuple[float, float, str]] = ()
) -> Detection:
    """What reports make of outages and of the states of the line, all in seconds since the world began."""
    lines = tuple(Stretch(span(start, end), state) for start, end, state in states)
    contacts = [said(moment, ContactKind.FAULT_REPORT) for moment in reports]
    return with_reports(Detection(outages=tuple(outages), stretches=lines), contacts)


@pytest.mark.parametrize("state", ["up", "slow", "degraded", "half"])
def test_a_line_that_worked_somehow_contradicts_an_early_report(state: str) -> None:
    """More than a quarter of an hour of it, however poor; exactly so much is put down to the clocks."""
    cut = outage(4000, 4000, 4100, 4100)
    against = reported(0, outages=[cut], states=[(100, 100 + QUARTER + 1, state)])
    assert against.outages == (cut,) and len(against.contradictions) == 1
    just = reported(0, outages=[cut], states=[(100, 100 + QUARTER, state)])
    assert just.outages[0].start == Bounds(at(0), at(4000)) and just.contradictions == ()


@pytest.mark.parametrize("state", ["down", "unobserved", "detour"])
def test_a_line_that_nobody_saw_work_may_be_dead_since_the_report(state: str) -> None:
    """Nobody looked, or it was dead already: the outage is as old as the report."""
    found = reported(0, outages=[outage(4000, 4000, 4100, 4100)], states=[(100, 3900, state)])
    assert found.outages[0].start == Bounds(at(0), at(4000)) and found.contradictions == ()


def test_a_report_of_the_day_after_speaks_of_the_outage_before() -> None:
    """To the second; then it is one of the next outage."""
    first, second = outage(0, 0, 100, 100), outage(200_000, 200_000, 200_100, 200_100)
    day = 86_400
    assert reported(100 + day, outages=[first, second]).outages == (first, second)
    later = reported(101 + day, outages=[first, second]).outages
    assert later == (first, replace(second, start=Bounds(at(101 + day), at(200_000))))


def test_the_contradiction_of_a_report_names_both_sides() -> None:
    """The report where it stands, and the first witness of the outage, whose line worked until then."""
    place, seen_at = Locator("letter", "line 3"), Locator("ping", "row 1")
    cut = replace(
        outage(4000, 4000, 4100, 4100),
        witnesses=(
            Witness(text("First"), text("x"), seen_at, None),
            Witness(text("Second"), text("x"), place, None),
        ),
    )
    lines = (Stretch(span(0, 4000), "up"),)
    contact = replace(said(0, ContactKind.FAULT_REPORT), source=place)
    (one,) = with_reports(Detection(outages=(cut,), stretches=lines), [contact]).contradictions
    assert (one.down.source, one.up.name.id, one.up.source, one.up.state) == (place, "First", seen_at, "up")
    bare = with_reports(
        Detection(outages=(replace(cut, witnesses=()),), stretches=lines), [replace(contact, source=None)]
    )
    (two,) = bare.contradictions
    assert (two.down.source, two.up.name.id, two.up.source) == (Locator(""), "The measurement", Locator(""))
