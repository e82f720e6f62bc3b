"""German as it is written where the line lies; names stay as they are, and Germany's stays as it was."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from heller.dossier.wording import Words
from heller.model.money import Money
from heller.model.text import text

DAMAGES = text("Damages")


@pytest.mark.parametrize(
    ("zone", "month", "money"),
    [
        ("Europe/Berlin", "4. Januar 2026", "1.234,56\N{NO-BREAK SPACE}€"),
        ("Europe/Vienna", "4. Jänner 2026", "1.234,56\N{NO-BREAK SPACE}€"),
        ("Europe/Zurich", "4. Januar 2026", "1’234.56\N{NO-BREAK SPACE}€"),
    ],
)
def test_months_and_figures_of_the_place(zone: str, month: str, money: str) -> None:
    """As the locale data of each country have them."""
    say = Words("de", ZoneInfo(zone))
    assert say.day(date(2026, 1, 4), "long") == month
    assert say.money(Money(123456)) == money


def test_words_of_the_place_and_names_as_they_are() -> None:
    """Schadenersatz in Austria and Switzerland, no ß in Switzerland; a name keeps its own."""
    berlin, vienna, zurich = (
        Words("de", ZoneInfo(f"Europe/{city}")) for city in ("Berlin", "Vienna", "Zurich")
    )
    assert (berlin(DAMAGES), vienna(DAMAGES), zurich(DAMAGES)) == (
        "Schadensersatz",
        "Schadenersatz",
        "Schadenersatz",
    )
    regards = text("Yours faithfully")
    assert "ß" in berlin(regards) and "ß" not in zurich(regards)
    named = text(
        "Worth most at all odds: {route}, {worth}. Next: {other}, {next}.",
        route="Große Straße",
        worth="",
        other="",
        next="",
    )
    assert "Große Straße" in zurich(named)


def test_english_is_the_same_everywhere() -> None:
    """Only German has varieties here."""
    assert Words("en", ZoneInfo("Europe/Vienna"))(DAMAGES) == Words("en")(DAMAGES)
