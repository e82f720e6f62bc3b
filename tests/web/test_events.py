"""Lines and events in the browser: the table leads the page of the case, and every decision has a form."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.test_pages import visit

from heller import casefile

LIST = "Beginn;Ende;Grund\n10.02.2025 08:00;14.02.2025 12:00;Ausfall\n16.02.2025 08:00;19.02.2025 12:00;Ausfall\n"


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A case with two outages two days apart."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    (tmp_path / "liste.csv").write_text(LIST, "utf-8")
    casefile.add(folder, [tmp_path / "liste.csv"])
    return folder


@pytest.mark.parametrize(("lang", "title"), [("en", "The events"), ("de", "Die Ereignisse")])
def test_the_events_lead_the_page_of_the_case(firm: Path, lang: str, title: str) -> None:
    """Both outages stand in a table, and whether they are one event is asked with both prices."""
    client = visit(firm, lang)
    client.cookies["heller_day"] = "2025-12-31"
    said = client.get("/").content.decode()
    assert title in said and "form=grouping" in said
    line = client.get("/line/").content.decode()
    assert line.index('id="events"') < line.index('id="state"')


def test_a_person_decides_in_the_browser(firm: Path) -> None:
    """Joined by the form of decisions, they are one event; nothing is asked any more."""
    client = visit(firm)
    client.cookies["heller_day"] = "2025-12-31"
    assert all(
        f'form={form}"' in client.get("/note/").content.decode() for form in ("line", "work", "belonging")
    )
    typed = {"form": "grouping", "verdict": "together", "one": "2025-02-12", "other": "2025-02-17"}
    answer = client.post("/note/", typed)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert 'id="events"' not in client.get("/").content.decode()
