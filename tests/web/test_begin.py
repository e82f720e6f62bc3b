"""A case is begun in the browser: the first page, one question at a time, what to do then; several cases, one open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.web.test_pages import client_of, visit

from heller import casefile
from heller.casefile.writing.hand_over import hand_over
from heller.cli import install_desktop
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.web import app, watcher
from heller.web.hall import CASE_COOKIE, Hall, key_of


def enter(hall: Hall, folder: Path | None = None, lang: str = "en") -> Client:
    """A browser in a hall, with one of its cases open."""
    return client_of({"heller.hall": hall} | (app.surroundings(folder) if folder else {}), lang)


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    """A home without a case."""
    return Hall(tmp_path / "home")


def answer(client: Client, **said: str) -> str:
    """Where an answer leads; the page that asks again where it is not taken."""
    found = client.post("/begin/", said)
    return found["Location"] if found.status_code == 302 else found.content.decode()


def test_without_a_case_everything_leads_to_the_first_page(hall: Hall) -> None:
    """The two doors stand there; nothing of a case does."""
    client = enter(hall)
    assert client.get("/")["Location"] == "/start/" and client.get("/exhibits/")["Location"] == "/start/"
    said = client.get("/start/").content.decode()
    assert "My internet is down" in said and "My line was down" in said and "<nav" not in said


def test_a_case_is_begun_once_and_is_open(hall: Hall) -> None:
    """The door makes a folder of the day and opens it; clicked twice it is the same one."""
    client = enter(hall)
    for _ in range(2):
        begun = client.post("/start/begin", {"kind": "down"})
        assert begun["Location"] == "/begin/"
    (folder,) = hall.cases()
    assert begun.cookies[CASE_COOKIE].value == key_of(folder) and hall.folder(key_of(folder)) == folder


def test_five_answers_in_words_and_the_figure_runs_with_them(hall: Hall) -> None:
    """What was typed stands there in full; the last answer keeps the estimate and leads to three steps."""
    folder = hall.begin(datetime.now())
    client = enter(hall, folder)
    assert answer(client, since="gestern 8 Uhr") == "/begin/"
    assert re.search(r"at 0?8:00|0?8:00", client.get("/begin/").content.decode())
    assert answer(client, people="zwölf", hour="") == "/begin/"
    assert "more than one way" in answer(client, revenue="8.500")
    assert (
        answer(client, **{"revenue": "8.500", "revenue-was": "8.500", "revenue-as": "8500.00"}) == "/begin/"
    )
    assert "at most 8,500.00" in client.get("/begin/").content.decode()
    assert answer(client, share="95 Prozent") == "/begin/"
    assert answer(client, margin="ca. 38") == "/begin/ready"
    (kept,) = casefile.load(folder).records(QuickEstimate)
    assert kept.per_day.high.cents == 306850  # 8,500.00 x 95 % x 38 %
    said = client.get("/begin/ready").content.decode()
    assert (
        "/letters/fault_report/" in said and "/letters/damage_warning/" in said and "/watcher/begin" in said
    )
    assert client.get("/letters/fault_report/").status_code == 200
    assert "Down for" in client.get("/").content.decode()


def test_what_is_doubtful_is_asked_and_nothing_is_written(hall: Hall) -> None:
    """A future moment, an amount that is none, a time that came twice: a sentence at the field, no entry."""
    folder = hall.begin(datetime.now())
    client = enter(hall, folder)
    assert "lies in the future" in answer(client, since="tomorrow 8:00")
    assert "came twice" in answer(client, since="26.10.2025 02:30")
    assert "never came" in answer(client, since="30.03.2025 02:30")
    assert "could not be read" in answer(client, since="irgendwann")
    assert len(casefile.entries(folder).entries) == 1
    assert answer(client, since="26.10.2025 02:30 CEST") == "/begin/"


def test_a_line_that_was_down_is_asked_for_its_end(hall: Hall) -> None:
    """The end is a question too, and no notice of damage is proposed for a line that works."""
    folder = hall.begin(datetime.now())
    client = enter(hall, folder)
    first = client.post("/begin/?was=1", {"since": "4.2.2026 8:00"})["Location"]
    then = client.post(first, {"until": "6.2.2026 12:00"})["Location"]
    for more in ({"people": "3"}, {"revenue": "1000"}, {"share": "80"}, {"margin": "40 %"}):
        then = client.post(then, more)["Location"]
    assert then == "/begin/ready"
    said = client.get("/begin/ready").content.decode()
    assert "damage_warning" not in said and "/exhibits/" in said


def test_another_case_is_opened_and_forms_of_the_first_are_refused(hall: Hall, sample: Path) -> None:
    """The list says firm, state and sum; a form that was open before writes into neither."""
    hall.remember(sample)
    first = hall.begin(datetime.now())
    said = enter(hall, first).get("/start/").content.decode()
    assert "Musterversand" in said and "was down for at least" in said
    strict = client_of(app.surroundings(first) | {"heller.hall": hall}, csrf=True)
    page = strict.get("/start/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    opened = strict.post("/start/open", {"case": key_of(sample), "csrfmiddlewaretoken": token[1]})
    assert opened["Location"] == "/" and opened.cookies[CASE_COOKIE].value == key_of(sample)
    late = strict.post("/begin/", {"since": "today 0:01", "csrfmiddlewaretoken": token[1]})
    assert late.status_code == 403 and len(casefile.entries(first).entries) == 1


def test_a_case_that_was_sent_is_taken_over(hall: Hall, own: Path, tmp_path: Path) -> None:
    """A bundle becomes a case of its own with the same figures; a file that is none changes nothing."""
    from datetime import date

    built = casefile.build(own, date(2015, 6, 30), "en", lambda said: None)
    with built.bundle.open("rb") as sent:
        answer = enter(hall).post("/start/handed", {"bundle": sent})
    assert answer["Location"] == "/"
    (folder,) = hall.cases()
    day = date(2015, 6, 30)
    assert casefile.claim(folder, day).waterfall.due == casefile.claim(own, day).waterfall.due
    (tmp_path / "no.zip").write_bytes(b"PK nothing")
    with (tmp_path / "no.zip").open("rb") as sent:
        assert enter(hall).post("/start/handed", {"bundle": sent}).status_code == 400
    assert hall.cases() == (folder,)


def test_a_folder_elsewhere_is_known_from_then_on(hall: Hall, own: Path, tmp_path: Path) -> None:
    """A copy for the lawyer is opened by its folder; a folder that is no case says what one is."""
    copy = hand_over(own, "RA Muster", tmp_path / "copy")
    assert enter(hall).post("/start/open", {"folder": str(copy)})["Location"] == "/"
    assert [one.resolve() for one in hall.cases()] == [copy.resolve()]
    assert enter(hall).post("/start/open", {"folder": str(tmp_path)}).status_code == 404


def test_the_same_note_within_a_minute_is_asked(own: Path) -> None:
    """A double click writes once; said to be meant it is written again."""
    client = visit(own)
    note = {"form": "contact", "kind": "promise", "incoming": "true", "at": "7.2.2015", "at-time": "10:15",
            "channel": "phone", "who": "Hotline", "said": "Spätestens Dienstag."}  # fmt: skip
    assert client.post("/note/", note).status_code == 302
    before = len(casefile.entries(own).entries)
    again = client.post("/note/", note)
    assert again.status_code == 409 and "less than a minute ago" in again.content.decode()
    assert len(casefile.entries(own).entries) == before
    assert client.post("/note/", note | {"sure": "yes"}).status_code == 302
    assert client.post("/note/", note | {"said": "Anders."}).status_code == 302
    assert len(casefile.entries(own).entries) == before + 2


def test_a_note_of_the_future_is_asked(own: Path) -> None:
    """A typing error in the year costs a question; chosen as right it is written."""
    client = visit(own)
    note = {"form": "contact", "kind": "contact", "incoming": "true", "at": "7.2.2093", "at-time": "10:15",
            "channel": "phone", "who": "Hotline", "said": "Spätestens Dienstag."}  # fmt: skip
    asked = client.post("/note/", note)
    assert asked.status_code == 400 and "lies in the future" in asked.content.decode()
    found = re.search(r'name="at-as" value="([^"]+)"', asked.content.decode())
    assert found is not None
    assert client.post("/note/", note | {"at-was": "7.2.2093", "at-as": found[1]}).status_code == 302


def test_facts_are_asked_in_groups(own: Path) -> None:
    """Several answers of a group are written at once, each as typed; one that cannot be read writes none."""
    client = visit(own)
    said = {"group": "line", "line.monthly_fee": "ca. 480", "line.product": "CompanyConnect 100"}
    assert client.post("/questions/", said)["Location"].startswith("/questions/?entry=")
    case = casefile.load(own)
    assert (case.fact("line.monthly_fee"), case.fact("line.product")) == ("480.00", "CompanyConnect 100")
    before = len(casefile.entries(own).entries)
    assert client.post("/questions/", said | {"line.monthly_fee": "viel"}).status_code == 400
    assert len(casefile.entries(own).entries) == before


def test_the_watch_is_begun_by_a_button(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A watch that ends at once is said with where its words stand; none is begun beside one that runs."""
    monkeypatch.setattr(watcher, "command", lambda folder: ["false"])
    answer = visit(own).post("/watcher/begin")
    assert answer.status_code == 503 and "watch.log" in answer.content.decode()
    said = visit(own).get("/watcher/events")
    assert said["Content-Type"] == "text/event-stream" and said.content.startswith(b"retry:")
    monkeypatch.setattr(watcher, "runs", lambda folder: True)
    assert visit(own).post("/watcher/begin")["Location"] == "/watcher/"


@pytest.mark.parametrize(
    ("platform", "name"), [("linux", "heller.desktop"), ("darwin", "Heller.command"), ("win32", "Heller.cmd")]
)
def test_the_menu_of_the_desktop_opens_it(tmp_path: Path, platform: str, name: str) -> None:
    """The entry names the interpreter of this Heller by its whole path."""
    import sys

    place, content = install_desktop.entry(platform, tmp_path)
    assert place.name == name and sys.executable in content and "start" in content


def test_without_a_verb_the_browser_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`heller` alone serves the home of cases, on the usual port or any that is free, and says the address."""
    from heller import web
    from heller.cli import app as cli

    began: list[tuple[Path, int]] = []

    def start(home: Path, port: int, open_browser: bool, key: str, told: Callable[[str], None]) -> None:
        began.append((home, port))
        told(f"http://127.0.0.1:8765/?key={key}")

    monkeypatch.setenv("HELLER_CASES", str(tmp_path))
    monkeypatch.setattr(web, "start", start)
    assert cli.run([]) == 0
    assert began == [(tmp_path, 0)] and "http://127.0.0.1:8765/?key=" in capsys.readouterr().out


def test_a_second_heller_takes_a_free_port(hall: Hall) -> None:
    """With the usual port taken another is found; with one that was named the refusal says so."""
    import socket
    import threading
    import urllib.request

    from heller.model.errors import InputRefused
    from heller.web import server

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputRefused):
            server.run_hall(hall, port, None, False, "k", lambda address: None)
        heard: list[str] = []
        told = threading.Event()

        def tell(address: str) -> None:
            heard.append(address)
            told.set()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(server, "USUAL", port)
            threading.Thread(
                target=server.run_hall, args=(hall, 0, "en", False, "k", tell), daemon=True
            ).start()
            assert told.wait(60)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    assert b"My internet is down" in opener.open(heard[0], timeout=60).read()
