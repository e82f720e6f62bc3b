"""Several cases of a firm in one folder: added up by debtor and deadline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from heller.cli import app

LIST = "Beginn;Ende;Grund\n{};{};Ausfall\n"


def made(folder: Path, name: str, days: tuple[str, str], debtor: str) -> None:
    """A case with one outage and one debtor; five full days of a fee of 310 euros in March are 50."""
    case = folder / name
    log = folder.parent / f"{name}.csv"
    log.write_text(LIST.format(*days), "utf-8")
    facts = (("line.country", "DE"), ("provider.name", debtor), ("line.monthly_fee", "310,00"))
    commands = [["open", str(case)], ["add", str(case), str(log)]]
    for words in (*commands, *(["note", str(case), "fact", *fact] for fact in facts)):
        assert app.run(words) == 0


def test_cases_are_added_up_by_debtor_and_deadline(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two cases against one provider and one against another; a broken one is named and not in the sums."""
    folder = tmp_path / "firm"
    folder.mkdir()
    made(folder, "a", ("03.03.2025 08:00", "09.03.2025 08:00"), "Netz A (erfunden)")
    made(folder, "b", ("05.05.2025 08:00", "08.05.2025 08:00"), "netz a  (erfunden)")
    made(folder, "c", ("03.03.2025 08:00", "05.03.2025 08:00"), "Netz B (erfunden)")
    shutil.copytree(folder / "c", folder / "d")
    journal = folder / "d" / "journal.jsonl"
    journal.write_text(journal.read_text("utf-8").replace('"seq":1', '"seq":9', 1), "utf-8")
    capsys.readouterr()
    assert app.run(["show", str(folder), "--as-of", "2025-12-31", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    sums = {one["debtor"]: one["due"]["likely"]["cents"] for one in told["portfolio"]["debtors"]}
    assert sums == {"Netz A (erfunden)": 5000 + 2000, "Netz B (erfunden)": 1000}
    assert told["due"]["likely"]["cents"] == 8000
    assert list(told["unread"]) == ["d"]
    days = [one["deadline"]["on"] for one in told["portfolio"]["deadlines"]]
    assert days == sorted(days) and days
    assert app.run(["show", str(folder), "--as-of", "2025-12-31", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "80.00" in said and "d could not be read" in said
