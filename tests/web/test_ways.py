"""Three people's ways from nothing to the downloaded dossier, by clicking, dropping and typing: a dead line on a phone,
the files of an office, a lawyer who gets a case. Clicks and seconds are counted and printed (pytest -s)."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.web.test_browser import ARGS, CHROMIUM, LOCALES, SIZES

from heller import casefile
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.web.app import hall_application
from heller.web.hall import Hall

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
OFFICE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
MOST_CLICKS = 25  # from the files of an office to the dossier


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One chromium for all ways."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield started
        started.close()


class Person:
    """Somebody before a page: each click and each field that is typed is counted; so is each request elsewhere."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base
        self.clicks, self.typed, self.began = 0, 0, time.monotonic()
        self.elsewhere: list[str] = []
        page.on(
            "request",
            lambda r: None if r.url.startswith((base, "data:", "blob:")) else self.elsewhere.append(r.url),
        )

    def _seen(self, address: str) -> None:
        if not address.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(address)

    def click(self, what: str) -> None:
        """One click on what can be seen."""
        self.page.locator(what).first.click()
        self.clicks += 1

    def type(self, name: str, words: str) -> None:
        """Words into a field; getting there is a click."""
        self.page.locator(f"[name='{name}']").first.fill(words)
        self.typed += 1

    def download(self, what: str) -> bytes:
        """A click that brings a file."""
        with self.page.expect_download() as waiting:
            self.click(what)
        return Path(waiting.value.path()).read_bytes()

    def tell(self, who: str) -> str:
        """What it took."""
        seconds = time.monotonic() - self.began
        said = f"{who}: {self.clicks} clicks, {self.typed} fields typed, {seconds:.0f} s with this machine's waiting"
        print(said)
        return said


@contextmanager
def in_hall(hall: Hall) -> Iterator[str]:
    """The address of a home of cases that is being served."""
    from waitress import create_server

    server = create_server(hall_application(hall), host="127.0.0.1", port=0, threads=6)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


@contextmanager
def sitting(browser: Any, home: Path, lang: str, size: str) -> Iterator[Person]:
    """A person before the first page, with a home of cases."""
    width, height = SIZES[size]
    context = browser.new_context(
        locale=LOCALES[lang],
        timezone_id="Europe/Berlin",
        viewport={"width": width, "height": height},
        accept_downloads=True,
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    try:
        with in_hall(Hall(home)) as base:
            person = Person(page, base)
            page.goto(base)
            yield person
            assert person.elsewhere == []
    finally:
        context.close()


DOSSIER = "[aria-labelledby=made] a.primary"


def make_dossier(person: Person) -> bytes:
    """From any page to the downloaded dossier."""
    link = "nav .bar a[href='/dossier/']"
    if not person.page.locator(link).is_visible():
        person.click(".all summary")
        link = ".menu a[href='/dossier/']"
    person.click(link)
    person.click("main form button")
    person.page.locator("#made").wait_for(timeout=240_000)
    return person.download(DOSSIER)


@pytest.mark.parametrize("lang", LOCALES)
def test_a_dead_line_on_a_phone(browser: Any, tmp_path: Path, lang: str) -> None:
    """From nothing to the first notice with seven clicks, as people type; then it is noted as sent, and the dossier is
    there."""
    with sitting(browser, tmp_path / "home", lang, "phone") as person:
        person.click(".door")
        for name, words in (
            ("since", "today 0:01" if lang == "en" else "heute 0:01"),
            ("people", "12"),
            ("revenue", "8,5k" if lang == "de" else "8.5k"),
            ("share", "95 Prozent" if lang == "de" else "95 percent"),
            ("margin", "ca. 38"),
        ):
            person.type(name, words)
            person.click("main form button")
        person.click("a[href='/letters/damage_warning/']")
        assert person.page.locator("textarea.letter").input_value()
        assert person.page.locator("a[href^='mailto:']").count() == 1
        assert person.clicks == 7
        person.tell(f"dead line, phone, {lang}: first notice")
        person.type("channel", "E-Mail")
        person.click("main form[method=post] button")
        assert make_dossier(person).startswith(b"%PDF")
        person.tell(f"dead line, phone, {lang}: dossier")
    (folder,) = Hall(tmp_path / "home").cases()
    case = casefile.load(folder)
    assert len(case.records(QuickEstimate)) == 1


def dropped(files: list[Path]) -> str:
    """A script that drops files on the page, as a hand does."""
    from base64 import b64encode

    given = [[file.name, b64encode(file.read_bytes()).decode()] for file in files]
    return f"""() => {{
      const data = new DataTransfer();
      for (const [name, bytes] of {given!r})
        data.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
      document.dispatchEvent(new DragEvent("drop", {{ dataTransfer: data, bubbles: true, cancelable: true }}));
    }}"""


@pytest.mark.parametrize("lang", LOCALES)
def test_the_files_of_an_office(browser: Any, tmp_path: Path, lang: str) -> None:
    """All files of a folder dropped at once, what is proven confirmed at once, and the dossier taken: with at most 25
    clicks, and nothing typed that lies in a file."""
    files = sorted(OFFICE.iterdir())
    with sitting(browser, tmp_path / "home", lang, "desk") as person:
        person.click(".door >> nth=1")
        person.page.goto(person.base + "/inbox/")
        person.clicks += 1
        person.page.evaluate(dropped(files))
        person.clicks += 1
        person.page.wait_for_url("**/inbox/?*", timeout=240_000)
        if person.page.locator("#bulk").count():
            for box in person.page.locator("input[name=task]:not(:checked)").all():
                box.check()
                person.clicks += 1
            person.type("who", "Frau Muster")
            person.click("#bulk button")
        pdf = make_dossier(person)
        assert pdf.startswith(b"%PDF")
        said = person.tell(f"{len(files)} files of an office, {lang}")
        assert person.clicks <= MOST_CLICKS, said
        assert person.typed <= 1, said
    (folder,) = Hall(tmp_path / "home").cases()
    assert len(casefile.load(folder).exhibits) == len(files)


@pytest.mark.parametrize("lang", LOCALES)
def test_a_lawyer_who_gets_a_case(browser: Any, sample: Path, tmp_path: Path, lang: str) -> None:
    """A bundle is handed in at the door, its figures are followed to a document, the dossier is taken."""
    from datetime import date

    own = Path(shutil.copytree(sample, tmp_path / "case"))
    built = casefile.build(own, date(2015, 6, 30), lang, lambda said: None)
    with sitting(browser, tmp_path / "home", lang, "desk") as person:
        person.click("details.card summary")
        person.page.set_input_files("input[name=bundle]", [str(built.bundle)])
        person.clicks += 1
        person.click("form[action='/start/handed'] button")
        person.page.context.add_cookies([{"name": "heller_day", "value": "2015-06-30", "url": person.base}])
        person.page.reload()
        person.click("a.demand")
        person.click("nav .bar a[href='/worlds/']")
        person.click(".ledger summary")
        person.click(".ledger details[open] a.ref")
        assert "/exhibits/" in person.page.url
        assert make_dossier(person).startswith(b"%PDF")
        person.tell(f"a lawyer, {lang}")
