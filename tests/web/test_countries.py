"""The pages of a case whose country's law is not known here: they open, show the damage and say so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web import web_sample
from tests.web.test_pages import PAGES, visit

from heller import casefile


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case, stated to lie in Portugal."""
    folder = web_sample.case_in(tmp_path_factory.mktemp("abroad"))
    from heller.model.kinds.fact import Fact

    casefile.note(folder, Fact("line.country", "PT"))
    return folder


@pytest.mark.parametrize("page", (*PAGES, "/letters/"))
def test_each_page_opens_without_a_law(abroad: Path, page: str) -> None:
    """Every page answers, and none names a paragraph of another country."""
    answer = visit(abroad, "de").get(page)
    assert answer.status_code == 200
    plain = re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.DOTALL)
    found = re.search(r"§|BGB|TKG|12\.500", plain)
    assert found is None, plain[found.start() - 80 : found.end() + 40]


def test_the_case_page_says_that_no_law_is_known(abroad: Path) -> None:
    """Beside the sum, which is the damage."""
    said = visit(abroad, "de").get("/").content.decode()
    assert "Das Recht des Landes Portugal ist hier nicht bekannt" in said
    assert "ohne angewandtes Recht" in said and "Zu fordern" not in said
