"""The pages in a real browser: at a desk and on a phone, with JavaScript and without."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.web import web_sample

from heller import casefile

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
PAGES = (
    "/",
    "/chronology/",
    "/worlds/",
    "/exhibits/",
    "/exhibits/6/",
    "/exhibits/2/?row=3",
    "/note/",
    "/decide/",
    "/decide/note",
    "/estimate/",
    "/dossier/",
    "/inbox/",
    "/law/",
    "/line/",
    "/questions/",
    "/hours/",
    "/hours/sheet?person=Frau+Muster",
    "/journal/",
    "/journal/verify",
    "/stamps/",
    "/speed/",
    "/letters/",
    "/letters/fault_report/",
    "/acceptance/",
    "/watcher/",
    "/begin/",
)
LOCALES = {"de": "de-DE", "en": "en-GB"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One chromium for all tests of this file."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield started
        started.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a case that is being served."""
    from waitress import create_server

    from heller.web.app import application

    server = create_server(application(folder), host="127.0.0.1", port=0, threads=6)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


@contextmanager
def visitor(
    browser: Any,
    base: str,
    lang: str = "de",
    size: str = "desk",
    *,
    scripts: bool = True,
    expected: str = "nothing",
) -> Iterator[Any]:
    """A page of a visitor who notes every request elsewhere and every word on the console."""
    width, height = SIZES[size]
    context = browser.new_context(
        locale=LOCALES[lang],
        timezone_id="Europe/Berlin",
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        accept_downloads=True,
    )
    context.add_cookies([{"name": "heller_day", "value": "2015-06-30", "url": base}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints: list[str] = []
    page.on(
        "request", lambda r: None if r.url.startswith((base, "data:", "blob:")) else complaints.append(r.url)
    )
    page.on("console", lambda m: None if expected in m.text else complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    try:
        yield page
        assert complaints == []
    finally:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LOCALES)
def test_every_page_fits_and_is_silent(browser: Any, sample: Path, lang: str, size: str) -> None:
    """No page is wider than its window, even unfolded; none complains; each has one heading of first rank
    and a label for every field."""
    with served(sample) as base, visitor(browser, base, lang, size) as page:
        for path in PAGES:
            page.goto(base + path)
            assert page.locator("html").get_attribute("lang") == lang
            assert page.locator("h1").count() == 1, path
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            too_wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert too_wide <= 0, path
            unnamed = page.evaluate(
                "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
                ".filter(f => !f.labels.length && !f.getAttribute('aria-label')"
                " && !f.getAttribute('aria-labelledby')).map(f => f.name)"
            )
            assert unnamed == [], path


@pytest.mark.parametrize("scripts", [True, False])
def test_files_notes_and_the_dossier(browser: Any, own: Path, tmp_path: Path, scripts: bool) -> None:
    """An office's way through: hand in a receipt, say what it is for, note a promise, make the dossier,
    take it away; with JavaScript and without."""
    receipt = tmp_path / "rechnung-richtfunk.xml"
    receipt.write_text(web_sample.ubl("R-777", 400, "Richtfunk"), encoding="utf-8")
    with served(own) as base, visitor(browser, base, "en", "desk", scripts=scripts) as page:
        page.goto(base + "/exhibits/")
        page.set_input_files("input[type=file]", [str(receipt)])
        page.click("form.drop button")
        if scripts:  # each file is sent by itself, and the inbox shows what waits
            page.wait_for_url("**/inbox/?new=9")
            page.goto(base + "/exhibits/?new=9")
        assert "rechnung-richtfunk.xml" in page.locator("#added").inner_text()
        page.locator("#added a").first.click()
        page.select_option("select[name=head]", "emergency_line")
        page.fill("input[name=reason]", "Ersatz für den Anschluss")
        page.click("#receipts button")
        assert "Emergency line" in page.locator("#receipts").inner_text()

        page.click("nav >> text=Note")
        page.select_option("select[name=kind]", "promise")
        page.fill("input[name=at]", "07.02.2015")
        page.fill("input[name=at-time]", "10:15")
        page.fill("textarea[name=said]", "Spätestens Dienstag.")
        page.locator("form", has=page.locator("textarea[name=said]")).locator("button").click()
        assert page.url.startswith(base + "/chronology/")
        assert "Spätestens Dienstag." in page.locator("main").inner_text()

        page.click("nav >> text=Dossier")
        page.fill("input[name=day]", "30.06.2015")
        page.select_option("select[name=lang]", "en")
        page.click("main form button")
        page.locator("#made").wait_for()  # without JavaScript the page renews itself
        for kind, magic in (("dossier", b"%PDF"), ("advice", b"%PDF"), ("bundle", b"PK")):
            with page.expect_download() as waiting:
                page.click(f"[aria-labelledby=made] a[href='/dossier/{kind}/2015-06-30/en']")
            assert waiting.value.suggested_filename.startswith(f"{kind}-2015-06-30-en.")
            assert Path(waiting.value.path()).read_bytes().startswith(magic)
    assert any(e.name == "rechnung-richtfunk.xml" for e in casefile.load(own).exhibits)


def test_the_language_can_be_switched_and_stays(browser: Any, sample: Path) -> None:
    """Two buttons switch the language on the spot, on the page where one is."""
    with served(sample) as base, visitor(browser, base, "en") as page:
        page.goto(base + "/worlds/")
        page.click("button[lang=de]")
        assert page.url == base + "/worlds/"
        assert page.locator("html").get_attribute("lang") == "de"
        page.goto(base + "/note/")
        assert page.locator("html").get_attribute("lang") == "de"


def test_files_can_be_dropped_on_any_page(browser: Any, own: Path) -> None:
    """What is dropped is sent at once, file by file, and the inbox opens with it."""
    drop = """() => {
      const given = new DataTransfer();
      for (const name of ["a.txt", "b.txt"]) given.items.add(new File(["Inhalt " + name], name));
      for (const kind of ["dragover", "drop"])
        document.dispatchEvent(new DragEvent(kind, { dataTransfer: given, bubbles: true, cancelable: true }));
    }"""
    with served(own) as base, visitor(browser, base) as page:
        page.goto(base + "/law/")
        page.evaluate(drop)
        page.wait_for_url("**/inbox/?new=9&new=10")
    assert [e.name for e in casefile.load(own).exhibits[-2:]] == ["a.txt", "b.txt"]


def test_the_inbox_is_gone_through_by_keys(browser: Any, own: Path) -> None:
    """j goes on, x ticks, Enter opens and sets the cursor; what is typed then is no command."""
    with served(own) as base, visitor(browser, base, "en") as page:
        page.goto(base + "/inbox/")
        page.keyboard.press("j")
        assert page.locator("[data-row].at").count() == 1
        box = page.locator("[data-row].at input[type=checkbox]")
        before = box.is_checked()
        page.keyboard.press("x")
        assert box.is_checked() is not before
        page.keyboard.press("Enter")
        assert page.locator("[data-row].at details[open]").count() == 1


def test_five_questions_by_keyboard_alone(browser: Any, tmp_path: Path) -> None:
    """The cursor stands in the field of each question; Enter goes on to the next, with JavaScript and without."""
    for scripts in (True, False):
        folder = tmp_path / str(scripts)
        casefile.open_case(folder)
        with served(folder) as base, visitor(browser, base, "en", "phone", scripts=scripts) as page:
            page.goto(base + "/begin/")
            for words in ("yesterday 8:00", "3", "1000", "80", "40"):
                page.locator("input[autofocus]:focus").wait_for()
                page.keyboard.type(words)
                with page.expect_navigation():
                    page.keyboard.press("Enter")
            assert page.url == base + "/begin/ready"


def test_the_keyboard_is_enough(browser: Any, sample: Path) -> None:
    """Tab reaches the skip link first, then the navigation; Enter unfolds a head of loss."""
    with served(sample) as base, visitor(browser, base, "en") as page:
        page.goto(base + "/worlds/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.locator(".ledger summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator(".ledger > details").first.get_attribute("open") is not None


def test_wrong_input_is_marked_at_its_field(browser: Any, own: Path) -> None:
    """What cannot be read is shown again, with its sentence, and what else was typed stays."""
    with served(own) as base, visitor(browser, base, "de", "phone", expected="400") as page:
        page.goto(base + "/note/")
        page.fill("input[name=at]", "31.02.2015")
        page.fill("input[name=at-time]", "10:15")
        page.fill("textarea[name=said]", "Bleibt stehen.")
        page.locator("form", has=page.locator("textarea[name=said]")).locator("button").click()
        assert page.locator("input[name=at][aria-invalid=true]").input_value() == "31.02.2015"
        assert page.locator("textarea[name=said]").input_value() == "Bleibt stehen."


def test_text_stands_out_from_its_ground(browser: Any, sample: Path) -> None:
    """Every text has a contrast of at least 4.5 to 1 against what is behind it (WCAG 2.2, 1.4.3)."""
    with served(sample) as base, visitor(browser, base, "en") as page:
        for path in PAGES:
            page.goto(base + path)
            assert page.evaluate(CONTRAST) == [], path


CONTRAST = """() => {
  const part = c => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const read = c => c.match(/[\\d.]+/g).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const poor = new Set();
  const walk = document.createTreeWalker(document.querySelector('body'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    const aside = e.closest('svg, option, datalist, .hidden, .skip') || !e.checkVisibility();
    if (aside || !walk.currentNode.textContent.trim()) continue;
    const a = light(read(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.add(`${walk.currentNode.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}"""
