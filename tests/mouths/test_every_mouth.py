"""Any text of strangers passes every mouth: terminal, page, letter, dossier, bundle. Nothing of it is a command."""

import contextlib
import io
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.mouths.strange import STRANGE, one_of_each_category
from tests.web.test_pages import visit

from heller import casefile
from heller.cli import app, screen
from heller.dossier.shapes import BOX, breakable, printable
from heller.journal import disk
from heller.model.errors import InputRefused, StoreFailed
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.text import text
from heller.model.visible import readable, visible

DATA = Path(__file__).parent / "data"
DAY = date(2015, 6, 30)


def said(*argv: str) -> tuple[int, str]:
    """Exit code and all that a verb prints."""
    for made in (screen.out, screen.err):
        made.cache_clear()
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = app.run([*argv, "--lang", "en"])
    for made in (screen.out, screen.err):
        made.cache_clear()
    return code, out.getvalue()


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in which every text is strange: mails, names of files, contacts, facts."""
    home = tmp_path_factory.mktemp("mouths")
    case, inbox = home / "case", home / "inbox"
    casefile.open_case(case)
    shutil.copytree(DATA, inbox)
    words = (*STRANGE, one_of_each_category())
    for number, odd in enumerate(words):
        head = readable(odd).replace("\r", " ").replace("\n", " ").replace("\x00", " ")[:900]
        body = odd.encode("utf-8", "surrogatepass")
        (inbox / f"mail-{number}.eml").write_bytes(
            f"From: {head} <a@example.org>\nTo: b@example.com\nSubject: {head}\n".encode()
            + b"Date: Thu, 5 Feb 2015 14:40:57 +0100\nMIME-Version: 1.0\n"
            + b"Content-Type: text/plain; charset=utf-8\n\n"
            + body
        )
    for name in (b"Stra\xdfe M\xfcller [b].txt", "Bu\u0308ro \u202e.txt".encode(), b"esc\x1b[2J.txt"):
        (Path(os.fsdecode(os.fsencode(inbox) + b"/" + name))).write_text(f"Zeile {len(name)}")
    assert app.run(["add", str(case), str(inbox), "--lang", "en"]) == 0
    for odd in words:
        plain = readable(odd)
        casefile.note(case, Contact(casefile.load(case).opened, ContactKind.CONTACT, plain, plain, plain))
    casefile.note(case, Fact("firm.name", readable(STRANGE[0])))
    return case


@pytest.mark.parametrize(
    "verb", ["show", "show --doubts", "show --every-doubt", "inbox", "missing", "mitigation", "deadlines", "questions",
             "assess", "claim", "outages", "journal show", "journal check"],
)  # fmt: skip
def test_every_verb_prints_strange_text(strange: Path, verb: str) -> None:
    """No markup is taken from it, no control character reaches the terminal, and no verb breaks."""
    command, *options = verb.split()
    nested = [options.pop(0)] if command == "journal" else []
    code, printed = said(command, *nested, str(strange), *options)
    assert "defect" not in printed
    assert code in (0, 2, 3)
    assert (
        "\x1b" not in printed and "\x9b" not in printed and "\u202e" not in printed and "\x07" not in printed
    )


def test_brackets_of_a_subject_are_shown(strange: Path) -> None:
    """The subject stands there as it was written."""
    code, printed = said("journal", "show", str(strange))
    assert code == 0
    assert "[/b]" in printed


@pytest.mark.parametrize(
    "page", ["/", "/exhibits/", "/chronology/", "/inbox/", "/worlds/", "/note/", "/doubts/"]
)
def test_every_page_shows_strange_text(strange: Path, page: str) -> None:
    """The page is there, in UTF-8, without control characters, and nothing in it became a tag."""
    client: Client = visit(strange)
    answer = client.get(page)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert visible(html) == html


def test_the_dossier_is_made_and_holds(strange: Path) -> None:
    """One PDF and one bundle from all of it; a bundle of a second run is the same bytes."""
    built = casefile.build(strange, DAY, "de")
    first = built.bundle.read_bytes()
    assert built.pdf.read_bytes().startswith(b"%PDF") and casefile.verify_bundle(built.bundle).holds
    assert casefile.build(strange, DAY, "de").bundle.read_bytes() == first
    assert not list((strange / "derived").glob("*.part"))


def test_names_are_text_and_their_bytes_are_kept(strange: Path) -> None:
    """A name in Latin-1 is read, composed letters are one, control characters are signs; what was given stays."""
    bodies = [e.body for e in casefile.entries(strange).entries if e.kind == "exhibit" and e.body]
    named = {body["name"]: body.get("name_given") for body in bodies}
    assert named["Straße Müller [b].txt"] == "Stra%DFe M%FCller [b].txt"
    assert "Büro \N{REPLACEMENT CHARACTER}.txt" in named
    assert "esc\N{SYMBOL FOR ESCAPE}[2J.txt" in named
    assert named["r46a-word-bullet.eml"] is None


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=300))
def test_cleaning_is_done_once_and_for_all(odd: str) -> None:
    """What was cleaned is clean, can be encoded, and plain text is left as it is."""
    for clean in (visible, printable, readable):
        once = clean(odd)
        assert clean(once) == once
        once.encode()
    assert visible("Grüße, 1.234,56 €\n\tRouter") == "Grüße, 1.234,56 €\n\tRouter"
    assert printable("Grüße – „1.234,56 €“") == "Grüße – „1.234,56 €“"
    assert printable("1\uf0b7") == f"1{BOX}"


def test_endless_words_say_how_long_they_are() -> None:
    """A word of a whole page is printed as far as it can be read."""
    assert "(17000)" in breakable("x" * 17_000) and len(breakable("x" * 17_000)) < 400
    assert breakable("x " * 17_000) == "x " * 17_000


def test_the_case_is_said_to_be_as_it_was_only_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect after an entry was written does not claim that nothing happened."""
    case = tmp_path / "case"
    casefile.open_case(case)
    (tmp_path / "a.txt").write_text("Zeile")

    def broken(*_: object) -> None:
        raise RuntimeError("made for this test")

    monkeypatch.setattr("heller.cli.add.show", broken)
    code, printed = said("add", str(case), str(tmp_path / "a.txt"))
    assert code == app.DEFECT and "Entries were written before it happened" in printed
    monkeypatch.setattr("heller.casefile.add", broken)
    code, printed = said("add", str(case), str(tmp_path / "a.txt"))
    assert code == app.DEFECT and "The case is as it was" in printed


def test_a_refusal_after_an_entry_does_not_say_that_the_case_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a refusal says of the case is compared with the case."""
    case = tmp_path / "case"
    casefile.open_case(case)
    (tmp_path / "a.txt").write_text("Zeile")
    refused = InputRefused(text("x"), text("Nothing was written; the case is as it was."), text("x"))

    def refuses(*_: object, **__: object) -> None:
        raise refused

    monkeypatch.setattr("heller.cli.add.show", refuses)
    code, printed = said("add", str(case), str(tmp_path / "a.txt"))
    assert code == refused.exit_code and "as it was" not in printed and "they are kept" in printed
    monkeypatch.setattr("heller.casefile.add", refuses)
    assert "the case is as it was" in said("add", str(case), str(tmp_path / "a.txt"))[1]


def test_a_full_disk_does_not_claim_that_nothing_was_written(tmp_path: Path) -> None:
    """What the disk took before is not denied."""
    case = tmp_path / "case"
    casefile.open_case(case)
    with pytest.raises(StoreFailed) as refused, disk.failing(case):
        raise OSError(28, "full")
    assert "is as it was" in refused.value.why.id
    with pytest.raises(StoreFailed) as refused, disk.failing(case):
        casefile.note(case, Fact("firm.name", "x"))
        raise OSError(28, "full")
    assert "as it was" not in refused.value.why.id


def test_a_long_word_of_hyphens_breaks_between_its_pieces_alone() -> None:
    """Else its page took Typst seconds: in its font an x beside a hyphen may be shaped in two ways."""
    shown = breakable("x-" * 3_000)
    assert shown.count("-") == shown.count("-\u2060") and "\u200b" in shown
    assert breakable("a-b " * 900) == "a-b " * 900
