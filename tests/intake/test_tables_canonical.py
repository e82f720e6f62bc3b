"""The words of an office and the canonical form of stated facts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.tables import BERLIN

from heller.intake.written import canonical
from heller.model.facts import FACTS
from heller.model.heads import HEADS
from heller.model.kinds import contact
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.purpose import NO_HEAD
from heller.model.kinds.shift import ShiftKind
from heller.model.value_form import ValueKind


@pytest.mark.parametrize("spec", FACTS.values(), ids=lambda spec: spec.key)
def test_each_fact_is_named_by_key_german_word_and_english_label(spec) -> None:  # type: ignore[no-untyped-def]
    """All three names lead to the same fact, so none of them is taken twice."""
    for word in (spec.key, spec.german, spec.label.id, spec.german.upper() + ":"):
        assert canonical.fact_of(word) is spec


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("firm.name", "  Muster GmbH ", "Muster GmbH"),
        ("firm.address", "Weg 1\\n 45127 Essen", "Weg 1\n45127 Essen"),
        ("firm.address", "Weg 1\r\n45127 Essen\r\n", "Weg 1\n45127 Essen"),
        ("firm.state", "Nordrhein-Westfalen", "NW"),
        ("firm.state", "nw", "NW"),
        ("firm.state", "Preußen", None),
        ("firm.deducts_input_vat", "Ja", "yes"),
        ("firm.deducts_input_vat", "nein", "no"),
        ("firm.deducts_input_vat", "vielleicht", None),
        ("firm.staff", "12", "12"),
        ("firm.staff", "7,50", "7.5"),
        ("firm.staff", "100", "100"),
        ("firm.staff", "zwölf", None),
        ("line.monthly_fee", "500,00 EUR", "500.00"),
        ("line.monthly_fee", "12.500,00 €", "12500.00"),
        ("line.monthly_fee", "12.500", None),  # twelve and a half, or twelve thousand five hundred
        ("line.monthly_fee", "500 USD", None),
        ("line.monthly_fee", "-500,00", None),
        ("shop.margin", "38 %", "0.38"),
        ("shop.margin", "38", "0.38"),
        ("shop.margin", "0,38", "0.38"),
        ("shop.margin", "100 %", "1"),
        ("shop.margin", "1", None),
        ("shop.margin", "138 %", None),
        ("lawyer.mandate", "4.2.15", "2015-02-04"),
        ("lawyer.mandate", "01/07/2026", None),
        ("lawyer.mandate", "25/02/2015", "2015-02-25"),
        ("emergency.works_since", "04.02.2015 09:30", "2015-02-04T09:30:00+01:00"),
        ("emergency.works_since", "04.02.15 08.30 Uhr", "2015-02-04T08:30:00+01:00"),
        ("emergency.works_since", "2015-07-04T09:30:00Z", "2015-07-04T11:30:00+02:00"),
        ("emergency.works_since", "25.10.2015 02:30", None),  # that night shows it twice
        ("emergency.works_since", "0001-01-01T00:00", None),
    ],
)
def test_values_become_canonical_or_are_refused(key: str, raw: str, value: str | None) -> None:
    """Golden values of each kind, worked by hand; what can be read in two ways is refused."""
    assert canonical.canonical(FACTS[key], raw, BERLIN) == value


@given(st.sampled_from(sorted(FACTS)), st.text())
def test_canonical_values_are_stable_and_nothing_raises(key: str, raw: str) -> None:
    """Whatever is typed, the answer is None or a value that stays itself when read again."""
    once = canonical.canonical(FACTS[key], raw, BERLIN)
    if once is not None and not (FACTS[key].kind is ValueKind.SHARE and once == "1"):
        assert canonical.canonical(FACTS[key], once, BERLIN) == once


@given(st.decimals(0, 1, places=4))
def test_a_share_is_the_same_in_per_cent_and_as_a_part(part: Decimal) -> None:
    """'42.86 %' and 0.4286 are one share, written with a German comma or a point."""
    percent = f"{part * 100:f}"
    assert canonical.share(f"{percent} %") == part
    assert canonical.share(f"{percent.replace('.', ',')} %") == part


def test_words_of_contacts_hours_and_heads() -> None:
    """German words, English values and their sloppy spellings lead to the same noun."""
    assert canonical.contact_kind("FREIGABE") is ContactKind.ONLINE_CLAIM
    assert canonical.contact_kind("stoerungsmeldung") is ContactKind.FAULT_REPORT
    assert canonical.contact_kind("Mahnung") is None
    assert canonical.shift_kind("ueberstunden") is ShiftKind.OVERTIME
    assert canonical.head_of("Mobilfunk / Datenvolumen") == "mobile_data"
    assert canonical.head_of("privat") == NO_HEAD
    assert canonical.head_of("Goodwill") == "goodwill"
    assert canonical.head_of("Schmerzensgeld") is None
    assert all(canonical.contact_kind(kind.value) is kind for kind in ContactKind)
    assert all(canonical.shift_kind(kind.value) is kind for kind in ShiftKind)
    assert all(canonical.head_of(head) == head for head in HEADS)
    assert set(contact.WORDS.values()) == set(ContactKind)


def test_a_misspelt_word_is_answered_with_the_nearest_one() -> None:
    """Whoever mistypes a fact, a kind or a head learns the word that was meant."""
    assert canonical.nearest("Vorsteuer-Abzug") == "Vorsteuerabzug"
    assert canonical.nearest("Störungsmledung", contact.WORDS) == "Störungsmeldung"
    assert canonical.nearest("") == "" and canonical.nearest("Kühlschrank", contact.WORDS) == ""
    keys = {f.key for f in FACTS.values()}
    assert not keys & {canonical.nearest(key) for key in keys}  # a raw key is no word of an office


def test_nobody_knows_is_a_value_of_its_own() -> None:
    """'offen', '-', '?' and 'k. A.' say that a value is not known."""
    assert all(map(canonical.is_open, ("", "-", "?", "offen", "k. A.", "unbekannt")))
    assert not canonical.is_open("nein")
