"""Advice that can be followed: what a finding says to do is done, and the finding is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from heller import casefile
from heller.cli import app
from heller.model.kinds.device_log import DeviceLog

LOG = (
    "Feb  4 08:12:31 router pppd[1]: LCP terminated by peer\n"
    "Feb  4 08:14:31 router pppd[1]: Connection terminated.\n"
    "Feb 18 10:40:11 router pppd[1]: local IP address 203.0.113.7\n"
)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """What the command says."""
    assert app.run(["--lang", "en", *argv]) == 0
    return capsys.readouterr().out


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """An empty case, and a log without a year beside it."""
    (tmp_path / "router.log").write_text(LOG)
    casefile.open_case(tmp_path / "case")
    return tmp_path / "case"


def years(case: Path) -> list[int]:
    """The years of the device logs of a case."""
    return [log.events[0].at.year for log in casefile.load(case).records(DeviceLog)]


def test_a_year_is_said_when_the_log_is_added(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --year its lines have their times; the exhibit keeps its name and its bytes."""
    run(capsys, "add", str(case), str(tmp_path / "router.log"), "--year", "2015")
    assert years(case) == [2015]
    assert [exhibit.name for exhibit in casefile.load(case).exhibits] == ["router.log"]


def test_the_same_bytes_are_read_again_with_the_answer(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the finding says to do, done; another year later counts instead, and no second exhibit comes of it."""
    log = str(tmp_path / "router.log")
    assert "--year 2015" in run(capsys, "add", str(case), log)
    assert years(case) == []
    assert "read again" in run(capsys, "add", str(case), log, "--year", "2015")
    assert years(case) == [2015]
    run(capsys, "add", str(case), log, "--year", "2016")
    assert years(case) == [2016] and len(casefile.load(case).exhibits) == 1


def test_a_name_that_says_more_is_taken_and_one_that_says_less_is_not(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same bytes as router-20150218.log are read by that name; as copy.log they change nothing."""
    run(capsys, "add", str(case), str(tmp_path / "router.log"))
    (tmp_path / "router-20150218.log").write_text(LOG)
    run(capsys, "add", str(case), str(tmp_path / "router-20150218.log"))
    assert years(case) == [2015]
    (tmp_path / "copy.log").write_text(LOG)
    run(capsys, "add", str(case), str(tmp_path / "copy.log"))
    assert years(case) == [2015] and len(casefile.load(case).exhibits) == 1


def test_a_table_that_nobody_knows_is_told_how_to_be_known(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`add` names `heller profile` for a table, and not for a note."""
    (tmp_path / "table.csv").write_text(
        "Tag X;Was;Hoehe;Rest\n04.02.2015;Miete;-500;1000\n05.02.2015;X;200;1200\n"
    )
    (tmp_path / "note.txt").write_text("Nothing of the kind, only words.")
    assert "heller profile" in run(capsys, "add", str(case), str(tmp_path / "table.csv"))
    assert "heller profile" not in run(capsys, "add", str(case), str(tmp_path / "note.txt"))


def test_an_estimate_takes_an_end_and_asks_in_units_of_the_trade(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """24 appointments at 95.00 are 2,280.00 a day; two working days later it works again and no notice is written."""
    said = run(
        capsys, "estimate", "--trade", "Zahnarztpraxis", "--since", "16.03.2026 07:00", "--until", "17.03.2026 19:00",
        "--people", "0", "--units", "24", "--each", "95", "--share", "100 %", "--margin", "80 %",
        "--at", "20.03.2026 09:00",
    )  # fmt: skip
    assert "€2,280.00" in said or "2,280.00" in said
    assert "in all (2" in said and "Ready to send" not in said
    asked = iter(("24", "95"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: next(asked))
    assert app.run(
        ["--lang", "de", "estimate", "--trade", "Hotel", "--since", "16.03.2026 07:00", "--until", "17.03.2026 19:00",
         "--people", "0", "--share", "100 %", "--margin", "80 %", "--at", "20.03.2026 09:00"]
    ) == 0  # fmt: skip
    assert "Wie viele Buchungen hat ein üblicher Arbeitstag?" in capsys.readouterr().err
