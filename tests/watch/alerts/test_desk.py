"""The desk: over which uplink, when, and what happens while nobody lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from heller.dossier.wording import Words
from heller.watch.alerts.desk import PUBLISH, Desk, WatchedLine, Ways
from heller.watch.alerts.news import US, Kind, News
from heller.watch.alerts.outbox import Outbox
from heller.watch.alerts.settings import Alerts, Heartbeat, Mqtt, OtherWatcher, Tell
from heller.watch.plan import Uplink

UPLINKS = (Uplink("mobile", "192.0.2.2", budget_mb=50), Uplink("main", "192.0.2.1"))


@dataclass
class World:
    """Whoever is told, and what was done over which uplink."""

    dead: set[str] = field(default_factory=set)  # uplinks that answer echoes and carry nothing
    words: list[tuple[str, str, str]] = field(default_factory=list)
    beats: list[str] = field(default_factory=list)
    states: list[Mapping[str, bool]] = field(default_factory=list)
    heard: dict[str, int] = field(default_factory=dict)
    days: Sequence[News] = ()

    def ways(self) -> Ways:
        """The functions of the desk."""
        return Ways(
            self._send,
            lambda uplink: self._over(self.beats, uplink),
            self._publish,
            lambda: self.heard,
            lambda: self.days,
        )

    def _send(self, name: str, title: str, body: str, uplink: Uplink | None) -> bool:
        if uplink is not None and uplink.name in self.dead:
            return False
        self.words.append((name, title, uplink.name if uplink else ""))
        return True

    def _publish(self, states: Mapping[str, bool]) -> bool:
        self.states.append(dict(states))
        return True

    def _over(self, kept: list[str], uplink: Uplink | None) -> bool:
        kept.append(uplink.name if uplink else "")
        return uplink is None or uplink.name not in self.dead


def desk(tmp_path: Path, world: World, alerts: Alerts) -> Desk:
    """At a case of this test."""
    return Desk(Outbox(tmp_path), alerts, UPLINKS, world.ways(), Words("en"), "case")


def seen(now: int, main: list[tuple[int, bool]], mobile: bool) -> WatchedLine:
    """Seconds to what the file says."""
    rows = [(at * US, alive) for at, alive in main]
    return WatchedLine(
        now * US,
        0,
        {"main": rows, "mobile": [(0, mobile)]},
        {"main": rows[-1][1], "mobile": mobile},
    )


def test_a_word_goes_over_the_uplink_that_lives(tmp_path: Path) -> None:
    """The main line is dead: by the mobile one; both live: by the one that costs nothing; none: it waits."""
    world = World()
    at = desk(tmp_path, world, Alerts((Tell("a", "-"),)))
    at.turn(seen(50, [(0, True), (10, False)], mobile=True), 50 * US)
    assert world.words == [("a", "The line is down: main", "mobile")]
    at.turn(seen(51, [(0, True), (10, False)], mobile=False), 51 * US)
    at.turn(seen(200, [(0, True), (10, False), (100, True)], mobile=False), 200 * US)
    assert world.words[1:] == [("a", "The line answers again: main", "main")]


def test_what_waits_goes_when_somebody_lives_again(tmp_path: Path) -> None:
    """Down while nobody lives: nothing goes; back: both words, in their order, once."""
    world = World()
    at = desk(tmp_path, world, Alerts((Tell("a", "-"),)))
    rows = [(0, True), (10, False)]
    for now in range(12, 60):
        at.turn(seen(now, rows, mobile=False), now * US)
    assert world.words == []
    rows += [(60, True)]
    for now in range(61, 120):
        at.turn(seen(now, rows, mobile=False), now * US)
    titles = [title for _, title, _ in world.words]
    assert titles[0] == "The line is down: main"
    assert sorted(titles) == sorted(set(titles)) and "The line answers again: main" in titles


def test_an_uplink_that_carries_nothing_is_passed_over(tmp_path: Path) -> None:
    """It answers echoes and takes no word: the next try goes over the other one."""
    world = World(dead={"main"})
    at = desk(tmp_path, world, Alerts((Tell("a", "-"),), Heartbeat("-")))
    at.keep([News("k", Kind.DEADLINE, *_said())], 0)
    for now in range(1000, 1020):
        at.turn(seen(now, [(0, True)], mobile=True), now * US)
    assert [over for *_, over in world.words] == ["mobile"]
    assert world.beats[:2] == ["main", "mobile"] and len(world.beats) == 2


def test_who_is_in_the_house_needs_no_uplink(tmp_path: Path) -> None:
    """`local`: also before the watch has seen anything; and only what was asked for."""
    world = World()
    tell = (Tell("all", "-", local=True), Tell("lines", "-", of=(Kind.DOWN, Kind.BACK), local=True))
    at = desk(tmp_path, world, Alerts(tell, Heartbeat("-", 10, local=True)))
    at.keep([News("k", Kind.DEADLINE, *_said())], 0)
    at.turn(None, 1000 * US)
    at.turn(None, 1012 * US)
    assert world.words == [("all", "A deadline: 2 Mar 2026", "")]
    assert world.beats == ["", ""]


def test_another_watcher_is_missed_and_heard_again(tmp_path: Path) -> None:
    """Silent for longer than it may: said once; heard again: said once; our own sleep is not its silence."""
    world = World()
    alerts = Alerts((Tell("a", "-", local=True),), watcher=(OtherWatcher("box", "-", "127.0.0.1:1", 60),))
    at = desk(tmp_path, world, alerts)
    for now in (1000, 1020, 1040, 1055):
        at.turn(None, now * US)
    assert world.words == []
    for now in (1062, 1080):
        at.turn(None, now * US)
    assert [title for _, title, _ in world.words] == ["The watcher box is silent"]
    world.heard["box"] = 1085 * US
    at.turn(None, 1090 * US)
    at.turn(None, 1091 * US)
    assert [title for _, title, _ in world.words][1:] == ["The watcher box is heard again"]
    at.turn(None, 9000 * US)
    assert len(world.words) == 2, "we slept, it did not"


def test_states_are_published_when_they_change_and_once_a_minute(tmp_path: Path) -> None:
    """Home Assistant is told at once and does not forget."""
    world = World()
    at = desk(tmp_path, world, Alerts(mqtt=Mqtt("192.168.0.2")))
    at.turn(seen(1, [(0, True)], mobile=True), 100 * US)
    at.turn(seen(2, [(0, True)], mobile=True), 101 * US)
    at.turn(seen(3, [(0, True), (2, False)], mobile=True), 102 * US)
    at.turn(seen(4, [(0, True), (2, False)], mobile=True), 102 * US + PUBLISH)
    assert [one["main"] for one in world.states] == [True, False, False]


def _said() -> tuple:  # type: ignore[type-arg]
    from datetime import date

    from heller.model.text import text

    day = date(2026, 3, 2)
    return text("A deadline: {day}", day=day), text("A deadline of a case ends on {day}.", day=day)
