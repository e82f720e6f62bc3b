"""Hours, journal, timeline, sliders, promises and the test of the line: what the pages show and what they write."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.journal.authority import Authority
from tests.web.test_pages import visit

from heller import casefile
from heller.model.kinds.acceptance import Acceptance, Verdict
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.span import Bounds
from heller.web import beside
from heller.web.form import Form
from heller.web.pages import acceptance, stamps
from heller.web.pages.case import DEEDS

STRETCH = {
    "person": "Frau Muster",
    "day": "6.2.2015",
    "begin": "9",
    "end": "17 Uhr",
    "pause": "30",
    "kind": "idle",
}


def test_hours_are_entered_as_a_sheet(own: Path) -> None:
    """A typed stretch is an exhibit like a sheet that was handed in, and counts as one."""
    answer = visit(own).post("/hours/", STRETCH)
    number = int(answer["Location"].partition("new=")[2])
    case = casefile.load(own)
    (shift,) = [
        one
        for e in case.exhibits
        if e.number == number
        for one in e.reading.records
        if isinstance(one, Shift)
    ]
    assert (shift.person, shift.minutes, shift.kind) == ("Frau Muster", 450, ShiftKind.IDLE)
    page = visit(own).get("/hours/").content.decode()
    assert "idle: 15.00" in page  # 7.5 of the sample's sheet and 7.5 of this one


@pytest.mark.parametrize(
    ("field", "value"),
    [("day", "irgendwann"), ("end", "8"), ("begin", "abc"), ("pause", "x"), ("person", "")],
)
def test_hours_that_cannot_be_are_said_at_their_field(own: Path, field: str, value: str) -> None:
    """Nothing is taken in."""
    before = len(casefile.entries(own).entries)
    answer = visit(own).post("/hours/", STRETCH | {field: value})
    assert answer.status_code == 400 and f'id="{field}-fault"' in answer.content.decode()
    assert len(casefile.entries(own).entries) == before


def test_a_sheet_to_sign(sample: Path) -> None:
    """Every stretch of the person with the sum, and two lines for names; nobody else is on it."""
    said = visit(sample).get("/hours/sheet?person=Frau+Muster").content.decode()
    assert "7.50" in said and "Day, Frau Muster" in said and "Herr Probe" not in said
    assert visit(sample).get("/hours/sheet?person=Nobody").status_code == 404


def test_the_journal_shows_every_entry_and_checks_originals(own: Path) -> None:
    """A changed original is named; an anchor is made on request, with its line and its code."""
    client = visit(own)
    said = client.get("/journal/").content.decode()
    assert casefile.entries(own).head in said and "ping.log" in said and "<svg" not in said
    before = len(casefile.entries(own).entries)
    assert client.post("/journal/anchor")["Location"] == "/journal/#anchor"
    made = client.get("/journal/").content.decode()
    assert "<svg" in made and re.search(r"HELLER 1<", made)
    assert len(casefile.entries(own).entries) == before + 1
    good = client.get("/journal/?check").content.decode()
    assert "what their digest says: 8." in good and "These are not" not in good


def test_a_bundle_is_checked_in_the_browser(own: Path, tmp_path: Path) -> None:
    """One that holds is green; with a byte changed it is red."""

    built = casefile.build(own, date(2015, 6, 30), "en", lambda said: None)
    with built.bundle.open("rb") as sent:
        good = visit(own).post("/journal/verify", {"bundle": sent}).content.decode()
    assert "verdict green" in good and built.digest in good


def test_the_timeline_zooms_and_filters(sample: Path) -> None:
    """The band of the outage and the marks of its days; a filter takes rows out of picture and list."""
    client = visit(sample)
    whole = client.get("/chronology/").content.decode()
    assert whole.count('class="band"') == 1 and "mark-theirs" in whole
    week = client.get("/chronology/?zoom=7&start=2015-02-03").content.decode()
    assert "Spätestens" not in week and "Ticket 4711" in week and "Wir fordern Ersatz" not in week
    ours = client.get("/chronology/?show=ours").content.decode()
    assert "Ticket 4711" in ours and "Heute Abend geht es wieder" not in ours and 'class="band"' not in ours
    for odd in ("zoom=x", "zoom=0", "start=x", "show=x", "zoom=9999"):
        assert client.get(f"/chronology/?{odd}").status_code == 200


def test_a_slider_shows_its_effect_and_is_kept_as_an_entry(own: Path) -> None:
    """Moved, it is worked with and nothing is written; kept, it stands in the case."""
    client = visit(own)
    before = len(casefile.entries(own).entries)
    shown = client.get("/worlds/?shop.margin=60").content.decode()
    assert "Nothing was written yet" in shown and len(casefile.entries(own).entries) == before
    assert client.post("/worlds/", {"shop.margin": "60"}).status_code == 302
    assert casefile.load(own).fact("shop.margin") == "0.6"
    assert "Nothing was written yet" not in client.get("/worlds/?shop.margin=60").content.decode()
    assert client.get("/worlds/?shop.margin=999").status_code == 200


def test_promises_say_how_they_are_proven_and_whether_they_were_kept(sample: Path) -> None:
    """'Tonight it works' was broken, 'you can go online now' too; each has the letter that confirms it."""
    said = visit(sample).get("/line/").content.decode()
    assert said.count("broken") >= 2 and "/letters/promise_confirmation/?about=2015-02-04" in said


def test_a_test_of_the_line_is_seen_from_afar(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rejected is red in large; the button begins one test, with what was said as words of its command."""
    began = datetime(2015, 2, 5, 11, tzinfo=UTC)
    casefile.test(
        own,
        Acceptance(
            verdict=Verdict.REJECTED,
            started=began,
            ended=began,
            rule="1",
            points=(),
            silence=Bounds(began, began),
        ),
    )
    assert "verdict red" in visit(own).get("/acceptance/").content.decode()
    begun: list[str] = []

    def command(folder: Path, form: Form, lang: str) -> list[str]:
        begun.append(form.said("by"))
        return ["true"]

    monkeypatch.setattr(acceptance, "command", command)
    assert visit(own).post("/acceptance/begin", {"by": "Techniker; rm"}).status_code == 302
    assert begun == ["Techniker; rm"]


def test_each_step_leads_to_a_page(sample: Path) -> None:
    """Every key that a country's law gives a step is known, and each address opens."""
    law = Path(casefile.__file__).parents[1] / "law"
    sources = [file.read_text() for file in law.rglob("*.py") if "NextStep(" in file.read_text()]
    keys = {key for source in sources for key in re.findall(r'\bkey="(\w+)"\)?,?$', source, re.MULTILINE)}
    assert {"report", "warn", "demand", "confirm"} <= keys <= set(DEEDS)
    for address in DEEDS.values():
        assert visit(sample).get(address.partition("#")[0]).status_code == 200


def test_the_journal_draws_its_brackets_and_is_stamped_from_the_page(own: Path, authority: Authority) -> None:
    """Named with its root and asked by one button, an authority stamps; the entries then stand under what it proves,
    in the verb's own words, and who received the anchor is noted."""
    client = visit(own)
    assert "Only this machine&#x27;s clock says when" in client.get("/journal/").content.decode()
    root = SimpleUploadedFile("root.pem", authority.root.read_bytes())
    sent = {"url": authority.tsa("one"), "root": root}
    assert client.post("/stamps/ask", sent)["Location"] == "/stamps/"
    beside._running[own, stamps.STAMP].child.wait(60)
    shown = client.get("/stamps/").content.decode()
    assert beside.failure(own, stamps.STAMP) == "" and "Stamped, not revoked" in shown
    journal = client.get("/journal/").content.decode()
    assert re.search(r"There since .*no proof how much earlier", journal) and "time stamp by" in journal
    assert client.post("/stamps/witness", {"who": "", "at": "bald"}).status_code == 400
    assert client.post("/stamps/witness", {"who": "Frau Notar", "at": "heute 0:01"}).status_code == 302
    assert "by Frau Notar" in client.get("/journal/").content.decode()


@pytest.mark.parametrize("url", ["", "tsa.example.org", "ftp://tsa.example.org/"])
def test_an_authority_that_is_none_is_said_at_its_field(own: Path, url: str) -> None:
    """Nobody is asked, and nothing is kept."""
    answer = visit(own).post("/stamps/ask", {"url": url})
    assert answer.status_code == 400 and 'id="url-fault"' in answer.content.decode()
    assert not (own / "stamping.json").exists()


def test_a_verb_that_fails_says_so_on_its_page(own: Path) -> None:
    """What it said stands there; one that is going on is not begun twice."""
    beside.begin(own, stamps.STAMP, beside.command("stamp", str(own / "nowhere")))
    child = beside._running[own, stamps.STAMP].child
    beside.begin(own, stamps.STAMP, ["false"])
    assert beside._running[own, stamps.STAMP].child is child
    child.wait(60)
    assert "nowhere" in visit(own).get("/stamps/").content.decode()


def test_no_question_is_asked_twice(sample: Path) -> None:
    """The country is assumed, and asked for once."""
    asked = [one.key for one in casefile.claim(sample, date(2015, 6, 30)).questions]
    assert len(asked) == len(set(asked)) and "line.country" in asked


def test_facts_are_said_as_people_write_them(sample: Path) -> None:
    """Not as they are kept: no 0.38, no yes on a German page."""
    number = next(one.number for one in casefile.load(sample).exhibits if one.name == "angaben.csv")
    said = visit(sample, "de").get(f"/exhibits/{number}/").content.decode()
    assert "Vorsteuerabzug · ja" in said and "· 0.38" not in said and re.search(r"· 38\s%", said)
