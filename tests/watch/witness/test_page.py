"""The page for a colleague's browser, in a browser: what it counts, and that its file is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.dossier.wording import Words
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure
from heller.model.record import Blob
from heller.watch.witness.page import page

LONG = 60_000  # milliseconds that are waited for what must come


class Office:
    """Somebody who answers, or takes a request and stays silent."""

    def __init__(self) -> None:
        self.lives = threading.Event()
        self.lives.set()


@contextmanager
def server(office: Office) -> Iterator[str]:
    """It on loopback; its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            office.lives.wait(LONG)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return

    made = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{made.server_address[1]}/"
    finally:
        office.lives.set()
        made.shutdown()
        made.server_close()


@pytest.mark.browser
def test_a_colleagues_browser_is_a_witness(tmp_path: Path) -> None:
    """It counts answers and silences of the office while others answer, signs them, and the file is read; a silence of
    everybody is none of the office."""
    chromium = next(filter(Path.exists, map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser"))), None)
    if chromium is None:
        pytest.skip("needs Debian's chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    office, other = Office(), Office()
    with server(office) as url, server(other) as beside, sync_api.sync_playwright() as play:
        file = tmp_path / "witness.html"
        file.write_text(page(url, 0.5, "en", Words("en"), [beside], 1500), encoding="utf-8")
        with play.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"]) as browser:
            tab = browser.new_page()
            tab.goto(file.as_uri())
            tab.get_by_label("Your name").fill("Colleague <b>")
            tab.get_by_role("button", name="Begin").click()
            count = "id => Number(document.getElementById(id).textContent)"
            tab.wait_for_function(f"({count})('answered') > 1", timeout=LONG)
            office.lives.clear()
            tab.wait_for_function(f"({count})('silent') > 1", timeout=LONG)
            other.lives.clear()
            tab.wait_for_function(f"({count})('none') > 0", timeout=LONG)
            with tab.expect_download() as waiting:
                tab.get_by_role("button", name="Save").click()
            waiting.value.save_as(tmp_path / "got.json")
    data = (tmp_path / "got.json").read_bytes()
    reading = intake.read(Blob("got.json", data, sha256(data).hexdigest()), ZoneInfo("Europe/Berlin"))
    (log,) = reading.records
    assert isinstance(log, ProbeLog) and log.target == "127.0.0.1"
    failures = {one.failure for one in log.observations}
    assert failures == {None, Failure.TIMEOUT, Failure.LOCAL}


def test_the_page_loads_nothing_and_ends_no_script() -> None:
    """No file of anybody is in it, and no address closes its script."""
    made = page("http://203.0.113.7/</script><b>", 10, "de", Words("de"))
    assert made.count("</script>") == 1 and "<link" not in made and " src=" not in made
    assert "Antwortet das Büro" not in made and 'lang="de"' in made
