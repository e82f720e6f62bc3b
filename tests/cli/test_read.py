"""`heller read`: what one file says without a case, and why where it says nothing."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from heller.cli import app, readings
from heller.model.finding import Locator

DATA = Path(__file__).parents[1] / "intake" / "data" / "documents"
EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"


def read(path: Path, capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    """The JSON that `heller read` prints."""
    assert app.run(["read", str(path), "--json", "--lang", "en"]) == code
    return json.loads(capsys.readouterr().out)


def values(document: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    """The bare values of some keys."""
    return tuple(document[key]["value"] for key in keys)


def test_an_invoice_with_grade_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    """Values as an eye reads them from the XML; sums are proven by lines and by net and tax."""
    found = read(DATA / "01.02a-INVOICE_ubl.xml", capsys)
    keys = ("number", "date", "seller", "net", "vat", "gross", "currency", "type", "pay")
    assert values(found, *keys) == (
        "123456",
        "2016-06-21",
        "[Seller name]",
        "11.78",
        "0.82",
        "12.60",
        "EUR",
        "380",
        "12.60",
    )
    assert [found[key]["grade"] for key in ("net", "gross", "number", "pay")] == [
        "proven",
        "proven",
        "stated",
        "stated",
    ]
    assert found["net"]["source"] == {
        "member": "",
        "place": "/Invoice/LegalMonetaryTotal/TaxExclusiveAmount",
        "raw": "11.78",
    }
    assert "warnings" not in found


def test_lines_that_do_not_add_up_leave_the_net_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One path alone is no proof, and the contradiction is a warning."""
    whole = (DATA / "01.02a-INVOICE_ubl.xml").read_text()
    line = whole.index("LineExtensionAmount", whole.index("InvoiceLine>"))
    start = whole.index(">", line) + 1
    forged = tmp_path / "forged.xml"
    forged.write_text(whole[:start] + "9" + whole[start:])
    found = read(forged, capsys)
    assert (found["net"]["value"], found["net"]["grade"]) == ("11.78", "stated")
    assert any("The lines add up to" in warning for warning in found["warnings"])


def test_the_attachment_of_a_pdf_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The place of a value in a PDF is its attachment; to be paid is less than the gross here."""
    found = read(DATA / "EXTENDED_Fremdwaehrung_wdis_fx-pdfa4.pdf", capsys)
    assert values(found, "gross", "pay", "currency") == ("1021.91", "521.91", "GBP")
    assert found["gross"]["source"]["member"].endswith(".xml")


def test_a_picture_that_says_otherwise_is_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    """The page shows another number than the data inside."""
    found = read(DATA / "MustangGnuaccountingBeispielRE-20201121_508_withBOM.pdf", capsys)
    assert found["number"]["value"] == "RE-20201121/508"
    assert found["warnings"]


def test_an_account_statement_with_its_balances(capsys: pytest.CaptureFixture[str]) -> None:
    """Balances that close prove entries and sums."""
    found = read(DATA / "citi_mt940.txt", capsys)
    keys = ("account", "currency", "entries", "pending", "credit", "debit", "opening", "closing")
    assert values(found, *keys) == (
        "123456789",
        "USD",
        5,
        0,
        "0.00",
        "1142.75",
        "17376.67",
        "16233.92",
    )
    assert {found[key]["grade"] for key in ("entries", "debit", "closing")} == {"proven"}


def test_a_balance_that_does_not_close_proves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """0.00 + 239.30 - 79.90 is not 159.60; a balance of nought is a balance."""
    found = read(DATA / "jejik_postfinance.sta", capsys)
    assert values(found, "credit", "debit", "opening", "closing") == ("239.30", "79.90", "0.00", "159.60")
    assert "proven" not in {found[key]["grade"] for key in ("entries", "debit", "closing")}
    assert any("does not close" in warning for warning in found["warnings"])


def test_balances_of_several_accounts_are_not_mixed(capsys: pytest.CaptureFixture[str]) -> None:
    """A file of twenty accounts has sums, and no account or balance of its own."""
    found = read(DATA / "betterplace_sepa_mt9401.sta", capsys)
    assert values(found, "account", "entries", "credit", "debit", "opening") == (
        None,
        97,
        "5188474.94",
        "14457610.84",
        None,
    )


def test_a_missing_page_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two pages, each closing in itself, with a hole between them: no balance of the whole is given."""

    def page(opening: str, entry: str, closing: str) -> str:
        return (
            f":20:X\n:25:DE001\n:28C:1\n:60F:C150201EUR{opening}\n:61:1502030203C{entry}NTRFNONREF\n"
            f":86:Test\n:62F:C150204EUR{closing}\n-\n"
        )

    whole, gap = tmp_path / "whole.sta", tmp_path / "gap.sta"
    whole.write_text(page("110,00", "5,00", "115,00") + page("100,00", "10,00", "110,00"))
    gap.write_text(page("100,00", "10,00", "110,00") + page("200,00", "5,00", "205,00"))
    found = read(whole, capsys)
    assert values(found, "opening", "closing") == ("100.00", "115.00"), "the newest page stands first"
    assert "warnings" not in found
    found = read(gap, capsys)
    assert values(found, "opening", "closing", "entries") == (None, None, 2)
    assert len(found["warnings"]) == 1


def test_announced_entries_are_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """A report of the day holds announced entries and says how many they are; none proves a payment."""
    found = read(DATA / "camt052.v4.xml", capsys)
    assert values(found, "entries", "pending", "debit") == (1, 1, "200000.00")
    assert found["notes"]


def test_a_mail_with_an_invoice_holds_two_documents(capsys: pytest.CaptureFixture[str]) -> None:
    """The invoice's places name the attachment."""
    mail, invoice = read(EXAMPLE / "rechnung-notanschluss.eml", capsys)
    assert (mail["kind"], invoice["kind"]) == ("mail", "invoice")
    assert invoice["net"]["source"]["member"]


def test_tables_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Hours and orders as the rows of the files add up; the row that was not read is said."""
    hours = read(EXAMPLE / "stunden.csv", capsys)
    below = (EXAMPLE / "stunden.csv").read_bytes().splitlines()[1:]
    assert hours["rows"]["value"] == len(below) - 1
    assert hours["people"]["value"] == len({row.partition(b";")[0] for row in below})
    assert any("Row 52 was not read" in warning for warning in hours["warnings"])
    orders = read(EXAMPLE / "bestellungen.csv", capsys)
    assert orders["cancelled"]["value"] == (EXAMPLE / "bestellungen.csv").read_bytes().count(b"storniert")


def test_every_file_of_the_example_is_read_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages, without a traceback."""
    for path in sorted(EXAMPLE.iterdir()):
        if path.suffix == ".md":
            continue
        for lang in ("de", "en"):
            assert app.run(["read", str(path), "--lang", lang]) == 0, path.name
    assert "Traceback" not in "".join(capsys.readouterr())


def packed(data: bytes) -> bytes:
    """A ZIP with one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("rechnung.xml", data)
    return made.getvalue()


INVOICE = (DATA / "01.02a-INVOICE_ubl.xml").read_bytes()
PDF = (DATA / "fail_python-factur-x.pdf").read_bytes()
BAD = {
    "leer.xml": b"",
    "nichts.bin": b"\0" * 5000,
    "bytes.csv": bytes(range(256)) * 20,
    "halb.xml": INVOICE[: len(INVOICE) // 2],
    "halb.zip": packed(INVOICE)[:300],
    "halb.pdf": PDF[:3000],
    "nur-kopf.csv": b"Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung\n",
    "notiz.txt": b"Bitte anrufen.\n",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_a_reason(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, a sentence for machines, and the same with what to do for people."""
    (tmp_path / name).write_bytes(BAD[name])
    found = read(tmp_path / name, capsys, code=3)
    assert found["refused"].endswith(".")
    assert "exhibit" not in found["refused"], "there is no case that would keep it"
    assert app.run(["read", str(tmp_path / name), "--lang", "en"]) == 3
    said = capsys.readouterr()
    assert found["refused"] in said.err
    assert "What to do" in said.err
    assert said.out == ""


def test_what_is_no_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file and a folder."""
    for path in (tmp_path / "weg.xml", tmp_path):
        assert str(path) in read(path, capsys, code=3)["refused"]


def test_an_invoice_in_a_zip_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The place names the file inside."""
    (tmp_path / "post.zip").write_bytes(packed(INVOICE))
    found = read(tmp_path / "post.zip", capsys)
    assert found["gross"]["source"]["member"] == "rechnung.xml"
    assert found["gross"]["grade"] == "proven"


def test_people_read_amounts_days_and_places_in_their_language(capsys: pytest.CaptureFixture[str]) -> None:
    """The table on the screen is German in German; JSON keeps the canonical form."""
    path = DATA / "EXTENDED_Fremdwaehrung_wdis_fx-pdfa4.pdf"
    assert app.run(["read", str(path), "--lang", "de"]) == 0
    said = capsys.readouterr().out
    assert "1.021,91" in said and "1021.91" not in said
    assert readings.where(Locator("d", "page 2 turned 90 at 1,2,3,4")) == "Seite 2"
    assert readings.where(Locator("d", "row 12")) == "Zeile 12"
    assert readings.where(Locator("d", "/Invoice/ID")) == "/Invoice/ID"
    assert readings.typed_form("date", "2015-02-04") == "04.02.2015"
    assert readings.typed_form("number", "2015-02-04x") == "2015-02-04x"
    assert readings.typed_form("hours", "7.2500") == "7,25"
