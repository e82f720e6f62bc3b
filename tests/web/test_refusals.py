"""Refusals are pages: what happened, the limit, what to do, in the language of the reader."""

from __future__ import annotations

import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.test_pages import visit

from heller import casefile
from heller.model.errors import StoreFailed
from heller.model.kinds.contact import Contact
from heller.model.text import text
from heller.web import app
from heller.web.server import listening


def test_too_many_files_are_counted_and_said(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit stands on the page, and nothing was added."""
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FILES", 3)
    before = len(casefile.entries(own).entries)
    for lang, said in (("en", "More than 3 files"), ("de", "mehr als 3 Dateien")):
        files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(4)]
        answer = visit(own, lang).post("/exhibits/", {"files": files})
        assert answer.status_code == 400 and said in answer.content.decode()
    assert len(casefile.entries(own).entries) == before


def test_a_part_that_is_not_whole(own: Path) -> None:
    """A form that cannot be taken apart is a page too."""
    answer = visit(own, "de").generic(
        "POST", "/exhibits/", b"--x", content_type="multipart/form-data; boundary="
    )
    assert answer.status_code == 400 and "nicht vollständig" in answer.content.decode()


def test_another_host_is_told_where_heller_is(sample: Path) -> None:
    """In words, with nothing of the case."""
    answer = visit(sample, "de").get("/", headers={"host": "akte.beispiel.example"})
    said = answer.content.decode()
    assert answer.status_code == 400 and "gehört nicht zu Heller" in said and "Musterversand" not in said


def test_a_proxy_with_tls_is_named(own: Path) -> None:
    """Loading the page again never helps there, so it is not advised."""
    client = visit(own, csrf=True)
    client.get("/note/")
    token = client.cookies["heller_csrf"].value
    answer = client.post(
        "/note/", {"csrfmiddlewaretoken": token}, headers={"origin": "https://akte.beispiel.example"}
    )
    said = answer.content.decode()
    assert answer.status_code == 403 and "proxy with TLS" in said and "http://127.0.0.1" in said


def test_a_form_without_a_cookie_and_an_old_one(own: Path) -> None:
    """Each says what helps against it."""
    client = visit(own, csrf=True)
    assert "Allow cookies" in client.post("/note/", {}).content.decode()
    client.get("/note/")
    old = client.post("/note/", {"csrfmiddlewaretoken": "x" * 64}).content.decode()
    assert "older than this Heller" in old


def test_one_file_arrives_with_its_words(own: Path) -> None:
    """What is dropped is answered file by file: new, there already, refused."""
    client = visit(own)
    first = client.post("/take-in", {"files": SimpleUploadedFile("notiz.txt", b"Ein Zettel")}).json()
    again = client.post("/take-in", {"files": SimpleUploadedFile("notiz.txt", b"Ein Zettel")}).json()
    assert (first["kind"], again["kind"]) == ("new", "twin") and first["number"] == again["number"]
    none = client.post("/take-in", {})
    assert none.status_code == 400 and "try it again" in none.json()["words"]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_request_of_any_size_gets_its_page(
    sample: Path, monkeypatch: pytest.MonkeyPatch, *, chunked: bool
) -> None:
    """It is taken off the line to its end and not kept: the browser sees the page, and the connection goes on."""
    monkeypatch.setattr(app, "LARGEST_UPLOAD", 1 << 20)
    server = listening(app.application(sample, "de"), 0)
    threading.Thread(target=server.run, daemon=True).start()
    line = HTTPConnection("127.0.0.1", server.effective_port)
    try:
        pieces = (bytes(1 << 16) for _ in range(64))
        sized = {} if chunked else {"Content-Length": str(64 << 16)}
        line.request("POST", "/exhibits/", pieces, {"Host": "127.0.0.1", **sized}, encode_chunked=chunked)
        answer = line.getresponse()
        assert answer.status == 413 and "größer als 1 MB" in answer.read().decode()
        line.request("GET", "/watcher/", headers={"Host": "127.0.0.1"})
        assert line.getresponse().status == 200
    finally:
        line.close()
        server.close()


def test_a_page_never_says_of_a_changed_case_that_it_is_as_it_was(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused before anything was written, and after: each page says what is so."""
    note = casefile.note
    refusal = StoreFailed(text("x"), text("Nothing was written; the case is as it was."), text("y"))

    def refused(*told: object, **more: object) -> int:
        raise refusal

    monkeypatch.setattr(casefile, "note", refused)
    said = {
        "form": "contact",
        "kind": "contact",
        "at": "04.02.2015",
        "at-time": "09:00",
        "said": "x",
        "who": "x",
    }
    page = visit(own).post("/note/", said).content.decode()
    assert "is as it was" in page and "Entries were written" not in page

    def written(folder: Path, record: Contact, replaces: int | None = None) -> int:
        note(folder, record, replaces=replaces)
        raise refusal

    monkeypatch.setattr(casefile, "note", written)
    page = visit(own).post("/note/", said).content.decode()
    assert "is as it was" not in page and "Entries were written before it happened" in page
    page = visit(own, "de").post("/note/", said | {"sure": "yes"}).content.decode()
    assert "der Fall ist, wie er war" not in page and "Vorher wurden Einträge" in page
