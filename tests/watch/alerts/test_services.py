"""Services on loopback: what really goes out, and the secrets that stay at home."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.watch.alerts.sink import broker, rows, sink

from heller.cli.watch import alerts as cli
from heller.cli.watch.alerts import Errand
from heller.model.errors import InputRefused
from heller.watch import config
from heller.watch.alerts import home_assistant, services
from heller.watch.alerts.beats import Beats
from heller.watch.alerts.settings import Mqtt
from heller.watch.alerts.uplink_sockets import over
from heller.watch.plan import Uplink


def owned(path: Path, said: str) -> Path:
    """A secret that only its owner may read."""
    path.write_text(said + "\n")
    path.chmod(0o600)
    return path


def test_a_word_goes_by_apprise_from_the_address_of_its_uplink(tmp_path: Path) -> None:
    """Whole, in a process of its own, from the address that the uplink names; a dead service is said to be one."""
    with sink(tmp_path / "got") as port:
        uplink = Uplink("second", source="127.0.0.7")
        errand = Errand(
            f"json://127.0.0.1:{port}/word", "Störung", "Die Leitung ist tot – seit 9 Uhr.", uplink, ()
        )
        assert cli.run(errand)
    (row,) = rows(tmp_path / "got")
    said = json.loads(row["body"])
    assert (row["from"], row["path"]) == ("127.0.0.7", "/word")
    assert (said["title"], said["message"]) == ("Störung", "Die Leitung ist tot – seit 9 Uhr.")
    assert not cli.run(errand), "nobody listens any more"
    assert not services.known("nothing://x") and services.known("ntfys://ntfy.sh/topic")


def test_sockets_are_those_of_the_uplink_for_as_long_as_it_lasts(tmp_path: Path) -> None:
    """Before and after they are the system's; one that names neither address nor device changes nothing."""
    plain = socket.socket, socket.getaddrinfo
    with sink(tmp_path / "got") as port:
        for uplink in (Uplink("a", source="127.0.0.8"), Uplink("b"), None):
            assert services.beat(f"http://127.0.0.1:{port}/beat", uplink, ())
    assert [row["from"] for row in rows(tmp_path / "got")] == ["127.0.0.8", "127.0.0.1", "127.0.0.1"]
    with suppress(OSError), over(Uplink("a", source="127.0.0.8"), ()):
        assert socket.socket is not plain[0]
        raise OSError
    assert (socket.socket, socket.getaddrinfo) == plain


def test_home_assistant_finds_the_lines(tmp_path: Path) -> None:
    """Discovery and state of each line, kept by the broker; no name of the case in any of it."""
    kept: dict[str, str] = {}
    watch = home_assistant.node("/home/me/Praxis Muster")
    with broker(kept) as port:
        mqtt = Mqtt("127.0.0.1", port, "me", "-")
        assert services.publish(mqtt, "word", watch, {"main": True, "UMTS 2": False}, "1.0")
    found = {json.loads(said)["name"]: json.loads(said) for t, said in kept.items() if t.endswith("/config")}
    assert set(found) == {"main", "UMTS 2"}
    assert {name: kept[one["state_topic"]] for name, one in found.items()} == {"main": "ON", "UMTS 2": "OFF"}
    assert all(one["device_class"] == "connectivity" and one["expire_after"] for one in found.values())
    assert len({one["unique_id"] for one in found.values()}) == 2
    assert "Muster" not in json.dumps(kept)
    assert not services.publish(mqtt, "word", watch, {"main": True}, "1.0"), "no broker any more"


def test_a_second_watcher_hears_the_first() -> None:
    """Its secret path counts, another says nothing; `heartbeat` of the first is asked of it."""
    before = time.time_ns() // 1000
    beats = Beats(("127.0.0.1", 0), {"office": "s3cret", "box": "other"})
    try:
        assert services.beat(f"http://127.0.0.1:{beats.port}/s3cret", None, ())
        assert not services.beat(f"http://127.0.0.1:{beats.port}/wrong", None, ())
        assert before <= beats.heard["office"] and beats.heard["box"] == 0
        with urllib.request.urlopen(f"http://127.0.0.1:{beats.port}/other") as answer:
            assert answer.read() == b"" and "Python" not in str(answer.headers)
    finally:
        beats.close()


def settings(tmp_path: Path, said: str) -> Path:
    """A file of a watch."""
    path = tmp_path / "watch.toml"
    path.write_text(said)
    return path


def test_secrets_stay_outside_the_case(tmp_path: Path) -> None:
    """An address of a service holds a password: it lies in a file of one's own, and not in the case."""
    case = tmp_path / "case"
    case.mkdir()
    toml = settings(tmp_path, f'[[tell]]\nname = "me"\nsecret = "{owned(case / "in", "json://x")}"\n')
    with pytest.raises(InputRefused, match="lies in the case"):
        cli.secrets_of(config.alerts(toml), case)
    open_to_all = owned(tmp_path / "open", "json://x")
    open_to_all.chmod(0o644)
    toml = settings(tmp_path, f'[[tell]]\nname = "me"\nsecret = "{open_to_all}"\n')
    with pytest.raises(InputRefused, match="mode 0600"):
        cli.secrets_of(config.alerts(toml), case)
    toml = settings(tmp_path, f'[heartbeat]\nsecret = "{owned(tmp_path / "own", "http://x/1 ")}"\n')
    assert cli.secrets_of(config.alerts(toml), case) == {"heartbeat": "http://x/1"}


@pytest.mark.parametrize(
    "said",
    [
        '[[tell]]\nname = "a"\nsecret = ""\n',
        '[[tell]]\nname = "a"\nsecret = "x"\n[[tell]]\nname = "a"\nsecret = "y"\n',
        '[[tell]]\nname = "a"\nsecret = "x"\nof = ["weather"]\n',
        '[heartbeat]\nsecret = "x"\nevery = 0.1\n',
        "tell_after = 1\n",
        '[[watcher]]\nname = "a"\nsecret = "x"\nlisten = "8.8.8.8:80"\n',
        '[[watcher]]\nname = "a"\nsecret = "x"\nlisten = "here"\n',
        '[mqtt]\nhost = "x"\ncolour = "red"\n',
    ],
)
def test_what_cannot_be_told_is_refused_before_the_watch_begins(tmp_path: Path, said: str) -> None:
    """With a reason, not in the night of the outage."""
    with pytest.raises(InputRefused):
        config.load(settings(tmp_path, said))


def test_everybody_can_be_told_a_test(tmp_path: Path) -> None:
    """`--try-alerts` says for each whether it went, and ends with 1 where one did not."""
    case = tmp_path / "case"
    with sink(tmp_path / "got") as port:
        good = owned(tmp_path / "good", f"json://127.0.0.1:{port}")
        bad = owned(tmp_path / "bad", "nothing://x")
        tell = '[[tell]]\nname = "{}"\nsecret = "{}"\nlocal = true\n'
        toml = settings(tmp_path, tell.format("good", good) + tell.format("bad", bad))
        words = ["watch", str(case), "--config", str(toml), "--try-alerts", "--lang", "en"]
        done = subprocess.run(
            [sys.executable, "-m", "heller", *words], capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert "good has been told." in done.stdout and "bad: no service has such an address." in done.stdout
    assert len(rows(tmp_path / "got")) == 1
    assert str(port) not in done.stdout + done.stderr, "an address is a secret"


def test_a_day_and_a_letter_of_a_case_are_told(tmp_path: Path) -> None:
    """What ends tomorrow, and what nobody has answered: without names but where they are asked for."""
    said: dict[str, list[dict[str, Any]]] = {
        "deadlines": [
            {"on": "2026-03-02", "what": "Pay X", "rule": {"id": "R"}, "days_left": 1},
            {"on": "2026-03-09", "what": "Later", "rule": {"id": "R"}, "days_left": 8},
            {"on": "2026-02-09", "what": "Past", "rule": {"id": "R"}, "days_left": -20},
        ],
        "unanswered": [{"sent": "2026-02-01", "letter": "demand", "to": "Frau Muster", "due": "2026-02-15"}],
    }
    found = cli.of_case(said, "Muster GmbH")
    assert [one.key for one in found] == ["deadline:R:2026-03-02:Pay X", "letter:2026-02-01:demand"]
    assert all("Muster" in repr(one.named) and "Muster" not in repr((one.title, one.said)) for one in found)
    assert "Pay X" not in repr(found[0].said)
