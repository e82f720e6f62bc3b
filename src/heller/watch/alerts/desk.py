"""The desk: turn by turn it sees what is worth a word, keeps it, and hands it to whoever lives. What reads a case,
what is said in a language and what is sent stand behind functions that it is given.

It takes the state of the lines from the watch's file, so whoever was killed here misses nothing that the watch saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from heller.model.text import Text
from heller.watch.alerts import news
from heller.watch.alerts.news import US, Kind, News
from heller.watch.alerts.outbox import Outbox
from heller.watch.alerts.settings import Alerts, Tell
from heller.watch.plan import Uplink

DAILY = 6 * 3600 * US  # between two looks at days and letters of the case
FROZE = 30 * US  # a turn so much later than the one before: this machine slept
PUBLISH = 60 * US  # between two states by MQTT


class WatchedLine(NamedTuple):
    """What the watch's file says at `now`: per uplink its changes, whether it answers now; `begun`: watched since
    then."""

    now: int
    begun: int
    changes: Mapping[str, Sequence[tuple[int, bool]]]
    answering: Mapping[str, bool]


class Ways(NamedTuple):
    """What the desk does in the world; each says whether it went well, over the uplink it is given (None: without
    one)."""

    send: Callable[[str, str, str, Uplink | None], bool]  # recipient, title, body
    beat: Callable[[Uplink | None], bool]
    publish: Callable[[Mapping[str, bool]], bool]
    heard: Callable[[], Mapping[str, int]]
    days: Callable[[], Sequence[News]]


class Desk:
    """One watch's desk. Times are microseconds since 1970."""

    def __init__(
        self,
        box: Outbox,
        alerts: Alerts,
        uplinks: Sequence[Uplink],
        ways: Ways,
        say: Callable[[Text], str],
        case: str,
    ) -> None:
        self.box, self.alerts, self.ways, self.say, self.case = box, alerts, ways, say, case
        self.uplinks = sorted(uplinks, key=lambda one: one.metered)  # what costs nothing first
        self.living: tuple[Uplink, ...] = ()
        self.listening = self.beat_at = self.days_at = self.told_at = self.turned = 0
        self.states: Mapping[str, bool] = {}
        self.published: Mapping[str, bool] = {}
        self.quiet: dict[str, int] = {}  # other watchers that were said to be silent, heard last then

    def turn(self, seen: WatchedLine | None, now: int) -> None:
        """One look and what follows from it; `seen` None: the watch has written nothing yet."""
        if now - self.turned > FROZE:
            self.listening = now
        self.turned = now
        if seen is not None:
            self._lines(seen)
        self._others(now)
        if now - self.days_at >= DAILY and (self._wants(Kind.DEADLINE) or self._wants(Kind.LETTER)):
            self.days_at = now
            self.keep(self.ways.days(), now)
        self._send(now)
        self._beat(now)
        self._publish(now)

    def keep(self, said: Sequence[News], now: int) -> None:
        """Lay each word down for whoever wants it."""
        for one in said:
            for tell in self._wants(one.kind):
                body = self.say(one.named if tell.names and one.named is not None else one.said)
                self.box.put(one.key, tell.name, self.say(one.title), body, now)

    def _wants(self, kind: Kind) -> list[Tell]:
        return [tell for tell in self.alerts.tell if not tell.of or kind in tell.of]

    def _lines(self, seen: WatchedLine) -> None:
        for uplink, changes in seen.changes.items():
            found = news.turns(changes, seen.now, self.alerts.after, seen.begun)
            for one in news.of_line(uplink, found, self.box.last(uplink), self.case):
                self.keep([one], seen.now)
                self.box.remember(uplink, one.key)
        self.states = seen.answering
        living = tuple(one for one in self.uplinks if seen.answering.get(one.name))
        if set(living) - set(self.living):
            self.box.hurry()
        self.living = living

    def _others(self, now: int) -> None:
        heard = self.ways.heard()
        for watcher in self.alerts.watcher:
            last = heard.get(watcher.name, 0)
            if watcher.name in self.quiet:
                if last > self.quiet[watcher.name]:
                    del self.quiet[watcher.name]
                    self.keep([news.other_again(watcher.name, last)], now)
            elif now - max(last, self.listening) >= watcher.patience * US:
                self.quiet[watcher.name] = last
                self.keep([news.other_silent(watcher.name, last or self.listening)], now)

    def _send(self, now: int) -> None:
        """One word to each recipient at most, by the uplinks that live in turn: one may answer echoes and carry nothing
        else."""
        by = {tell.name: tell for tell in self.alerts.tell}
        for word in self.box.due(now):
            tell = by.get(word.recipient)
            if tell is None or not (tell.local or self.living):
                continue
            uplink = None if tell.local else self.living[word.tries % len(self.living)]
            if self.ways.send(tell.name, word.title, word.body, uplink):
                self.box.gone(word, uplink.name if uplink else "", now)
            else:
                self.box.failed(word, now)

    def _beat(self, now: int) -> None:
        heart = self.alerts.heartbeat
        if heart is None or now - self.beat_at < heart.every * US:
            return
        for uplink in (None,) if heart.local else self.living:
            self.beat_at = now
            if self.ways.beat(uplink):
                return

    def _publish(self, now: int) -> None:
        if self.alerts.mqtt is None or not self.states:
            return
        if self.states != self.published or now - self.told_at >= PUBLISH:
            self.told_at = now
            if self.ways.publish(self.states):
                self.published = self.states
