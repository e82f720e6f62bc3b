"""The words of a trade: one small table each, said on the screen, in the letter and in the dossier."""

from __future__ import annotations

import pytest
from tests.damage import damage_world as world

from heller import damage
from heller.dossier.wording import LANGUAGES, Words
from heller.model.text import text
from heller.model.trade import FORMS, Trade
from heller.model.trades import trade_of, trades

CARRIED = text(
    "No emergency connection was enough for {the_place}, so the loss ran to the end of the outage."
)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Zahnarztpraxis", "practice"),
        ("E-Commerce-Dienstleister mit eigenem Versandhandel", "shop"),
        ("Hotel Garni", "hotel"),
        ("Ingenieurbüro", "projects"),
        ("Praxis für Physiotherapie", "practice"),
        ("Software für Zahnarztpraxen", "projects"),
        ("Versandapotheke", "pharmacy"),
        ("Steuerberatung", "law_office"),
        ("Elektronikhandel", "shop"),
        ("Landgasthaus", "restaurant"),
        ("Studentenwerk", "any_business"),
        ("", "any_business"),
        (None, "any_business"),
    ],
)
def test_a_trade_is_known_by_what_the_firm_says(said: str | None, key: str) -> None:
    """What nobody knows has words that fit every firm, not those of a shop."""
    assert trade_of(said).key == key


def test_what_is_stated_goes_before_the_firms_name() -> None:
    """Where nobody stated a trade, or one that names none, the name of the firm proposes it."""
    assert trade_of(None, "Zahnarztpraxis Dr. Muster").key == "practice"
    assert trade_of("Gesundheit", "Zahnarztpraxis Dr. Muster").key == "practice"
    assert trade_of("Hotel", "Zahnarztpraxis Dr. Muster").key == "hotel"


@pytest.mark.parametrize("trade", trades(), ids=lambda trade: trade.key)
def test_every_trade_has_all_its_words_in_both_languages(trade: Trade) -> None:
    """No form is empty; those of another trade differ in what its units are called, or in the place."""
    for lang in LANGUAGES:
        words = trade.words[lang]
        assert all(getattr(words, form) for form in FORMS)
        others = [other.words[lang] for other in trades() if other is not trade]
        assert all((other.units, other.the_place) != (words.units, words.the_place) for other in others)


def test_a_sentence_is_said_in_the_words_of_the_trade() -> None:
    """Each language takes the form that its grammar asks for."""
    practice = trade_of("Zahnarztpraxis")
    assert "enough for the practice" in Words("en", trade=practice)(CARRIED)
    assert "lief die Praxis" in Words("de", trade=practice)(CARRIED)
    assert "lief der Betrieb" in Words("de")(CARRIED)


def test_a_practice_reads_no_word_of_a_shop() -> None:
    """What is missing in the case of a dentist speaks of appointments, in both languages."""
    made = world.case(firm__trade="Zahnarztpraxis", line__country="DE")
    found = damage.assess(made, world.detection())
    said = [Words(lang, trade=made.trade)(gap.text) for gap in found.missing for lang in LANGUAGES]
    assert any("Termine" in one for one in said) and any("appointments" in one for one in said)
    assert not any("shop" in one.lower() or "Bestellung" in one for one in said)
