"""A doubt of the zone where logs, mails and the bank point elsewhere; none where they fit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.casefile.zone_doubt import zone_doubts
from heller.intake.written.offsets import stated_offsets
from heller.model.case import Case


def line(day: int, offset: str) -> str:
    """A line of a web server."""
    return f'192.0.2.7 - - [{day:02}/Feb/2015:10:00:00 {offset}] "GET / HTTP/1.1" 200 512 "-" "Browser"\n'


def log(offset: str) -> str:
    """An access log of three days."""
    return "".join(line(day, offset) for day in (2, 3, 4) for _ in range(4))


def mail(n: int, offset: str) -> str:
    """A mail of the firm."""
    head = f"From: info@firma.example\nTo: a@b.example\nSubject: Bestellung {n}\nMessage-ID: <{n}@firma.example>\n"
    return f"{head}Date: Tue, 03 Feb 2015 10:0{n}:00 {offset}\nMIME-Version: 1.0\n\nGuten Tag\n"


def bank(iban: str) -> str:
    """A statement of an account."""
    return (
        "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;"
        f"Kontonummer;BLZ;Betrag;Waehrung;Info\n{iban};03.02.15;03.02.15;LASTSCHRIFT;R-1;Laden;1;2;-10,00;EUR;Umsatz\n"
    )


def doubts(tmp_path: Path, files: dict[str, str], zone: str = "Europe/Berlin") -> list[str]:
    """What is asked of the zone of a case with these files."""
    home = tmp_path / "files"
    home.mkdir()
    for name, said in files.items():
        (home / name).write_text(said)
    casefile.open_case(tmp_path / "case", zone=zone)
    casefile.add(tmp_path / "case", [home])
    return [f.code for f in casefile.load(tmp_path / "case").findings if f.code == "zone-doubt"]


BERLIN = "DE89370400440532013000"
MAILS = {f"m{n}.eml": mail(n, "+0900") for n in range(3)}
ROWS: list[tuple[dict[str, str], str, bool]] = [
    ({"access.log": log("+0900")}, "Europe/Berlin", True),
    ({"access.log": log("+0100")}, "Europe/Berlin", False),
    ({"access.log": log("+0000")}, "Europe/Berlin", False),
    ({"access.log": log("+0900")}, "Asia/Tokyo", False),
    ({"access.log": log("-0330")}, "Europe/Berlin", True),
    ({"bank.csv": bank(BERLIN)}, "Asia/Tokyo", True),
    ({"bank.csv": bank(BERLIN)}, "Europe/Vienna", False),
    ({"bank.csv": bank(BERLIN), "access.log": log("+0900")}, "Europe/Berlin", True),
    ({"bank.csv": bank(BERLIN), "access.log": log("+0100"), **MAILS}, "Europe/Berlin", False),
    (MAILS, "Europe/Berlin", True),
    ({"m0.eml": mail(0, "+0900")}, "Europe/Berlin", False),
    ({**MAILS, "m8.eml": mail(8, "+0100")}, "Europe/Berlin", False),
]


@pytest.mark.parametrize(("files", "zone", "asked"), ROWS)
def test_the_papers_speak_of_the_zone(files: dict[str, str], zone: str, asked: bool, tmp_path: Path) -> None:
    """Asked where at least as many kinds point elsewhere as here."""
    assert bool(doubts(tmp_path, files, zone)) is asked


def test_the_sample_case_has_no_doubt_and_abroad_has_one(tmp_path: Path) -> None:
    """The same papers under another zone are asked, with the command that shows the effect first."""
    files = [path for path in web_sample.write(tmp_path / "files") if path.name != "ping.log"]
    case = tmp_path / "case"
    casefile.open_case(case)
    casefile.add(case, files)
    assert zone_doubts(casefile.load(case)) == ()


def test_only_what_a_file_states_itself_counts() -> None:
    """One for each month and offset; UTC, impossible days and the relays of a mail say nothing."""
    said = (
        b"2015-02-03T08:00:00+09:00 2015-02-04T08:00:00+0900 2015-02-31T08:00:00+09:00 2015-02-03T08:00:00Z"
    )
    assert [(o.at, o.minutes) for o in stated_offsets(said)] == [(datetime(2015, 2, 2, 23, tzinfo=UTC), 540)]
    relay = b"Received: x; Tue, 03 Feb 2015 01:00 -0700\nDate: Tue, 3 Feb 2015 10:00 +0100\n\n2015-02-03T08:00+09:00"
    assert [o.minutes for o in stated_offsets(relay)] == [60]


def test_a_case_without_papers_has_no_doubt() -> None:
    """Nothing points anywhere."""
    assert zone_doubts(Case("", datetime(2026, 1, 1, tzinfo=UTC))) == ()
