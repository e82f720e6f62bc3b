"""What goes out carries what the claim rests on: bookings on which nothing rests and facts for the firm alone lie in no
byte of dossier, attachments, bundle and letters, whatever form they came in."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.casefile.test_close import everything
from tests.intake.papers import printed

from heller import casefile, pipeline
from heller.casefile.bundle import blackened_pages
from heller.casefile.bundle.build import Built, figures_of
from heller.casefile.bundle.verify import verify_bytes
from heller.journal.closed_fields import read_closed
from heller.model.kinds.fact import Fact

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
DAY = date(2015, 6, 30)
KEPT = "FB-1042"
BOOKINGS = (
    "Juwelier",
    "Brillant",
    "4.711,93",
    "4711,93",
    "4711.93",
    "Lottogewinn",
    "8.642,17",
    "8642,17",
    "8642.17",
)
BALANCES = ("31.415,92", "31415,92", "31415.92", "34.322,76", "34322,76", "34322.76")
OPINIONS = ("27,31", "0.2731", "0,2731", "Geheimrat", "0.4321", "43,21", "Kaffeesatz")
SECRETS = (*BOOKINGS, *BALANCES, *OPINIONS)
CSV = """Kontoauszug Februar 2015;Anfangssaldo 31.415,92 EUR
Buchungstag;Valuta;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung;Saldo
16.02.2015;16.02.2015;Funkanbindung Beispiel KG (erfunden);Rechnung FB-1042;-1.023,40;EUR;30.392,52
17.02.2015;17.02.2015;Juwelier Muster;Brillant;-4.711,93;EUR;25.680,59
18.02.2015;18.02.2015;Lotto;Lottogewinn;8.642,17;EUR;34.322,76
"""
MT940 = """:20:STARTUMS
:25:10000000/0000000000
:28C:2/1
:60F:C150201EUR31415,92
:61:1502160216D1023,40NTRFNONREF
:86:020?00UEBERWEISUNG?20Rechnung FB-1042?32Funkanbindung
?33 Beispiel KG (erfunden)
:61:1502170217D4711,93NTRFNONREF
:86:020?00UEBERWEISUNG?20Brillant?32Juwelier Muster
:61:1502180218C8642,17NTRFNONREF
:86:051?00GUTSCHRIFT?20Lottogewinn?32Lotto
:62F:C150228EUR34322,76
-
"""
PRINTED = [
    "Sparkasse Beispielstadt                          Kontoauszug 2/2015",
    "IBAN DE02 1005 0000 0054 5404 02",
    "Datum    Erläuterung                              Betrag EUR",
    "                   Kontostand am 31.01.2015, Auszug Nr. 1    31.415,92",
    "16.02.2015   Lastschrift                          -1.023,40",
    "             Funkanbindung Beispiel KG (erfunden)",
    "             Rechnung FB-1042",
    "17.02.2015   Lastschrift                          -4.711,93",
    "             Juwelier Muster Brillant",
    "18.02.2015   Gutschrift                            8.642,17",
    "             Lottogewinn",
    "                   Kontostand am 28.02.2015 um 20:00 Uhr     34.322,76",
]


def camt() -> bytes:
    """The shipped statement, the three bookings in the place of its own."""
    entry = (
        '<Ntry><Amt Ccy="EUR">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2015-02-{}</Dt></BookgDt>'
        "<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>{}</Nm></Cdtr></RltdPties><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls>"
        "</NtryDtls></Ntry>\n"
    )
    before, _, rest = (EXAMPLE / "kontoauszug-2015-02.xml").read_text().partition("<Ntry>")
    rows = (
        ("1023.40", "DBIT", 16, "Funkanbindung Beispiel KG (erfunden)", "Rechnung FB-1042"),
        ("4711.93", "DBIT", 17, "Juwelier Muster", "Brillant"),
        ("8642.17", "CRDT", 18, "Lotto", "Lottogewinn"),
    )
    said = before + "".join(entry.format(*row) for row in rows) + rest[rest.rindex("</Stmt>") :]
    return said.replace("48210.55", "31415.92").replace("57147.87", "34322.76").encode()


STATEMENTS = {
    "auszug.csv": CSV.encode("cp1252"),
    "auszug.sta": MT940.encode(),
    "auszug.xml": camt(),
    "auszug.pdf": printed(PRINTED),
}


def built(home: Path, name: str, data: bytes) -> tuple[Path, Built]:
    """A small case with a statement, and opinions of the firm in a table and in two notes, one taken back."""
    for file in ("kontakte.csv", "rechnung-notanschluss.xml", "belegliste.csv"):
        shutil.copy(EXAMPLE / file, home / file)
    facts = (EXAMPLE / "angaben.csv").read_bytes().rstrip()
    (home / "angaben.csv").write_bytes(facts + b"\r\nMitverschulden;27,31 %;sagt Geheimrat Muster\r\n")
    (home / name).write_bytes(data)
    folder = home / "case"
    casefile.open_case(folder)
    casefile.add(folder, sorted(p for p in home.iterdir() if p.is_file()))
    taken_back = casefile.note(folder, Fact("suit.odds_low", "0.4321", "Kaffeesatz"))
    casefile.note(folder, Fact("suit.odds_high", "0.9", ""))
    casefile.correct(folder, taken_back, "0.4321 kam aus dem Kaffeesatz")
    return folder, casefile.build(folder, DAY, "de")


@pytest.fixture(scope="module", params=STATEMENTS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """The case with the statement in each form."""
    return built(tmp_path_factory.mktemp("extract"), request.param, STATEMENTS[request.param])


def packed(found: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """What goes out, packed files unpacked too."""
    for name, data in found:
        yield name, data
        if data.startswith(b"PK\x03\x04") and name != "bundle.zip":
            with zipfile.ZipFile(io.BytesIO(data)) as inside:
                yield from ((f"{name}, {one}", inside.read(one)) for one in inside.namelist())


def test_no_byte_that_goes_out_says_it(made: tuple[Path, Built]) -> None:
    """Bundle, dossier with all attachments, figures; what the claim rests on is still there."""
    _, out = made
    found = [(name, data) for name, data in packed(everything(out.bundle.read_bytes()))]
    forms = {secret: [secret.encode(e) for e in ("utf-8", "cp1252", "utf-16-le")] for secret in SECRETS}
    leaks = [(n, s) for n, data in found for s, said in forms.items() if any(one in data for one in said)]
    assert leaks == []
    with zipfile.ZipFile(out.bundle) as archive:
        shut = read_closed(archive.read("data/closed.jsonl"))
        statement = next(one for one in shut if "auszug" in str(one.body.get("name")))
        kept = archive.read(f"data/objects/{statement.original[:2]}/{statement.original}")
    assert KEPT in (statement.says if kept.startswith(b"%PDF") else kept.decode("cp1252"))
    assert any(
        b"Geheimrat" in path.read_bytes() for path in (made[0] / "objects").rglob("*") if path.is_file()
    )


def test_the_figures_are_those_of_the_whole_statement_without_the_opinions(made: tuple[Path, Built]) -> None:
    """Nothing is only stated, and the bundle holds."""
    folder, out = made
    shut = casefile.claim(folder, DAY)
    assert verify_bytes(out.bundle.read_bytes()).breaches == ()
    with zipfile.ZipFile(out.bundle) as archive:
        told = archive.read("data/claim.json")
    for key in (b'"due"', b'"waterfall"'):
        assert key in told
    opened = pipeline.outward(shut)
    assert (
        figures_of(opened).split(b'"totals"')[1].split(b'"waterfall"')[0]
        == told.split(b'"totals"')[1].split(b'"waterfall"')[0]
    )


def test_pages_are_pictures_on_which_bars_stand() -> None:
    """Of a printed statement a picture goes out: no letters beneath, a bar over each word of the other bookings, the
    words of the one that stays as they were."""
    import pypdfium2

    data = printed(PRINTED)
    shown = blackened_pages.blackened({"5": 102340}, data)
    assert shown is not None and shown == blackened_pages.blackened({"5": 102340}, data)
    before, after = (pypdfium2.PdfDocument(one)[0] for one in (data, shown))
    assert after.get_textpage().get_text_bounded() == ""
    text, scale = before.get_textpage(), blackened_pages.SCALE
    drawn, here = (page.render(scale=scale, grayscale=True).to_pil() for page in (before, after))
    words = dict.fromkeys(("FB-1042", "1.023,40"), True) | dict.fromkeys(
        ("Brillant", "8.642,17", "34.322,76", "31.415,92"), False
    )
    for word, stays in words.items():
        index, count = text.search(word).get_next()
        boxes = [text.get_charbox(n) for n in range(index, index + count)]
        left, top = min(b[0] for b in boxes), before.get_height() - max(b[3] for b in boxes)
        right, bottom = max(b[2] for b in boxes), before.get_height() - min(b[1] for b in boxes)
        box = tuple(int(side * scale) for side in (left + 1, top + 1, right - 1, bottom - 1))
        assert (here.crop(box).getextrema()[1] < 16) is not stays, word
        if stays:
            assert abs(sum(here.crop(box).histogram()[:128]) - sum(drawn.crop(box).histogram()[:128])) < 20, (
                word
            )
