"""The pages without a browser: what they say, what they refuse, what they write."""

from __future__ import annotations

import hashlib
import re
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web import web_sample

from heller import casefile
from heller.dossier.wording import Words
from heller.model.errors import InputRefused, NotACase
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.policy import Policy
from heller.model.kinds.purpose import Purpose
from heller.model.trade import FORMS
from heller.web import app, guard, serve

PAGES = (
    "/",
    "/chronology/",
    "/worlds/",
    "/exhibits/",
    "/exhibits/6/",
    "/inbox/",
    "/note/",
    "/account/",
    "/decide/",
    "/decide/note",
    "/dossier/",
    "/estimate/",
    "/logs/",
    "/zone/",
    "/copies/",
    "/line/",
    "/law/",
    "/questions/",
    "/watcher/",
    "/begin/",
    "/hours/",
    "/hours/sheet?person=Frau+Muster",
    "/journal/",
    "/journal/verify",
    "/stamps/",
    "/speed/",
    "/acceptance/",
    "/attack/",
    "/dispute/",
    "/explain/",
)


def visit(folder: Path, lang: str = "en", *, csrf: bool = False) -> Client:
    """A browser without a screen, sitting before a case, on 30 June 2015."""
    client = client_of(app.surroundings(folder), lang, csrf=csrf)
    client.cookies["heller_day"] = "2015-06-30"
    return client


def client_of(more: dict[str, Any], lang: str = "en", *, csrf: bool = False) -> Client:
    """A browser without a screen whose requests carry what a server adds to them."""
    return Client(csrf, headers={"host": "127.0.0.1:8765", "accept-language": lang}, **more)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_in_both_languages(sample: Path, page: str, lang: str) -> None:
    """Every page answers, says its language, and asks nobody else for anything."""
    answer = visit(sample, f"{lang}-XX,fr;q=0.5").get(page)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in said
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", said)
    assert "style=" not in said and "<script>" not in said  # the policy would block both
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer["Cache-Control"] == "no-store"


def test_the_case_page_shows_the_figures_of_the_claim(sample: Path) -> None:
    """What the page shows is what the claim says, formatted, and nothing else."""
    from datetime import date

    claim, say = casefile.claim(sample, date(2015, 6, 30)), Words("de")
    said = visit(sample, "de").get("/").content.decode()
    assert say.money(claim.assessment.total.low) in said
    assert say.money(claim.waterfall.due.low) in said
    law = visit(sample, "de").get("/law/").content.decode()
    for step in claim.waterfall.steps:
        assert say(step.label) in law
    assert law.count("<svg") == 1 and visit(sample, "de").get("/line/").content.decode().count("<svg") == 1


def test_an_empty_case_invites(empty: Path) -> None:
    """A case in which nothing is yet opens on every page and says how to begin."""
    for page in ("/", "/chronology/", "/worlds/", "/exhibits/", "/note/", "/dossier/"):
        assert visit(empty).get(page).status_code == 200
    assert 'href="/exhibits/">Add files' in visit(empty).get("/").content.decode()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.7", "localhost.evil"])
def test_other_hosts_are_refused(sample: Path, host: str) -> None:
    """A name that somebody points at 127.0.0.1 gets nothing of the case."""
    answer = visit(sample).get("/", headers={"host": host})
    assert answer.status_code == 400
    assert b"Musterversand" not in answer.content
    assert visit(sample).get("/note/", headers={"host": "localhost:8765"}).status_code == 200


@pytest.mark.parametrize(
    "page", ["/note/", "/exhibits/", "/dossier/", "/language", "/day", "/change/take-back"]
)
def test_forms_need_their_token(own: Path, page: str) -> None:
    """A form that another site sends is refused, and nothing is written."""
    before = casefile.load(own).entries
    answer = visit(own, csrf=True).post(
        page, {"lang": "de", "kind": "promise", "said": "x", "at": "1.1.2015"}
    )
    assert answer.status_code == 403
    assert casefile.load(own).entries == before


def test_a_foreign_origin_is_refused_even_with_the_token(own: Path) -> None:
    """The token alone does not help a page of another origin."""
    client = visit(own, csrf=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/note/").content.decode())
    assert token
    form = {"csrfmiddlewaretoken": token[1], "lang": "de", "next": "/"}
    assert client.post("/language", form, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/language", form, headers={"origin": "http://127.0.0.1:8765"}).status_code == 302


def test_the_language_stays_switched_and_goes_back_to_our_own_pages_only(sample: Path) -> None:
    """The switch wins over the browser's wish; it cannot be used to send people elsewhere."""
    client = visit(sample, "en")
    answer = client.post("/language", {"lang": "de", "next": "/worlds/?x=1"})
    assert answer["Location"] == "/worlds/?x=1"
    assert b'<html lang="de"' in client.get("/").content
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert client.post("/language", {"lang": "en", "next": target})["Location"] == "/"


def test_a_day_is_read_german_or_iso_and_a_wrong_one_is_explained(sample: Path) -> None:
    """Interest follows the chosen day; what is no day says what to do."""
    client = visit(sample)
    assert client.post("/day", {"day": "31.12.2015", "next": "/"}).status_code == 302
    assert b"31 Dec 2015" in client.get("/").content
    answer = client.post("/day", {"day": "irgendwann", "next": "/"})
    assert answer.status_code == 400
    assert b"irgendwann is no day." in answer.content and b"What to do:" in answer.content


def test_a_note_is_written_and_stands_in_the_chronology(own: Path) -> None:
    """A promise typed in a German form arrives as a record and in the chronology, with its day and amount."""
    client = visit(own, "de")
    form = {
        "kind": "promise",
        "incoming": "true",
        "at": "06.02.2015",
        "at-time": "9:05",
        "who": "Frau Zusage",
        "by": "Herr Probe",
        "channel": "Telefon",
        "said": "Bis Montag läuft der Anschluss.",
        "until": "9.2.2015",
        "amount": "1.234,50",
    }
    answer = client.post("/note/", form, follow=True)
    assert answer.status_code == 200
    assert "Bis Montag läuft der Anschluss." in answer.content.decode()
    record = casefile.load(own).noted[-1]
    assert isinstance(record, Contact) and record.kind is ContactKind.PROMISE and record.incoming
    assert f"{record.at:%Y-%m-%d %H:%M}" == "2015-02-06 08:05"  # UTC
    assert record.amount is not None and record.amount.cents == 123450
    assert str(record.until) == "2015-02-09"


@pytest.mark.parametrize(
    ("field", "value"),
    [("at", "31.02.2015"), ("at-time", "25:00"), ("said", "  "), ("until", "bald"), ("amount", "3.000")],
)
def test_what_cannot_be_read_is_shown_again_at_its_field(own: Path, field: str, value: str) -> None:
    """Bad input costs a sentence at the field, keeps what was typed, and writes nothing.

    '3.000' can be three or three thousand: it is asked, not guessed.
    """
    before = casefile.load(own).entries
    form = {
        "kind": "offer",
        "incoming": "false",
        "at": "06.02.2015",
        "at-time": "09:05",
        "said": "Behalten Sie dies.",
    }
    answer = visit(own).post("/note/", form | {field: value})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert f'id="{field}-fault"' in said and f'aria-describedby="{field}-fault"' in said
    assert field == "said" or "Behalten Sie dies." in said
    assert casefile.load(own).entries == before


def test_a_fact_is_stated_in_its_canonical_form(own: Path) -> None:
    """A fact from the form is the same fact as one from a table."""
    form = {"form": "fact", "key": "shop.margin", "value": "41,5 %", "basis": "Auswertung"}
    assert visit(own).post("/note/", form).status_code == 302
    assert casefile.load(own).noted[-1] == Fact("shop.margin", "0.415", "Auswertung")
    answer = visit(own).post("/note/", form | {"value": "viel"})
    assert answer.status_code == 400 and b'id="value-fact-fault"' in answer.content


def test_a_note_can_be_taken_back_with_a_reason(own: Path) -> None:
    """Taken back, it no longer counts and still shows; without a reason it stays."""
    entry = casefile.note(own, Fact("firm.staff", "99", "Tippfehler"))
    client = visit(own)
    assert client.post("/change/take-back", {"entry": entry, "why": " "}).status_code == 400
    assert casefile.load(own).fact("firm.staff") == "99"
    assert client.post("/change/take-back", {"entry": entry, "why": "Zwölf sind es"}).status_code == 302
    assert casefile.load(own).fact("firm.staff") == "12"
    assert "Zwölf sind es" in client.get("/note/").content.decode()


def test_files_are_taken_in_and_unknown_ones_say_so(own: Path) -> None:
    """Several files at once; one that nobody can read is kept with a finding; a second time counts once."""
    client = visit(own)
    blob = b"\x00\x01 no such format"
    files = [
        SimpleUploadedFile("rechnung-300.xml", web_sample.ubl("R-300", 500, "Richtfunk").encode()),
        SimpleUploadedFile("raetsel.bin", blob),
    ]
    answer = client.post("/exhibits/", {"files": files}, follow=True)
    case = casefile.load(own)
    assert answer.status_code == 200
    assert [e.name for e in case.exhibits[-2:]] == ["rechnung-300.xml", "raetsel.bin"]
    assert case.exhibits[-1].digest == hashlib.sha256(blob).hexdigest()
    assert case.exhibits[-1].reading.findings
    said = answer.content.decode()
    assert "raetsel.bin" in said.partition('id="added"')[2].partition("</section>")[0]
    assert 'class="finding' in said
    again = client.post("/exhibits/", {"files": SimpleUploadedFile("kopie.bin", blob)}, follow=True)
    assert "was there already" in again.content.decode()
    assert len(casefile.load(own).exhibits) == len(case.exhibits)


def test_no_file_is_explained_and_too_much_is_refused(own: Path) -> None:
    """An empty form says what to do; beyond the limit nothing is read."""
    assert visit(own).post("/exhibits/", {}).status_code == 400
    answer = visit(own).generic("POST", "/exhibits/", b"x", CONTENT_LENGTH=str(app.LARGEST_UPLOAD + 1))
    assert answer.status_code == 413 and b"200 MB" in answer.content


def test_a_receipt_is_assigned(own: Path) -> None:
    """The form of a receipt writes its purpose; the receipt then counts."""
    client = visit(own)
    number = next(e.number for e in casefile.load(own).exhibits if e.name == "rechnung-200.xml")
    assert "say what it is for" in client.get("/exhibits/").content.decode()
    form = {
        "invoice": "R-200",
        "head": "mobile_data",
        "share": "42,86 %",
        "residual": "0 %",
        "reason": "6 von 14 Tagen",
    }
    wrong = client.post(f"/exhibits/{number}/", form | {"share": "viel"})
    assert wrong.status_code == 400 and b'id="share1-fault"' in wrong.content
    assert (
        client.post(f"/exhibits/{number}/", form | {"invoice": "R-100"}).status_code == 400
    )  # not in this one
    assert client.post(f"/exhibits/{number}/", form).status_code == 302
    record = casefile.load(own).noted[-1]
    assert isinstance(record, Purpose) and str(record.share) == "0.4286" and record.head == "mobile_data"
    assert "say what it is for" not in client.get("/exhibits/").content.decode()


def test_originals_are_handed_out_as_received_and_never_as_a_page(own: Path, tmp_path: Path) -> None:
    """Saving gives the very bytes; HTML and SVG are never shown by the browser, text only as text."""
    page = b"<!doctype html><script>alert(1)</script>"
    for name in ("boese.html", "boese.svg", "boese.xhtml", "notiz.txt"):
        (tmp_path / name).write_bytes(page + name.encode())
    added = {a.name: a.number for a in casefile.add(own, sorted(tmp_path.glob("*.*")))}
    client = visit(own)
    for name in ("boese.html", "boese.svg", "boese.xhtml"):
        answer = client.get(f"/exhibits/{added[name]}/original")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer.content == page + name.encode()
    shown = client.get(f"/exhibits/{added['notiz.txt']}/original")
    assert shown["Content-Type"] == "text/plain; charset=utf-8"
    assert "sandbox" in shown["Content-Security-Policy"] and shown["X-Content-Type-Options"] == "nosniff"
    saved = client.get(f"/exhibits/{added['notiz.txt']}/original?save")
    assert saved.content == page + b"notiz.txt" and saved["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path",
    [
        "/exhibits/../../journal.jsonl",
        "/exhibits/%2e%2e/journal.jsonl/original",
        "/exhibits/0/",
        "/exhibits/999/original",
        "/exhibits/-1/",
        "/exhibits/1/page/1",
        "/dossier/dossier/..%2f..%2fjournal/de",
        "/dossier/../journal.jsonl",
        "/dossier/dossier/2015-06-30/de",
        "/dossier/journal/2015-06-30/de",
        "/dossier/dossier/" + quote("2015-06-30/../../..", safe="") + "/de",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_no_address_leads_out_of_its_place(sample: Path, path: str) -> None:
    """Nothing but exhibits by number and files that Heller made by name can be asked for."""
    answer = visit(sample).get(path)
    assert answer.status_code == 404
    assert b"opened" not in answer.content


def test_what_others_wrote_is_shown_as_text(own: Path, tmp_path: Path) -> None:
    """Markup in names, notes and documents stays text on every page that shows it."""
    evil = "<script>alert('x')</script><img src=x onerror=alert(1)>"
    casefile.note(own, Fact("firm.name", evil, evil))
    (tmp_path / "<b>x<").mkdir()
    file = tmp_path / "<img src=x onerror=alert(2)>.csv"
    file.write_text(f"Datum;Art;Richtung;Inhalt\n04.02.2015;Zusage;ein;{evil}\n", encoding="utf-8")
    number = casefile.add(own, [file])[0].number
    bad_row = visit(own)
    for page in (*PAGES, f"/exhibits/{number}/", f"/exhibits/?new={number}"):
        said = bad_row.get(page).content.decode()
        assert "<script>alert" not in said and "<img src=x" not in said, page
    assert "&lt;script&gt;alert" in bad_row.get("/").content.decode()
    assert "&lt;script&gt;alert" in bad_row.get("/chronology/").content.decode()


def test_places_in_exhibits_are_links_to_their_rows(sample: Path) -> None:
    """A pointer in the chronology leads to the very line of the file, which is marked there."""
    client = visit(sample)
    found = re.search(r'href="(/exhibits/2/\?row=2)#row-2"', client.get("/chronology/").content.decode())
    assert found
    said = client.get(found[1]).content.decode()
    row = said.partition('id="row-2"')[2].partition("</tr>")[0]
    assert 'class="asked"' in row and "Ticket 4711" in row


def test_a_broken_journal_is_explained(own: Path) -> None:
    """A journal that was changed by hand gives a page that says so, not a traceback."""
    journal = own / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"exhibit"', b'"exhibiT"', 1))
    answer = visit(own).get("/")
    assert answer.status_code == 500
    assert b"The journal does not hold" in answer.content and b"Traceback" not in answer.content


def test_a_defect_is_a_page_that_says_so(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody expected shows no internals."""

    def broken(*args: object) -> object:
        raise RuntimeError("secret internals")

    monkeypatch.setattr(casefile, "claim", broken)
    client = visit(sample)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"This is a defect of Heller" in answer.content and b"secret internals" not in answer.content
    assert answer["Content-Security-Policy"] == guard.POLICY


def test_a_taken_port_is_explained(sample: Path) -> None:
    """Two Hellers on one port: the second says so and names a way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputRefused) as refused:
            serve(sample, taken.getsockname()[1], None, open_browser=False, key="k")
    assert "--port" in refused.value.do.id


def test_only_a_case_is_served(tmp_path: Path) -> None:
    """A folder without a journal is refused before anything listens."""
    with pytest.raises(NotACase):
        serve(tmp_path, 0, None, open_browser=False, key="k")


def test_a_document_with_braces_in_its_title_is_shown(own: Path, tmp_path: Path) -> None:
    """A subject such as '{0.__class__}' is the document's own words and is not filled in."""
    mail = "From: a@beispiel.example\nTo: b@beispiel.example\nDate: Wed, 4 Feb 2015 09:00:00 +0100\n"
    (tmp_path / "mail.eml").write_text(mail + "Subject: Preis {0.__class__} {x\n\nInhalt {y\n")
    number = casefile.add(own, [tmp_path / "mail.eml"])[0].number
    for page in ("/exhibits/", f"/exhibits/{number}/", "/chronology/"):
        answer = visit(own).get(page)
        assert answer.status_code == 200 and b"{0.__class__} {x" in answer.content


def test_static_files_are_for_our_own_pages_only(sample: Path) -> None:
    """Fonts and style come with their type, for this origin alone."""
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    for path, media in {
        "vendor/pico.min.css": "text/css",
        "fonts/SourceSans3-Regular.ttf": "font/ttf",
    }.items():
        told: list[tuple[str, list[tuple[str, str]]]] = []
        body = app.application(sample)(
            environ | {"PATH_INFO": f"/static/{path}"},
            lambda status, headers, told=told: told.append((status, headers)),
        )
        body.close()
        status, headers = told[0][0], dict(told[0][1])
        assert status.startswith("200") and headers["Content-Type"].startswith(media)
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers


def test_vendored_files_are_what_their_digests_say() -> None:
    """Nobody changed a vendored file without its digest."""
    folder = app.HERE / "static" / "vendor"
    sums = [line.split() for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in sums} == {p.name for p in folder.iterdir()} - {"SHA256SUMS", "SOURCES.md"}
    for digest, name in sums:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_each_sentence_of_a_template_can_be_extracted() -> None:
    """A sentence stands in double quotes directly after `t`, or the catalogue never hears of it."""
    for template in (app.HERE / "templates").glob("*.html"):
        said = template.read_text()
        assert len(re.findall(r"\{%\s*t\s", said)) == len(re.findall(r'\{%\s*t\s+"(?:[^"\\]|\\.)+"', said)), (
            template
        )
        for tag in re.findall(r'\{%\s*t\s+"((?:[^"\\]|\\.)+)"([^%]*)%\}', said):
            names = set(re.findall(r"\{(\w+)", tag[0])) - set(
                FORMS
            )  # the trade's own words fill themselves in
            assert names == set(re.findall(r"(\w+)=", tag[1])), (template.name, tag)


def test_the_decision_page_supposes_and_keeps(own: Path) -> None:
    """What is typed is worked with at once; kept, it stands in the case as facts."""
    client = visit(own)
    supposed = client.get("/decide/?suit.odds_low=40+%25&suit.odds_high=60+%25&suit.months=12")
    said = supposed.content.decode()
    assert supposed.status_code == 200 and "Keep this in the case" in said and "your odds" in said
    assert casefile.load(own).fact("suit.odds_low") is None
    kept = client.post("/decide/", {"suit.odds_low": "40 %", "suit.odds_high": "60 %", "suit.months": "12"})
    assert kept.status_code == 302
    assert casefile.load(own).fact("suit.odds_low") == "0.4"
    again = client.get("/decide/").content.decode()
    assert 'value="40%"' in again and "Keep this in the case" not in again


@pytest.mark.parametrize(("field", "value"), [("suit.odds_low", "often"), ("suit.instances", "3")])
def test_a_wrong_supposition_is_marked_at_its_field(own: Path, field: str, value: str) -> None:
    """Nothing is written, and the field says what it wants."""
    answer = visit(own).post("/decide/", {field: value})
    assert answer.status_code == 400 and 'aria-invalid="true"' in answer.content.decode()
    assert casefile.load(own).fact(field) is None


def test_an_empty_case_has_nothing_to_weigh(empty: Path) -> None:
    """The page opens and says so."""
    assert "there is nothing to weigh" in visit(empty).get("/decide/").content.decode()


def test_a_question_is_answered_on_the_case_page(own: Path) -> None:
    """The small form writes the fact and leads back; then it is not asked again."""
    client = visit(own)
    asked = client.get("/questions/").content.decode()
    assert 'value="insurance.none"' in asked
    sent = {"form": "fact", "key": "insurance.none", "value": "yes", "next": "/"}
    assert client.post("/note/", sent)["Location"] == "/"
    assert casefile.load(own).fact("insurance.none") == "yes"
    assert 'value="insurance.none"' not in client.get("/questions/").content.decode()


OFFER = {
    "form": "offer",
    "at": "20.06.2015",
    "who": "Versicherer",
    "incoming": "true",
    "amount": "500",
    "credit": "2.000,00",
    "worth": "50 %",
    "waives": "all",
    "until": "15.07.2015",
    "said": "Ein Vergleich",
}
POLICY = {
    "form": "policy",
    "kind": "cyber",
    "insurer": "Muster",
    "covers": "yes",
    "deductible": "100",
    "limit": "5000",
    "waiting": "12",
    "waiting_deducted": "no",
    "notice": "7",
    "notified": "10.02.2015",
}


def test_an_offer_with_its_terms_is_written_on_the_page(own: Path) -> None:
    """Cash, credit and its worth, waiver and expiry, and it is weighed at once."""
    client = visit(own)
    assert client.post("/decide/note", OFFER)["Location"].startswith("/decide/?entry=")
    offer = casefile.load(own).records(Contact)[-1]
    assert offer.terms is not None and (offer.terms.waiver.value, str(offer.terms.credit_worth)) == (
        "all",
        "0.5",
    )
    assert "1,500.00" in client.get("/decide/").content.decode()


def test_a_policy_is_written_on_the_page(own: Path) -> None:
    """Its terms as typed; it then stands on the case page with what it would pay."""
    client = visit(own)
    assert client.post("/decide/note", POLICY)["Location"].startswith("/decide/?entry=")
    (policy,) = casefile.load(own).records(Policy)
    assert (policy.waiting_hours, policy.waiting_deducted, policy.notice_days) == (12, False, 7)
    assert "Cyber insurance" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("sent", "field", "value"),
    [
        (OFFER, "amount", "viel"),
        (OFFER, "credit", "-1"),
        (OFFER, "worth", "300 %"),
        (OFFER, "at", "31.02.2015"),
        (OFFER, "until", "x"),
        (OFFER, "said", ""),
        (POLICY, "deductible", "-1"),
        (POLICY, "waiting", "1,5"),
        (POLICY, "notified", "x"),
        (POLICY, "kind", "fire"),
        (POLICY, "limit", "x"),
        (POLICY, "notice", "x"),
    ],
)
def test_terms_that_cannot_be_read_are_shown_again(
    own: Path, sent: dict[str, str], field: str, value: str
) -> None:
    """At the field that is wrong, and nothing is written."""
    before = len(casefile.entries(own).entries)
    answer = visit(own).post("/decide/note", {**sent, field: value})
    assert answer.status_code == 400 and 'aria-invalid="true"' in answer.content.decode()
    assert len(casefile.entries(own).entries) == before


def test_an_offer_of_nothing_is_none(own: Path) -> None:
    """Neither cash nor credit: the field for cash says so."""
    answer = visit(own).post("/decide/note", {**OFFER, "amount": "", "credit": ""})
    assert answer.status_code == 400
