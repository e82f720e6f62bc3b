"""axe-core on every page: at a desk and on a phone, light and dark; nothing above 'minor'."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tests.web.test_browser import ARGS, CHROMIUM, LOCALES, SIZES, served
from tests.web.test_pages import PAGES as EVERY
from tests.web.test_ways import in_hall

from heller.web.hall import Hall

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
PAGES = (*EVERY, "/letters/", "/letters/fault_report/", "/exhibits/2/?row=3", "/doubts/")
LANG = {"desk": "en", "phone": "de"}
GRAVE = {"moderate", "serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One chromium for all pages."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The engine, as the package brings it."""
    pytest.importorskip("axe_playwright_python")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def grave_in(page: Any, axe: str) -> list[str]:
    """What axe finds above 'minor' with all that can be unfolded, by rule and place."""
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    page.evaluate(axe)
    seen = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in seen if one["impact"] in GRAVE]


@contextmanager
def seat(browser: Any, size: str, scheme: str) -> Iterator[Any]:
    """A page of a size in a scheme, in which the engine may run."""
    width, height = SIZES[size]
    context = browser.new_context(
        locale=LOCALES[LANG[size]],
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_above_minor(browser: Any, axe: str, sample: Path, size: str, scheme: str) -> None:
    """Each page with all that can be unfolded."""
    found: dict[str, list[str]] = {}
    with served(sample) as base, seat(browser, size, scheme) as page:
        page.context.add_cookies([{"name": "heller_day", "value": "2015-06-30", "url": base}])
        for path in PAGES:
            page.goto(base + path)
            found[path] = grave_in(page, axe)
    assert {path: grave for path, grave in found.items() if grave} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_on_the_way_in(
    browser: Any, axe: str, sample: Path, tmp_path: Path, size: str, scheme: str
) -> None:
    """The first page with a case on it, each question, one asked back, the three steps, an empty case, a refusal."""
    hall, found = Hall(tmp_path / "home"), dict[str, list[str]]()
    hall.remember(sample)
    with in_hall(hall) as base, seat(browser, size, scheme) as page:
        page.goto(base)
        found["start"] = grave_in(page, axe)
        page.click(".door")
        for name, words in FIVE:
            found[name] = grave_in(page, axe)
            page.fill(f"[name={name}]", words)
            page.click("main form button")
        found["asked back"] = grave_in(page, axe)
        page.fill("[name=margin]", "38 %")
        page.click("main form button")
        for path in ("/begin/ready", "/", "/nothing-there"):
            page.goto(base + path)
            found[path] = grave_in(page, axe)
    assert {path: grave for path, grave in found.items() if grave} == {}


FIVE = (("since", "yesterday 8:00"), ("people", "3"), ("revenue", "1000"), ("share", "80"), ("margin", "1"))
