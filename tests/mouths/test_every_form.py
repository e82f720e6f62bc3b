"""Every form of every page takes any text: it is shown again with a fault at its field, or written down; no page
breaks, and nothing of it becomes a tag."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from tests.mouths.strange import all_at_once
from tests.web.test_pages import visit

from heller import casefile
from heller.journal import store
from heller.model.visible import visible
from heller.web import app, watcher
from heller.web.records import all_forms

ODD = all_at_once().encode("utf-8", "replace").decode()  # as a browser sends it
NO_FORMS = ("picture", "page", "original", "download", "kept", "as_pdf", "progress")  # files, and a picture
PAGES = sorted(
    str(one.pattern).replace("<int:number>", "1").replace("<slug:name>", "damage_warning")
    for one in app.urlpatterns
    if one.callback.__name__ not in NO_FORMS
)
PAGES += [f"note/?form={form.name}" for _, form in all_forms()]


class Forms(HTMLParser):
    """The forms of a page: where each goes, how, and what its fields hold when nothing is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms and their fields; text fields are to be filled."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((said.get("action", ""), said.get("method", "get").lower(), {}, []))
        elif self.found and (name := said.get("name")):
            kind = said.get("type", "text")
            free = tag == "textarea" or (tag == "input" and kind in ("text", "search", "number", "date"))
            self.found[-1][2].setdefault(name, said.get("value", ""))
            if free:
                self.found[-1][3].append(name)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with one exhibit."""
    home = tmp_path_factory.mktemp("forms")
    casefile.open_case(home / "case")
    (home / "a.txt").write_text("Zeile")
    casefile.add(home / "case", [home / "a.txt"])
    return home / "case"


@pytest.fixture(autouse=True)
def no_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The buttons that begin and end a watch are pressed, and nobody is asked anything."""
    monkeypatch.setattr(watcher, "begin", lambda folder: None)
    monkeypatch.setattr(watcher, "end", lambda folder: None)


@pytest.mark.parametrize("page", PAGES)
def test_every_form_takes_any_text(page: str, case: Path) -> None:
    """All free fields at once, and each by itself; also as what stands behind the question mark of an address."""
    client = visit(case)
    shown = client.get(f"/{page}")
    forms = Forms()
    forms.feed(shown.content.decode() if shown.status_code == 200 else "")
    for action, method, fields, free in forms.found:
        for names in (free, *([name] for name in free if len(free) > 1)):
            said = fields | dict.fromkeys(names, ODD)
            _passes(client, action or f"/{page}", method, said)
    _passes(
        client,
        f"/{page}",
        "get",
        {"form": ODD, "about": ODD, "fact": ODD, "q": ODD, "entry": ODD, "instead": ODD},
    )
    assert store.inspect(case).breaches == ()


def _passes(client: Client, address: str, method: str, said: dict[str, str]) -> None:
    send = client.post if method == "post" else client.get
    answer = send(address, said)
    assert answer.status_code < 500, (address, sorted(said))
    if answer.get("Content-Type", "").startswith("text/html"):
        html = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert "<script>alert" not in html and visible(html) == html, address
