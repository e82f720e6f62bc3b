"""Each sentence of the catalogue comes out whole in both languages, with values and where it says one of a thing."""

import re
import string
from datetime import UTC, date, datetime
from decimal import Decimal

from babel.messages.pofile import read_po
from tests.test_evidence_words import PO

from heller.dossier.wording import Words
from heller.model.text import Arg, text
from heller.model.trade import FORMS

DAYS = {"day", "long", "full", "medium", "weekday", "month", "short"}
LEFT = re.compile(r"\{[a-z_]")
TWICE = re.compile(
    r"\b(dem|den|des|ein|eine|einen|vom|zum|von|bis|the|a|an|of|to|is|was) \1\b", re.IGNORECASE
)


def sample(name: str, spec: str) -> Arg:
    """A value that fits the form which the sentence asks for."""
    if spec in DAYS:
        return date(2026, 3, 20)
    if spec == "time":
        return datetime(2026, 3, 20, 8, 12, tzinfo=UTC)
    if spec == "percent" or spec.isdecimal():
        return Decimal("0.38")
    if spec == "country":
        return "DE"
    return 3 if name == "n" else "Musterwert"


def values(sentence: str) -> dict[str, Arg]:
    """A value for each name of a sentence but the words of the trade."""
    parts = [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(sentence) if name]
    return {name: sample(name, spec) for name, spec in parts if name not in FORMS}


def test_each_sentence_comes_out_whole() -> None:
    """No name is left in braces, no word stands twice, nothing fails, in English and in German."""
    with PO.open("rb") as file:
        catalogue = [str(message.id) for message in read_po(file) if message.id]
    english, german = Words("en"), Words("de")
    faults = []
    for sentence in catalogue:
        said = text(sentence, **values(sentence))
        for whole in (english(said), german(said)):
            blank = whole != whole.strip(" ") and sentence == sentence.strip(" ")
            if LEFT.search(whole) or TWICE.search(whole) or blank:
                faults.append(whole)
    assert faults == []
