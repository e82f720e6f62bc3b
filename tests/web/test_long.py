"""Pages of a case that takes its time, and lists that are long."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from django.test import RequestFactory
from tests.web.test_pages import visit

from heller import casefile
from heller.web import memory, work
from heller.web.paging import page_of


def test_a_long_first_load_shows_how_far_it_is(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says what is read already and asks again by itself; then it is there."""
    shutil.rmtree(own / "derived", ignore_errors=True)
    monkeypatch.setattr(memory, "PATIENCE", 0.5)
    go, real = threading.Event(), casefile.claim

    def slow(folder: Path, day: object, read: object) -> object:
        assert callable(read)
        read("ping.log")
        assert go.wait(60)
        return real(folder, day)  # type: ignore[arg-type]

    monkeypatch.setattr(casefile, "claim", slow)
    browser = visit(own)
    first = browser.get("/exhibits/")
    assert first.status_code == 202
    told = first.content.decode()
    assert "ping.log" in told and "<progress" in told and 'http-equiv="refresh"' in told
    go.set()
    monkeypatch.setattr(memory, "PATIENCE", 60.0)
    assert browser.get("/exhibits/").status_code == 200


def test_a_claim_is_worked_out_once_for_many_pages(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten at once ask one thread; a new entry is seen."""
    calls: list[object] = []
    real = casefile.claim

    def counted(folder: Path, day: object, read: object) -> object:
        calls.append(day)
        return real(folder, day)  # type: ignore[arg-type]

    monkeypatch.setattr(casefile, "claim", counted)
    browser = visit(own)
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(browser.get("/exhibits/").status_code))
        for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [200] * 10 and len(calls) == 1
    casefile.correct(own, 1, "falsch")
    assert browser.get("/exhibits/").status_code == 200 and len(calls) == 2


def test_what_goes_wrong_is_said_and_tried_again(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of one load does not stay."""
    real = casefile.claim
    monkeypatch.setattr(casefile, "claim", lambda *words: 1 / 0)
    keeper = memory.Memory(own)
    with pytest.raises(ZeroDivisionError):
        keeper.claim(casefile.load(own).opened.date(), patient=True)
    monkeypatch.setattr(casefile, "claim", real)
    assert keeper.claim(casefile.load(own).opened.date(), patient=True).case.exhibits


def test_a_dossier_in_the_making_holds_no_page(own: Path) -> None:
    """It is made by another process; pages answer meanwhile, and its end is told."""
    browser = visit(own)
    assert browser.get("/").status_code == 200
    assert browser.post("/dossier/", {"day": "30.06.2015", "lang": "de"}).status_code == 302
    made = work.last(own)
    assert made is not None
    answered = 0
    while not made.done.is_set():
        assert browser.get("/exhibits/").status_code == 200
        answered += 1
        time.sleep(0.05)
    assert answered > 3
    assert made.error is None and made.digest in browser.get("/dossier/progress").content.decode()
    assert made.percent == 100 and made.said


def test_a_dossier_that_fails_says_why(own: Path) -> None:
    """What the builder raises comes back as it is."""
    (own / "journal.jsonl").write_bytes(b"x\n")
    failed = work.Work(date(2015, 6, 30), "de")
    failed.run(own)
    assert failed.error is not None and failed.digest == "" and failed.percent < 100


def test_a_long_list_has_pages_and_a_filter() -> None:
    """Each row once, in order; what is looked for is found on any page."""
    names = [f"Anlage {n}" for n in range(1, 251)]
    seen: list[str] = []
    address = "?page=1"
    while address:
        page = page_of(RequestFactory().get(f"/{address}"), names, 100, lambda name: name)
        seen += page.rows
        address = page.after
    assert seen == names and page.pages == 3 and page.before == "?page=2"
    found = page_of(RequestFactory().get("/?q=anlage+24&page=9"), names, 100, lambda name: name)
    assert [*found.rows] == [f"Anlage {n}" for n in (24, *range(240, 250))] and found.total == 250
    assert not page_of(RequestFactory().get("/"), names[:9], 100, str).long
