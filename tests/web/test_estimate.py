"""The quick estimate in the browser, and what the pages say of missing proofs, methods and measures."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.web.test_pages import visit

from heller import casefile
from heller.model.kinds.quick_estimate import QuickEstimate

FIVE = {"people": "12", "hour": "24,50", "revenue": "4000", "share": "80 %", "margin": "38 %"}


def since() -> str:
    """Two days ago, as a person writes it."""
    return f"{datetime.now(ZoneInfo('Europe/Berlin')) - timedelta(days=2):%d.%m.%Y %H:%M}"


def ask(client: Client, **more: str) -> str:
    """The page after the five answers."""
    answer = client.post("/estimate/", {"since": since(), **FIVE, **more}, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("de", ("1.216,00", "Sehr geehrte Damen und Herren", "mailto:")),
        ("en", ("1,216.00", "Dear Sir or Madam")),
    ],
)
def test_figures_cap_and_letter(empty: Path, lang: str, said: tuple[str, ...]) -> None:
    """In both languages, in a case in which nothing is yet; nothing is written without asking."""
    client = visit(empty, lang)
    assert client.get("/estimate/").status_code == 200
    page = ask(client)
    assert all(word in page for word in said)
    assert "<script>" not in page and "style=" not in page
    assert casefile.load(empty).records(QuickEstimate) == ()


def test_kept_on_request_and_shown_on_the_case(own: Path) -> None:
    """One entry; the letter names firm and provider; the case page sets the present figure against it."""
    client = visit(own)
    page = ask(client, keep="yes")
    assert "Written as entry" in page and "Musterversand" in page
    assert len(casefile.load(own).records(QuickEstimate)) == 1
    client.cookies["heller_day"] = casefile.today(own).isoformat()
    assert "The estimate of" in client.get("/law/").content.decode()
    assert "Quick estimate" in client.get("/note/").content.decode()


def test_sent_twice_it_is_written_once_and_nothing_is_typed_again(empty: Path) -> None:
    """A reload of what was sent writes nothing; the empty form comes with what was answered."""
    client, begun = visit(empty), since()
    assert "Written as entry" in ask(client, since=begun, keep="yes")
    assert "nothing was written" in ask(client, since=begun, keep="yes")
    assert len(casefile.load(empty).records(QuickEstimate)) == 1
    client.cookies["heller_day"] = casefile.today(empty).isoformat()
    page = client.get("/estimate/").content.decode()
    assert 'value="12"' in page and 'value="80%"' in page and begun in page and "4,000.00" in page


def test_what_was_left_empty_is_not_zero(empty: Path) -> None:
    """No cost of an hour is written where none was said, and the page says what follows from it."""
    page = ask(visit(empty), hour="", keep="yes")
    kept = casefile.load(empty)
    assert [one.per_hour for one in kept.records(QuickEstimate)] == [None]
    assert kept.fact("estimate.per_hour") is None and kept.fact("estimate.people") == "12"
    assert "extra hours are not counted" in page and "hours x" not in page


@pytest.mark.parametrize(
    "odd",
    [
        {"since": "irgendwann"},
        {"since": ""},
        {"people": "many"},
        {"hour": "x"},
        {"revenue": "x"},
        {"share": "180 %"},
        {"margin": ""},
        {"since": "01.01.2100"},
        {"people": "-3"},
    ],
)
def test_what_cannot_be_is_said_at_its_field(empty: Path, odd: dict[str, str]) -> None:
    """400, what was typed stays, nothing is written."""
    answer = visit(empty).post("/estimate/", {"since": since(), **FIVE, **odd, "keep": "yes"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'class="wrong"' in page or 'role="alert"' in page
    assert casefile.load(empty).records(QuickEstimate) == ()


def test_a_day_alone_counts_from_its_beginning(empty: Path) -> None:
    """Nobody idle: the cost of an hour may stay empty."""
    day = f"{datetime.now(ZoneInfo('Europe/Berlin')) - timedelta(days=3):%d.%m.%Y}"
    assert "972.80" in ask(visit(empty), since=day, people="0", hour="")


def test_missing_proofs_say_until_when(sample: Path) -> None:
    """What carriers delete stands among what is missing, with its day and whose rule it is."""
    page = visit(sample).get("/questions/").content.decode()
    assert "Telekom" in page and "secures" in page
    assert page.count('class="gone"') == 1


def test_methods_and_measures_on_the_worlds(own: Path) -> None:
    """The two methods that agree, the refused sum struck through, a measure with what waiting cost."""
    from decimal import Decimal

    from heller.model.kinds.customer_claim import CustomerClaim
    from heller.model.kinds.measure import Measure
    from heller.model.money import Money

    day = datetime(2015, 2, 16).date()
    casefile.note(own, Measure("LTE stick", Money(20000), Money(1500), Decimal("0.9"), day))
    casefile.note(own, CustomerClaim("Kunde A", day, Money(5000), "late"))
    client = visit(own)
    page = client.get("/worlds/").content.decode()
    assert "LTE stick" in page and "could be had from" in page
    assert "Claims of the" in page
    notes = client.get("/note/").content.decode()
    assert "Kunde A" in notes and "LTE stick" in notes
