"""Nobody is told to alter what is evidence, and a house word is not said where the trade has its own."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import words  # noqa: E402

PO, sentences = words.PO, words.sentences

EVIDENCE_EN = (
    r"rows?|columns?|headings?|sheets?|lists?|tables?|files?|logs?|exports?|receipts?|invoices?|notes?"
)
EVIDENCE_DE = (
    r"Zeilen?|Spalten?|Überschrift(?:en)?|Stundenzettel|Listen?|Tabellen?|Datei(?:en)?|Logs?|Exporte?|Belege?"
    r"|Rechnung(?:en)?|Notiz(?:en)?|Journal"
)
ALTERING_EN = re.compile(
    rf"(?:^|[.:;] )(?i:Correct|Change|Edit|Delete|Remove|Rename|Overwrite|Fill in|Put|Rewrite)\b[^.:;]*"
    rf"\b(?:{EVIDENCE_EN})\b|(?:^|[.:;] )(?i:Add)\b[^.:;]*\b(?:columns?|headings?|missing)\b"
)
ALTERING_DE = re.compile(
    rf"(?:^|[.:;] )(?i:Berichtigen|Ändern|Löschen|Entfernen|Korrigieren|Überschreiben|Ergänzen|Benennen)\b"
    rf"[^.:;]*\b(?:{EVIDENCE_DE})\b"
)
BESIDE = re.compile(
    r"\b(?:cop(?:y|ies)|as it is|as well|beside|entry|Kopien?|unverändert|zusätzlich|Eintrag|wie (?:sie|er|es) ist)\b"
)
REVIEWED = {  # what is altered here is no evidence: a list of settings, what Heller made itself, what a person adds
    "Add the missing row with its source, or choose another day.",
    "Correct the file as docs/watch.md describes it.",
    "Correct or withdraw one row",
    "Correct or withdraw one row of a list",
    "Delete it and name the authorities again with: heller stamp CASE --tsa URL",
}
ENDINGS = "(?:e|n|en|s|es|er|em)?"


def house_words() -> list[str]:
    """The words of the glossary's last table, which no German sentence says."""
    table = (ROOT / "docs" / "glossary.md").read_text().partition("| not | but |")[2]
    rows = [
        line.strip("|").split("|")[0] for line in table.splitlines() if line[:1] == "|" and "---" not in line
    ]
    return [word.strip() for row in rows for word in row.split(",")]


def catalogue() -> dict[str, str]:
    """Each sentence with its German."""
    with PO.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def altering(pairs: dict[str, str]) -> Iterator[str]:
    """The sentences that tell somebody to alter what is evidence, without a copy or an entry beside it."""
    for english, german in pairs.items():
        if english in REVIEWED:
            continue
        if ALTERING_EN.search(english) and not BESIDE.search(english):
            yield english
        if ALTERING_DE.search(german) and not BESIDE.search(german):
            yield german


def test_nobody_is_told_to_alter_what_is_evidence() -> None:
    """What was handed in stays as it is: a correction is a paper, a copy or an entry of its own."""
    assert list(altering(catalogue())) == []


def test_what_was_reviewed_is_still_said() -> None:
    """An exception that nobody says any more, or that the rule lets pass anyway, is no exception."""
    assert {sentence for sentence, _, _ in sentences()} >= REVIEWED
    assert all(
        ALTERING_EN.search(sentence) or ALTERING_DE.search(catalogue()[sentence]) for sentence in REVIEWED
    )


@pytest.mark.parametrize(
    "said",
    [
        ("Correct the row of the sheet.", ""),
        ("Check it: remove the other row.", ""),
        ("", "Berichtigen Sie die Zeile des Stundenzettels."),
        ("", "Prüfen Sie es. Entfernen Sie die andere Zeile."),
    ],
)
def test_such_a_sentence_would_be_found(said: tuple[str, str]) -> None:
    """The rule finds what it is there for, at the start of a text and later in it."""
    assert list(altering(dict([said])))


@pytest.mark.parametrize("word", house_words())
def test_no_german_text_says_a_word_of_the_house(word: str) -> None:
    """Where statute or trade have a word, that one is said."""
    rule = re.compile(rf"\b[{word[0].upper()}{word[0].lower()}]{re.escape(word[1:])}{ENDINGS}\b")
    assert [german for german in catalogue().values() if rule.search(german)] == []
