"""axe-core on every page: at a desk and on a phone, light and dark; nothing above 'minor'."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from tests.web.test_browser import ARGS, CHROMIUM, LOCALES, SIZES, served
from tests.web.test_pages import PAGES as EVERY

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_above_minor(browser: Any, axe: str, sample: Path, size: str, scheme: str) -> None:
    """Each page with all that can be unfolded."""
    width, height = SIZES[size]
    context = browser.new_context(
        locale=LOCALES[LANG[size]],
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,
    )
    found: dict[str, list[str]] = {}
    try:
        with served(sample) as base:
            context.add_cookies([{"name": "heller_day", "value": "2015-06-30", "url": base}])
            page = context.new_page()
            page.set_default_timeout(60_000)
            for path in PAGES:
                page.goto(base + path)
                page.evaluate(
                    "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
                )
                page.evaluate(axe)
                seen = page.evaluate("async () => (await axe.run()).violations")
                grave = [
                    f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in seen if one["impact"] in GRAVE
                ]
                if grave:
                    found[path] = grave
    finally:
        context.close()
    assert found == {}
