"""Who wrote a paper: sellers of all legal forms and of none."""

from __future__ import annotations

import pytest
from tests.intake.papers import page

from heller.intake.across.identity import name_of
from heller.intake.paper import reading
from heller.intake.paper.layout import sheet
from heller.model.finding import Locator
from heller.model.kinds.paper import Paper

BUYER = ["Muster Versand GmbH", "Musterstr. 12", "00000 Musterstadt", ""]
WIDE = " " * 70
BODY = [
    "",
    "Rechnung",
    "Rechnungsnummer: R-1",
    "Datum: 05.02.2026",
    "",
    f"Pos 1 Router 1 Stk {WIDE} 100,00 EUR",
    f"Nettobetrag {WIDE} 100,00 EUR",
    f"zzgl. 19 % MwSt {WIDE} 19,00 EUR",
    f"Gesamtbetrag {WIDE} 119,00 EUR",
    "",
]


def letter(head: list[str], foot: list[str], buyer: list[str] = BUYER) -> Paper:
    """A page of A4 with a head, an address, a body and a foot."""
    lines = [*head, *buyer, *BODY, *foot]
    found, _ = reading.read(sheet(page(lines), [(720, 16.8 * max(len(lines), 26) + 60)]), Locator("d"))
    assert found is not None
    return found


FORMS = (
    *(
        "e. K.",
        "e.K.",
        "eK",
        "e. Kfm.",
        "e.Kfm.",
        "e. Kfr.",
        "e.U.",
        "GbR",
        "OHG",
        "UG (haftungsbeschränkt)",
        "UG",
    ),
    *(
        "GmbH",
        "GmbH & Co. KG",
        "PartG mbB",
        "PartGmbB",
        "KG",
        "AG",
        "SE",
        "gGmbH",
        "e. V.",
        "e.V.",
        "eG",
        "e. G.",
    ),
    *(
        "Ltd.",
        "mbH",
        "GesbR",
        "OG",
        "Stiftung",
        "SE & Co. KGaA",
        "AG & Co. KG",
        "Ltd. & Co. KG",
        "AöR",
        "B.V.",
    ),
)


@pytest.mark.parametrize("form", FORMS)
def test_every_legal_form(form: str) -> None:
    """Over the window, or only in the foot beside the tax number."""
    name = f"Funkladen Beispiel {form}"
    assert letter([f"{name}, Testweg 1, 00000 Musterstadt", ""], []).said("seller") == name
    assert letter(["", "", "", ""], [f"{name} USt-IdNr. DE123456789 HRA 1"]).said("seller") == name


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (["Funkladen Beispiel, Testweg 1, 00000 Musterstadt", ""], []),
        (["Funkladen Beispiel", "Testweg 1", "00000 Musterstadt", "Tel. 0123 456789", "", ""], []),
        (["Funkladen Beispiel", "Inh. Eva Beispiel", "Testweg 1", "00000 Musterstadt", "", ""], []),
        (["Funkladen Beispiel", "Testweg 1 - 00000 Musterstadt", "USt-IdNr. DE123456789", "", ""], []),
        (["Funkladen Beispiel", "Testweg 1", "00000 Musterstadt", "", ""], ["Steuernummer 12/345/67890"]),
        (["Funkladen Beispiel  |  Testweg 1  |  00000 Musterstadt", "", ""], []),
        (["", "", ""], ["Funkladen Beispiel   Testweg 1   00000 Musterstadt   USt-IdNr. DE123456789"]),
        (["", "", ""], ["Funkladen Beispiel - Inhaber Eva Beispiel - Steuernummer 12/345/67890"]),
    ],
)
def test_a_name_without_a_form(head: list[str], foot: list[str]) -> None:
    """It stands over its address, in one line with it, or in the foot beside what only a firm prints of itself."""
    paper = letter(head, foot)
    assert (paper.said("seller"), paper.buyer) == ("Funkladen Beispiel", "Muster Versand GmbH")


def test_an_address_alone_is_the_buyer() -> None:
    """The letterhead is a picture: the one address is whom the letter goes to, and nobody is told as the seller."""
    paper = letter(["", ""], [])
    assert (paper.said("seller"), paper.buyer) == ("", "Muster Versand GmbH")


def test_names_with_and_without_blanks_are_one() -> None:
    """'e. K.' and 'e.K.' are the same form."""
    assert name_of("Funkladen Beispiel e. K.") == name_of("Funkladen Beispiel e.K.") == "funkladenbeispiel"
