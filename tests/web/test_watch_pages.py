"""Watch, acceptance and speed from their pages, for real on this machine: the verbs that the buttons begin run, write
into the case, and the page shows what they found. Nobody outside is asked: all targets are sockets of the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.web.test_pages import visit

from heller import casefile
from heller.model.kinds.acceptance import Acceptance, Verdict
from heller.model.kinds.contact import Contact
from heller.model.kinds.speed_test import SpeedTest
from heller.watch.config import FILE, load
from heller.web import beside, watcher
from heller.web.pages import acceptance, speed

PATIENCE = 120  # seconds after which a test gives up; nothing is measured by it


def targets(port: int, many: int = 1) -> str:
    """A file whose targets are on this machine, each in a network of its own."""
    own = '[[uplink]]\nname = "main"\ngateway = ""\nhop = ""\n'
    return own + "".join(
        f'[[target]]\naddress = "127.0.0.{n}"\nnetwork = "AS6449{n}"\nway = "connect"\nport = {port}\nevery = 0.2\n'
        for n in range(1, many + 1)
    )


@contextmanager
def listener() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("", 0), backlog=64) as door:
        stop = threading.Event()

        def let_in() -> None:
            while not stop.is_set():
                with suppress(OSError):
                    door.accept()[0].close()

        threading.Thread(target=let_in, daemon=True).start()
        yield door.getsockname()[1]
        stop.set()


@contextmanager
def silence() -> Iterator[int]:
    """A port whose queue is full and that nobody empties: who knocks hears nothing."""
    with socket.create_server(("", 0), backlog=0) as door:
        port = door.getsockname()[1]
        knocking = [socket.socket() for _ in range(4)]
        for one in knocking:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        yield port
        for one in knocking:
            one.close()


def until(holds: object) -> None:
    """Waits until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


@pytest.fixture
def watched(empty: Path) -> Iterator[Path]:
    """A case whose watch is ended when the test is over."""
    yield empty
    watcher.end(empty)
    until(lambda: not watcher.runs(empty))


def test_the_watch_button_watches(watched: Path) -> None:
    """Begun by the button it answers live, by the events; ended by the button it has sealed what it measured."""
    client = visit(watched)
    with listener() as port:
        (watched / FILE).write_text(targets(port))
        assert client.post("/watcher/begin").status_code == 302
        assert "The line is being watched" in client.get("/watcher/").content.decode()
        until(lambda: "The line answers." in client.get("/watcher/events").content.decode())
        assert client.post("/watcher/begin").status_code == 302  # once more: it is the same watch
        assert client.post("/watcher/end").status_code == 302
        until(lambda: any(one.kind == "segment" for one in casefile.entries(watched).entries))
    until(lambda: not watcher.runs(watched))
    assert "The line is not being watched" in client.get("/watcher/").content.decode()


def test_a_dead_line_is_red_for_the_technician(empty: Path) -> None:
    """Nobody answers: the test of the button rejects by itself, in large red, with what was said in the case."""
    client = visit(empty)
    with silence() as port:
        (empty / FILE).write_text(targets(port, 4))
        sent = {"by": "Techniker", "said": "Sie können jetzt online gehen"}
        assert client.post("/acceptance/begin", sent).status_code == 302
        assert "The test is going on" in client.get("/acceptance/").content.decode()
        beside._running[empty, acceptance.TEST].child.wait(PATIENCE)
    (made,) = casefile.load(empty).records(Acceptance)
    shown = client.get("/acceptance/").content.decode()
    assert made.verdict is Verdict.REJECTED and made.said is not None and made.said.who == "Techniker"
    assert "verdict red" in shown and "Rejected" in shown
    assert [one.who for one in casefile.load(empty).records(Contact)] == ["Techniker"]


class Large(BaseHTTPRequestHandler):
    """A file without an end."""

    def do_GET(self) -> None:
        """Sends until nobody reads any more."""
        self.send_response(200)
        self.send_header("Content-Length", str(1 << 40))
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(bytes(1 << 16))

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def test_the_speed_is_measured_by_a_button(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was measured is an entry beside what was promised; what was typed is not typed again."""
    monkeypatch.setattr(speed, "SECONDS", 2)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Large)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client, url = visit(empty, "de"), f"http://127.0.0.1:{server.server_port}/large"
    try:
        sent = {"server": url, "down": "0,5", "up": ""}
        assert client.post("/speed/measure", sent)["Location"] == "/speed/"
        beside._running[empty, speed.SPEED].child.wait(PATIENCE)
    finally:
        server.shutdown()
        server.server_close()
    (made,) = casefile.load(empty).records(SpeedTest)
    assert made.failed == "" and made.down is not None and beside.failure(empty, speed.SPEED) == ""
    page = client.get("/speed/").content.decode()
    assert url in page and 'value="0,5"' in page and "0,50 Mbit/s" in page


@pytest.mark.parametrize(
    "odd", [{"server": ""}, {"server": "-x"}, {"server": "a b"}, {"down": "viel"}, {"up": "-3"}]
)
def test_a_measurement_that_cannot_be_is_said_at_its_field(empty: Path, odd: dict[str, str]) -> None:
    """Nothing is begun."""
    answer = visit(empty).post("/speed/measure", {"server": "iperf.example", **odd})
    assert answer.status_code == 400 and f'id="{next(iter(odd))}-fault"' in answer.content.decode()
    assert (empty, speed.SPEED) not in beside._running


def test_a_campaign_is_planned_and_goes_into_a_calendar(empty: Path) -> None:
    """From the day named on; two appointments on each of three days."""
    client = visit(empty, "de")
    assert "06.03.2028" in client.get("/speed/?from=6.3.2028").content.decode()
    file = client.get("/speed/heller-speed.ics?from=6.3.2028")
    assert file["Content-Type"].startswith("text/calendar") and file.content.count(b"BEGIN:VEVENT") == 6
    assert client.get("/speed/?from=irgendwann").status_code == 200


def test_uplinks_are_edited_on_the_page(empty: Path) -> None:
    """A German number, a second line by mobile network, the targets of the file kept; a name emptied is one removed."""
    client = visit(empty, "de")
    (empty / FILE).write_text("# unser\n" + targets(9))
    row = {
        "name-0": "main",
        "name-1": "Mobilfunk",
        "interface-1": "wwan0",
        "budget-1": "1.500,5",
        "raised-1": "yes",
    }
    assert client.post("/watcher/uplinks", row)["Location"] == "/watcher/?saved#uplinks"
    plan = load(empty / FILE)
    assert [(one.name, one.interface, one.budget_mb, one.raised) for one in plan.uplinks] == [
        ("main", "", None, False),
        ("Mobilfunk", "wwan0", 1500.5, True),
    ]
    assert (empty / FILE).read_text().startswith("# unser") and plan.probes[0].port == 9
    page = client.get("/watcher/").content.decode()
    assert 'value="1500,5"' in page and 'value="Mobilfunk"' in page
    assert client.post("/watcher/uplinks", {**row, "name-0": "", "name-1": "LTE"}).status_code == 302
    assert [one.name for one in load(empty / FILE).uplinks] == ["LTE"]


@pytest.mark.parametrize(
    ("odd", "at"),
    [
        ({"source-0": "192.168.1"}, "source-0"),
        ({"address-0": "tot"}, "address-0"),
        ({"interface-0": "eth 0"}, "interface-0"),
        ({"budget-0": "viel"}, "budget-0"),
        ({"name-0": "", "source-0": "192.0.2.1"}, "name-0"),
        ({"name-1": "main"}, "name-0"),
    ],
)
def test_an_uplink_that_cannot_be_is_said_at_its_field(empty: Path, odd: dict[str, str], at: str) -> None:
    """What was typed stays, and no file is written."""
    answer = visit(empty).post("/watcher/uplinks", {"name-0": "main", **odd})
    assert answer.status_code == 400 and f'id="{at}-fault"' in answer.content.decode()
    assert not (empty / FILE).exists()


def test_a_file_that_cannot_be_read_is_said(empty: Path) -> None:
    """The page opens all the same and says why nothing can be watched by it."""
    (empty / FILE).write_text("deadline = \n")
    answer = visit(empty).get("/watcher/")
    assert answer.status_code == 400 and "could not run by this" in answer.content.decode()
