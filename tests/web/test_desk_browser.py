"""The desk of the other side in a real browser, in both languages: ruled on, answered, nothing grave for axe."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.casefile.desk_rounds import KEY
from tests.letters import worked
from tests.web.test_axe import axe as axe
from tests.web.test_axe import browser as browser
from tests.web.test_axe import grave_in
from tests.web.test_browser import CHROMIUM, LOCALES

from heller import casefile
from heller.casefile.examination import examine
from heller.web.app import desk_application
from heller.web.server import listening

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the smallest case."""
    folder = tmp_path_factory.mktemp("desk") / "case"
    worked.told(folder, "tailor")
    return casefile.build(folder, worked.AS_OF, "de").bundle


@contextmanager
def desk_at(bundle: Path) -> Iterator[str]:
    """A server for the desk of a bundle, and its address."""
    server = listening(desk_application(examine(bundle), None, KEY), 0)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_bundle_is_ruled_on_in_the_browser(
    browser: Any, axe: str, bundle: Path, tmp_path: Path, lang: str
) -> None:
    """An item is cut, another doubted, a reading tried, and the answer comes as a file; no finding above 'minor'."""
    own = tmp_path / "bundle.zip"
    own.write_bytes(bundle.read_bytes())
    with desk_at(own) as address:
        context = browser.new_context(locale=LOCALES[lang], bypass_csp=True, accept_downloads=True)
        page = context.new_page()
        page.goto(f"{address}/")
        assert page.locator("html").get_attribute("lang") == lang and page.url.endswith("/desk/")
        first = page.locator("#item-1")
        first.locator("select[name=ruling]").select_option("cut")
        first.locator("input[name=amount]").fill("10,00")
        first.locator("select[name=reason]").select_option("too_dear")
        first.locator("button").click()
        second = page.locator("#item-2")
        second.locator("select[name=ruling]").select_option("doubt")
        second.locator("input[name=paper]").fill("Rechnung")
        second.locator("button").click()
        page.locator("input[name='fault.share']").fill("50")
        page.locator("form[action='/desk/#try'] button").first.click()
        assert "50" in page.locator("#effect").inner_text()
        assert grave_in(page, axe) == []
        page.locator("#by").fill("Frau Prüfer")
        page.locator("#on").fill("2026-07-10")
        with page.expect_download() as coming:
            page.locator("button[value=json]").click()
        file = json.loads(Path(coming.value.path()).read_text("utf-8"))
        page.goto(f"{address}/desk/exhibits/1/")
        assert grave_in(page, axe) == []
        page.goto(f"{address}/desk/explain/?what=due")
        assert grave_in(page, axe) == []
        context.close()
    rulings = {one["item"]: (one["ruling"], one["agreed"]["cents"]) for one in file["answer"]["rulings"]}
    assert rulings == {"mobile_data": ("cut", 1000), "line_fee": ("doubt", 0)}
