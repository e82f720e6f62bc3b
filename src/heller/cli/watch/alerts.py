"""Tells people, a dead-man's switch and Home Assistant what befalls the watched line; a process of its own beside the
probes. A word goes out by a process of its own, which can be ended where a service never answers."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from heller.cli import screen
from heller.cli.screen import tr
from heller.cli.watch.again import ENDING, command
from heller.model.errors import InputRefused
from heller.model.sample import QUESTION
from heller.model.text import Text, text
from heller.watch import secret
from heller.watch.alerts import home_assistant, seeing, services
from heller.watch.alerts.beats import Beats
from heller.watch.alerts.desk import Desk, WatchedLine, Ways
from heller.watch.alerts.news import Kind, News
from heller.watch.alerts.outbox import Outbox
from heller.watch.alerts.settings import Alerts
from heller.watch.config import alerts as alerts_of
from heller.watch.config import load
from heller.watch.default_plan import default_plan
from heller.watch.keeping import store
from heller.watch.plan import Plan, Uplink

LONGEST = 60  # seconds for one word
SOON = 1  # days ahead of which a deadline is told


class Errand(Struct, frozen=True):
    """One word as it is handed to the process that sends it; the address is a secret, so it comes by standard input."""

    address: str
    title: str
    body: str
    uplink: Uplink | None
    resolvers: tuple[str, ...]


def send() -> int:
    """Send the errand on standard input; exit code 0 where the service took it."""
    errand = msgspec.json.decode(sys.stdin.buffer.read(), type=Errand)
    took = services.notify(errand.address, errand.title, errand.body, errand.uplink, errand.resolvers)
    return 0 if took else 1


def secrets_of(alerts: Alerts, case: Path) -> dict[str, str]:
    """Every secret by the name of what it is for. Raises InputRefused where one cannot be had or is no address."""
    found = {}
    for tell in alerts.tell:
        whose = text("the recipient {name}", name=tell.name)
        found[f"tell {tell.name}"] = secret.lines_of(tell.secret, tell.name, whose, case)[0].strip()
    if alerts.heartbeat is not None:
        whose = text("the heartbeat")
        found["heartbeat"] = secret.lines_of(alerts.heartbeat.secret, "heartbeat", whose, case)[0].strip()
    for watcher in alerts.watcher:
        whose = text("the watcher {name}", name=watcher.name)
        key = secret.lines_of(watcher.secret, watcher.name, whose, case)[0].strip()
        found[f"watcher {watcher.name}"] = key.rpartition("/")[2]
    if alerts.mqtt is not None and alerts.mqtt.secret:
        found["mqtt"] = secret.lines_of(alerts.mqtt.secret, alerts.mqtt.user, text("the broker"), case)[0]
    return found


def resolvers_of(plan: Plan) -> tuple[str, ...]:
    """Who is asked for names over an uplink: whoever the watch asks questions of DNS."""
    found = [p.target.address for p in plan.probes if p.target.protocol == QUESTION and p.port == 53]
    found += [p.target.address for p in default_plan().probes if p.target.protocol == QUESTION]
    return tuple(dict.fromkeys(found))


def tell(case: Path, config: Path | None) -> int:
    """Sit at the desk until told to end; returns the exit code."""
    stop = threading.Event()
    for number in ENDING:
        signal.signal(number, lambda *_: stop.set())
    plan, alerts = load(config), alerts_of(config)
    home = case / store.HOME
    found = secrets_of(alerts, case)
    listening = _listening(alerts, found)
    box = Outbox(home)
    try:
        desk = Desk(
            box,
            alerts,
            plan.uplinks,
            _ways(case, plan, alerts, found, listening),
            screen.words_of(case),
            case.resolve().name,
        )
        _sit(desk, home, stop)
    finally:
        box.close()
        for one in listening:
            one.close()
    return 0


def _sit(desk: Desk, home: Path, stop: threading.Event) -> None:
    db: sqlite3.Connection | None = None
    begun = False
    while not stop.wait(1):
        db = db or store.reading(home)
        now = time.time_ns() // 1000
        seen = _seen(db, now)
        if db is not None and seen is not None and not begun:
            begun = True
            desk.keep(seeing.unwatched(db), now)
        desk.turn(seen, now)
    if db is not None:
        db.close()


def _seen(db: sqlite3.Connection | None, now: int) -> WatchedLine | None:
    if db is None:
        return None
    try:
        seen = seeing.see(db)
    except sqlite3.OperationalError:  # it is just being made, or the disk does not answer
        return None
    return None if seen is None or seeing.stale(seen, now) else seen


def _listening(alerts: Alerts, found: Mapping[str, str]) -> list[Beats]:
    """A server for each address on which another watcher is expected."""
    places = dict.fromkeys(one.place for one in alerts.watcher)
    return [
        Beats(place, {one.name: found[f"watcher {one.name}"] for one in alerts.watcher if one.place == place})
        for place in places
    ]


def _ways(
    case: Path, plan: Plan, alerts: Alerts, found: Mapping[str, str], listening: Sequence[Beats]
) -> Ways:
    resolvers = resolvers_of(plan)
    watch = home_assistant.node(str(case.resolve()))

    def word(name: str, title: str, body: str, uplink: Uplink | None) -> bool:
        took = run(Errand(found[f"tell {name}"], title, body, uplink, resolvers))
        if not took:
            _say_failed(name, uplink)
        return took

    def publish(answering: Mapping[str, bool]) -> bool:
        assert alerts.mqtt is not None
        return services.publish(alerts.mqtt, found.get("mqtt", ""), watch, answering, version("heller"))

    return Ways(
        word,
        lambda uplink: services.beat(found["heartbeat"], uplink, resolvers),
        publish,
        lambda: {name: at for one in listening for name, at in one.heard.items()},
        lambda: days(case),
    )


def run(errand: Errand) -> bool:
    """Have a process of its own send it; whether the service took it."""
    try:
        done = subprocess.run(
            command("watch", ".", "--send"),
            input=msgspec.json.encode(errand),
            timeout=LONGEST,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _say_failed(name: str, uplink: Uplink | None) -> None:
    over = text(" over {line}", line=uplink.name) if uplink else ""
    screen.err().print(
        screen.words()(text("{name} could not be told{over}. It is tried again.", name=name, over=over))
    )


def days(case: Path) -> list[News]:
    """What the case says of tomorrow, and of letters that nobody has answered: asked of a process of its own, for
    reading a case takes memory that a watch does not need."""
    done = subprocess.run(
        command("deadlines", str(case), "--json"), capture_output=True, check=False, timeout=600
    )
    if done.returncode:
        return []
    return of_case(json.loads(done.stdout), case.resolve().name)


def of_case(said: Mapping[str, Sequence[Mapping[str, Any]]], case: str) -> list[News]:
    """The same from what `heller deadlines --json` prints."""
    soon = [one for one in said["deadlines"] if 0 <= one["days_left"] <= SOON]
    return [*(_deadline(one, case) for one in soon), *(_letter(one, case) for one in said["unanswered"])]


def _deadline(one: Mapping[str, Any], case: str) -> News:
    day, rule = date.fromisoformat(one["on"]), one["rule"]
    return News(
        f"{Kind.DEADLINE}:{rule['id']}:{day}:{one['what']}",
        Kind.DEADLINE,
        text("A deadline: {day}", day=day),
        text("A deadline of a case ends on {day}. Look now: heller deadlines", day=day),
        text("{case}: {day}: {what}. Look now: heller deadlines", case=case, day=day, what=one["what"]),
    )


def _letter(one: Mapping[str, Any], case: str) -> News:
    sent = date.fromisoformat(one["sent"])
    return News(
        f"{Kind.LETTER}:{one['sent']}:{one['letter']}",
        Kind.LETTER,
        text("A letter is unanswered"),
        text("A letter of {day} has no answer yet. Look at the next step: heller show", day=sent),
        text(
            "{case}: the letter of {day} to {who} has no answer yet. Look at the next step: heller show",
            case=case,
            day=sent,
            who=one["to"],
        ),
    )


def try_all(case: Path, config: Path | None) -> int:
    """Send a word to everybody who would be told, and say how it went; 1 where one did not take it."""
    alerts, plan = alerts_of(config), load(config)
    if not alerts.tell:
        raise InputRefused(
            text("Nobody is to be told anything."),
            text("watch.toml has no table [[tell]]."),
            text("Name somebody there, as docs/alerts.md describes it."),
        )
    found = secrets_of(alerts, case)
    say, failed = screen.words(), 0
    for tell in alerts.tell:
        address = found[f"tell {tell.name}"]
        if not services.known(address):
            failed += 1
            screen.point(say(text("{name}: no service has such an address.", name=tell.name)), "×", "red")
            continue
        for uplink in (None,) if tell.local else plan.uplinks:
            over = text(" over {line}", line=uplink.name) if uplink else Text("")
            errand = Errand(
                address, tr("A test"), tr("This is a test of heller watch."), uplink, resolvers_of(plan)
            )
            took = run(errand)
            failed += not took
            said = (
                text("{name} has been told{over}.", name=tell.name, over=over)
                if took
                else text("{name} could not be told{over}.", name=tell.name, over=over)
            )
            screen.point(say(said), "✓" if took else "×", "" if took else "red")
    return 1 if failed else 0
