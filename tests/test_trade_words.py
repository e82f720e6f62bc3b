"""No sentence of a shop's in another trade's papers: every sentence of the catalogue, in every trade and language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from heller.dossier.wording import LANGUAGES, Words
from heller.model.text import Text
from heller.model.trade import Trade
from heller.model.trades import trades

PO = Path(__file__).parents[1] / "src/heller/locale/de/LC_MESSAGES/heller.po"
OF_A_SHOP = {
    "en": re.compile(
        r"\b(?:(?:web)?shops?|orders?|ordered|freight|couriers?|customers|sold|sales)\b", re.IGNORECASE
    ),
    "de": re.compile(r"\w*shop|bestell|fracht|kurier|\bKunden\b|verkauft|\bverkäufen?\b", re.IGNORECASE),
}
# The same letters with another meaning: orders of a court, of a chain, of an authority, to a technician; a document
# or a unit that is one; the customer of the provider, whom the law calls so; what a ruling was about.
OTHERWISE = {
    "en": re.compile(
        r"(?:payment|enforcement|purchase|fixed|another|their|tariff) orders?|orders? (?:wants|it|confirmation)|"
        r"order of time|"
        r"in (?:this )?order\b|out of order|order-x|(?:be|been|is|may be|are) ordered|measures or orders|"
        r"order was deleted or never booked|"
        r"regulator may order|amounts of the order \(BGBl|Land orders|court may order|planned, ordered|"
        r"orders to technicians|^(?:an )?Orders?$|\border confirmation|"
        r"data of a shop|Online shop;|^Shop$|payment orders|OXID eShop|WooCommerce, orders with totals",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"^(?:eine )?Bestellung(?:en)?$|"
        r"Dies ist eine Bestellung \(Order-X\)|geplant, bestellt|Daten eines Shops|Onlineshop|^Shop$|"
        r"order was deleted or never booked|"
        r"(?:des|der|dem|den|vom|zum) Kunden\b|amounts of the order|regulator may order|Behandlungsgebühr für Kunden|"
        r"das Unternehmen verkauft: Einnahme|OXID eShop|WooCommerce, Bestellungen mit Summen",
        re.IGNORECASE,
    ),
}


def sentences() -> list[str]:
    """Every English sentence, singular and plural."""
    with PO.open("rb") as file:
        return [one for m in read_po(file) if m.id for one in ([m.id] if isinstance(m.id, str) else m.id)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("trade", [one for one in trades() if one.key != "shop"], ids=lambda trade: trade.key)
def test_no_sentence_of_a_shop_in_another_trade(trade: Trade, lang: str) -> None:
    """What the trade itself calls so may stand; all else must not."""
    own = "|".join(
        re.escape(getattr(trade.words[lang], form)) for form in trade.words[lang].__struct_fields__
    )
    mine = re.compile(own, re.IGNORECASE)
    say = Words(lang, trade=trade)
    said = {sentence: OTHERWISE[lang].sub("", say(Text(sentence))) for sentence in sentences()}
    wrong = [sentence for sentence, one in said.items() if OF_A_SHOP[lang].search(mine.sub("", one))]
    assert not wrong


@pytest.mark.parametrize("trade", trades(), ids=lambda trade: trade.key)
def test_a_sentence_begins_with_a_capital_in_every_trade(trade: Trade) -> None:
    """A form at the beginning of a sentence is written so; none stays a raw name."""
    forms = "|".join(trade.words["de"].__struct_fields__)
    for sentence in sentences():
        begins = re.match(rf"\{{({forms})(:cap)?\}}", sentence)
        assert not begins or begins[2] or not sentence.endswith("."), sentence
        assert not re.search(rf"\{{(?:{forms})\b", Words("de", trade=trade)(Text(sentence)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shops_own_words_would_be_found(lang: str) -> None:
    """The search above has teeth: said by a shop, dozens of the same sentences hold its words."""
    say = Words(lang, trade=next(one for one in trades() if one.key == "shop"))
    found = [s for s in sentences() if OF_A_SHOP[lang].search(OTHERWISE[lang].sub("", say(Text(s))))]
    assert len(found) > 40
