"""`heller profile`: an unknown bank table is proposed, said, saved, and recalled by `heller read`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from heller.cli import app, screen

TABLE = (
    "Kontoübersicht;Beispiel\nWann;Wer;Wofür;Wieviel;Danach\n"
    "06.02.2015;Funkladen;RE 17;-1.143,41;856,59\n09.02.2015;Kunde;Danke;1.000,00;1.856,59\n"
)
TOLD = [
    f"--column={role}={heading}"
    for role, heading in {
        "booked": "Wann",
        "amount": "Wieviel",
        "partner": "Wer",
        "balance": "Danach",
    }.items()
] + ["--currency=EUR"]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Layouts are kept in a folder of the test; consoles hold the stream of their first use."""
    monkeypatch.setenv("HELLER_PROFILES", str(tmp_path / "profiles"))
    for made in (screen.out, screen.err):
        made.cache_clear()
    yield
    screen.choose_language([])


def ask(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    """The JSON that a verb prints."""
    assert app.run([*words, "--json", "--lang", "en"]) == code
    return json.loads(capsys.readouterr().out)


def test_a_table_that_nobody_knows_is_said_saved_and_recalled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its balance proves the layout before it is kept; afterwards `heller read` knows it under any name."""
    table = tmp_path / "export.csv"
    table.write_text(TABLE)
    ask(["read", str(table)], capsys, 3)
    seen = ask(["profile", str(table), *TOLD], capsys)
    assert (seen["entries"], seen["rejected"], seen["closes"], seen["known"]) == (2, 0, True, False)
    assert not (tmp_path / "profiles").exists()
    saved = ask(["profile", str(table), *TOLD, "--save"], capsys)
    assert Path(saved["saved"]).parent == tmp_path / "profiles"
    again = tmp_path / "märz.txt"
    again.write_text(TABLE.replace("1.000,00", "500,00").replace("1.856,59", "1.356,59"))
    found = ask(["read", str(again)], capsys)
    assert found["credit"]["value"] == "500.00"
    assert found["closing"] == found["closing"] | {"value": "1356.59", "grade": "proven", "by": ["balances"]}
    assert "warnings" not in found


def test_nothing_is_kept_that_reads_no_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong column is no layout: it is refused, with what to say instead."""
    table = tmp_path / "export.csv"
    table.write_text(TABLE)
    wrong = ["profile", str(table), "--column=booked=Wer", "--column=amount=Wofür", "--save", "--lang", "en"]
    assert app.run(wrong) == 3
    assert "no row can be read by it" in " ".join(capsys.readouterr().err.split())
    assert app.run(["profile", str(table), "--column=tag=Wann", "--lang", "en"]) == 3


def test_a_known_table_is_shown_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Roles, first entries and the proof, as a person reads them."""
    table = tmp_path / "export.csv"
    table.write_text(TABLE)
    assert app.run(["profile", str(table), *TOLD, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Day of booking" in shown
    assert "The balance closes" in shown
