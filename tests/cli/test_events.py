"""`heller line`, `heller event` and notes of one line or event, from an empty folder to a letter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from heller.cli import app

LIST = "Beginn;Ende;Grund\n{}\n"


def heller(*words: object) -> None:
    """One command that works."""
    assert app.run([str(word) for word in words]) == 0, words


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """Two outages of the main line in March and July, one of the branch with another provider in March."""
    case = tmp_path / "case"
    heller("open", case)
    heller("note", case, "line", "main", "--signs", "haupt")
    heller("note", case, "line", "branch", "--role", "branch", "--signs", "altona")
    for name, rows in (
        (
            "haupt.csv",
            ("04.03.2025 09:00;09.03.2025 09:00;Ausfall", "07.07.2025 09:00;10.07.2025 09:00;Ausfall"),
        ),
        ("altona.csv", ("05.03.2025 09:00;12.03.2025 09:00;Ausfall",)),
    ):
        (tmp_path / name).write_text(LIST.format("\n".join(rows)), "utf-8")
        heller("add", case, tmp_path / name)
    for fact, value in (
        ("line.country", "DE"),
        ("firm.name", "Erfundene Maß GmbH"),
        ("firm.state", "Hamburg"),
    ):
        heller("note", case, "fact", fact, value)
    heller("note", case, "fact", "line.monthly_fee", "310,00", "--line", "main")
    heller("note", case, "fact", "line.monthly_fee", "620,00", "--line", "branch")
    heller("note", case, "fact", "provider.name", "Netz A (erfunden)")
    heller("note", case, "fact", "provider.name", "Netz B (erfunden)", "--line", "branch")
    heller(
        "note", case, "demand", "Bitte zahlen.", "--ours", "--until", "03.04.2025", "--at", "20.03.2025 10:00"
    )
    return case


def shown(case: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `heller event show` says for machines."""
    capsys.readouterr()
    heller("event", "show", case, "--as-of", "2025-12-31", "--json")
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_each_line_has_its_events_and_its_debtor(firm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four days of 31 of 310 euros, six of 620, two of 310: each by itself, added up by debtor."""
    told = shown(firm, capsys)
    sums = {row["key"]: row["damage"] for row in told["events"]}
    assert {key: value["likely"]["cents"] for key, value in sums.items()} == {
        "main 2025-03-04 09:01": 4000,
        "main 2025-07-07 09:01": 2000,
        "branch 2025-03-05 09:01": 12000,
    }
    assert [debt["debtor"] for debt in told["debts"]] == ["Netz A (erfunden)", "Netz B (erfunden)"]
    events = told["debts"][0]["events"]
    assert [one["default"] for one in events] == ["2025-04-04", None]


def test_a_letter_counts_exactly_the_events_of_its_debtor(
    firm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """To Netz A two outages with the interest of the one that was demanded; to Netz B one."""
    capsys.readouterr()
    heller("letter", firm, "claim", "--as-of", "2025-12-31", "--lang", "en")
    first = capsys.readouterr().out
    assert "the damage of 2 outages" in first and "Interest from 4 Apr 2025" in first and "Netz A" in first
    heller("letter", firm, "claim", "--as-of", "2025-12-31", "--lang", "en", "--debtor", "Netz B (erfunden)")
    other = capsys.readouterr().out
    assert "Netz B" in other and "120.00" in other and "Netz A" not in other
    assert app.run(["letter", str(firm), "claim", "--debtor", "Niemand"]) != 0


def test_show_leads_with_the_event_that_makes_the_money(
    firm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The branch with 120 euros comes first, whatever came first in time."""
    capsys.readouterr()
    heller("show", firm, "--as-of", "2025-12-31", "--lang", "en")
    said = capsys.readouterr().out
    assert said.index("branch · outage") < said.index("main · outage") < said.index("Damage:")


def test_a_person_joins_gives_and_announces(firm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The demand of March is given to every event; July's outage turns out to be announced work."""
    heller("event", "give", firm, "#12", "every", "--line", "main")
    events = shown(firm, capsys)["debts"][0]["events"]
    assert [one["default"] for one in events] == ["2025-04-04", "2025-04-04"]
    when = ("--start", "07.07.2025 00:00", "--end", "11.07.2025 00:00", "--announced", "01.07.2025")
    heller("note", firm, "work", "Umbau", *when, "--line", "main")
    kinds = {row["key"]: row["due"] for row in shown(firm, capsys)["events"]}
    assert kinds["main 2025-07-07 09:01"] is None
    heller("event", "count", firm, "07.07.2025 12:00", "--line", "main", "--why", "not announced to us")
    assert shown(firm, capsys)["events"][-1]["due"] is not None


@pytest.mark.parametrize(
    "words",
    [
        ("line", "give", "CASE", "K9", "main"),
        ("line", "give", "CASE", "K1", "attic"),
        ("note", "CASE", "line", "x", "--role", "attic"),
        ("event", "join", "CASE", "gestern", "2025-03-04"),
        ("event", "give", "CASE", "#99", "every"),
        ("note", "CASE", "fact", "line.monthly_fee", "1", "--line", "attic"),
    ],
)
def test_what_is_not_there_is_refused(firm: Path, words: tuple[str, ...]) -> None:
    """Nothing is written where a line, a thing or a day cannot be found."""
    before = (firm / "journal.jsonl").read_bytes()
    assert app.run([str(firm) if word == "CASE" else word for word in words]) != 0
    assert (firm / "journal.jsonl").read_bytes() == before
