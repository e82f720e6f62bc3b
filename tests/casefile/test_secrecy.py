"""Professional secrecy: whom a practice serves leaves the house in no byte, though nobody asked for closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.casefile.test_close import everything

from heller import casefile
from heller.casefile.bundle.build import Built
from heller.casefile.bundle.scope import Scope, professional
from heller.casefile.writing import write
from heller.dossier.letter_frame import Occasion, plain
from heller.dossier.letters import letters
from heller.dossier.writer import Pen
from heller.model.errors import InputRefused
from heller.model.kinds.confidential import Confidential
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.fact import Fact
from heller.model.kinds.own_voucher import OwnVoucher
from heller.model.money import Money

DAY = date(2026, 5, 29)
FACTS = """Angabe;Wert;Grundlage
Firma;Zahnarztpraxis Dr. Beispiel;
Branche;Zahnarztpraxis;
Anbieter;Muster Netz AG;
Land des Anschlusses;DE;
Bundesland;Hessen;
Vorsteuerabzug;nein;
Monatsentgelt netto;59,90;Vertrag
"""
BOOK = """Datum;Uhrzeit;Patient;Behandlung;Honorar;Status
16.03.2026;08:00;Hannelore Quittenbaum;Kontrolle;80,00;entfallen
16.03.2026;08:30;Ortrud Wiesenhütter;Füllung;140,00;entfallen
17.03.2026;09:00;Ludger Zaunmüller;Prophylaxe;95,00;nachgeholt
"""
LIST = """Lfd;Patientin;Geburtstag;Anliegen
1;Hannelore Quittenbaum;04.05.1961;Krone locker
2;Notburga Fettköther;11.12.1949;Schmerzen links
"""
NOTE = "Befund Adelgunde Spitzwegerich: Zahn 36, kommt wieder, sobald das Kartenterminal geht."
CHOSEN = "Buchung;Kennung;Wer\n1;A;Korbinian Ohlenschläger\n2;B;Korbinian Ohlenschläger\n"
OUTAGE = "Beginn;Ende;Bemerkung\n16.03.2026 07:40;17.03.2026 16:05;kein Internet\n"
MAIL = """Date: Mon, 16 Mar 2026 10:41:00 +0100
From: Walburga Nebelthau <w.nebelthau@patientin.example>
To: Praxis <praxis@beispiel.example>
Subject: Absage
Content-Type: text/plain; charset="utf-8"

Ich sage meinen Termin ab. Walburga Nebelthau
"""
SECRETS = (
    *("Quittenbaum", "Hannelore", "Wiesenhütter", "Zaunmüller", "Fettköther", "Notburga", "Spitzwegerich"),
    *("Adelgunde", "Nebelthau", "Walburga", "Ohlenschläger", "Korbinian", "Habichtsweiler"),
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dentist's case, invented, with patients in a book, a list, a note, a mail, a claim and a voucher."""
    home = tmp_path_factory.mktemp("secrecy")
    files = {"angaben.csv": FACTS, "termine.csv": BOOK, "patientenliste.csv": LIST, "Befund Spitzwegerich.txt": NOTE,
             "ausfaelle.csv": OUTAGE, "absage.eml": MAIL, "terminal.csv": CHOSEN}  # fmt: skip
    for name, content in files.items():
        (home / name).write_text(content, encoding="utf-8")
    folder = home / "case"
    casefile.open_case(folder)
    casefile.add(folder, [path for path in sorted(home.iterdir()) if path.is_file()])
    write.note(folder, CustomerClaim("Gisbert Habichtsweiler", date(2026, 3, 20), Money(5000), "Wartezeit"))
    write.note(
        folder,
        OwnVoucher(
            date(2026, 3, 16), "Kartenzahlung", "unpaid_bills", Money(8000), who="Hannelore Quittenbaum"
        ),
    )
    return folder


@pytest.fixture(scope="module")
def built(case: Path) -> Built:
    """Its bundle, as it is built without a word about closing."""
    return casefile.build(case, DAY, "de")


def leaving(case: Path, built: Built) -> Iterator[tuple[str, bytes]]:
    """All that leaves: each file of the bundle, the dossier's pages, every letter in both languages."""
    yield from everything(built.bundle.read_bytes())
    yield from everything_of_pdf(built.pdf)
    claimed = casefile.claim(case, DAY)
    for kind in letters().values():
        for lang in ("de", "en"):
            try:
                made = kind.write(Pen(claimed, lang), Occasion(amount=Money(900000)))
            except InputRefused:  # there is no occasion for it in this case
                continue
            yield f"{kind.name}.{lang}", plain(made).body.encode()


def everything_of_pdf(path: Path) -> Iterator[tuple[str, bytes]]:
    """The pages of a PDF and its bytes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        yield f"page {number + 1}", document[number].get_textpage().get_text_bounded().encode()
    yield path.name, path.read_bytes()


def test_no_patient_is_in_any_byte_that_leaves(case: Path, built: Built) -> None:
    """Bundle, dossier and letters, in the encodings of a text, whatever the case of the letters."""
    found = list(leaving(case, built))
    assert any("page" in name for name, _ in found) and any(name.endswith(".de") for name, _ in found)
    for name, data in found:
        for secret in SECRETS:
            for encoding in ("utf-8", "cp1252", "utf-16-le"):
                assert secret.encode(encoding).lower() not in data.lower(), (secret, name)


def test_the_search_would_find_them(case: Path) -> None:
    """Open and with all originals, each of them is there."""
    data = casefile.build(case, DAY, "de", scope=Scope.ALL, close=()).bundle.read_bytes()
    held = b"".join(content for _, content in everything(data))
    assert [secret for secret in SECRETS if secret.encode() not in held] == []


def test_who_is_bound_is_asked_once(case: Path) -> None:
    """A dentist's trade proposes it, a shop's does not, and what was stated counts before both."""
    known = casefile.load(case)
    assert professional(known) == ("names",)
    asked = {question.key for question in casefile.claim(case, DAY).questions}
    assert "firm.secrecy" in asked


def test_what_a_person_marked_stays_closed(case: Path, tmp_path: Path) -> None:
    """A whole exhibit, or one column by its heading, also of a firm that is bound to nothing."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    for name, content in {
        "plan.csv": "Datum;Raum;Wofür\n16.03.2026;A;Projekt Nordlicht\n",
        "brief.txt": "Projekt Nordlicht",
    }.items():
        (tmp_path / name).write_text(content)
    casefile.add(folder, [tmp_path / "plan.csv", tmp_path / "brief.txt"])
    write.note(folder, Fact("firm.name", "Muster GmbH"))
    write.note(folder, Confidential("K1", "Wofür"))
    made = casefile.build(folder, DAY, "de", scope=Scope.ALL, close=("names",))
    held = b"".join(content for _, content in everything(made.bundle.read_bytes()))
    assert b"Nordlicht" not in held
