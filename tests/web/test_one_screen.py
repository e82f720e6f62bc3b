"""The case on one screen: at a desk nothing is scrolled, on a phone it is two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.web.test_browser import CHROMIUM, LOCALES, browser, served, visitor

from heller import casefile

__all__ = ["browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
SCREENS = {"desk": (1280, 800, 1), "phone": (390, 844, 2)}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case."""
    folder = tmp_path_factory.mktemp("example") / "case"
    casefile.open_case(folder)
    casefile.add(folder, sorted(EXAMPLE.iterdir()))
    return folder


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("lang", LOCALES)
def test_the_shipped_case_leads_on_one_screen(browser: Any, example: Path, lang: str, size: str) -> None:
    """State, four figures, what is worth most, the next steps and dates; the rest is a link away."""
    width, height, screens = SCREENS[size]
    with served(example) as base, visitor(browser, base, lang, size) as page:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(base)
        assert page.evaluate("document.documentElement.scrollHeight") <= screens * height
        for address in ("/worlds/", "/law/", "/questions/", "/line/"):
            assert page.locator(f"main a[href^='{address}']").count() >= 1
