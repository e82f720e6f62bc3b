"""Changes of mind as scripted cases: each is played through the command line and through the pages, on two copies of
one case, and every step comes to the same sums at both doors. The sums are kept in `minds/script.golden`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web import web_sample
from tests.web.test_pages import visit

from heller import casefile
from heller.cli import app

DAY = date(2015, 6, 30)
GOLDEN = Path(__file__).parent / "minds" / "script.golden"
Typed = list[str]
Sent = tuple[str, dict[str, str]]
NEWER = web_sample.HOURS.replace("09:00;12:00", "09:00;11:00")
WHO = {"who": "Frau Muster"}


def note(*words: str) -> Typed:
    """A note by the command line."""
    return ["note", "CASE", *words]


def decide(what: str) -> tuple[Typed, Sent]:
    """What the newer hours are to the older ones."""
    typed = ["decide-reading", "CASE", "NEW", what, "HOURS", "--who", "Frau Muster"]
    return typed, ("/inbox/", {"exhibit": "NEW", "other": "HOURS", "act": what, **WHO})


def purpose(head: str, word: str, share: str = "100 %") -> tuple[Typed, Sent]:
    """What the receipt of exhibit 6 was for."""
    typed = note("purpose", "K6", word, "--share", share)
    return typed, ("/exhibits/6/", {"invoice": "R-100", "head": head, "share": share})


def back(entry: str, why: str) -> tuple[Typed, Sent]:
    """An entry is taken back."""
    return note("correct", entry, why), ("/change/take-back", {"entry": entry, "why": why})


def again(entry: str, why: str) -> tuple[Typed, Sent]:
    """An entry counts again."""
    return note("restore", entry, why), ("/change/restore", {"entry": entry, "why": why})


def row(number: str, change: str) -> tuple[Typed, Sent]:
    """One row of the hours."""
    sent = {"entry": "HOURS", "row": number, "change": change, "why": "verzählt"}
    return note("row", "HOURS", number, change, "verzählt"), ("/change/row", sent)


def fact(key: str, value: str, instead: str = "") -> tuple[Typed, Sent]:
    """A fact is stated, or stands in the place of an earlier one."""
    more = ["--instead", instead] if instead else []
    sent = {"form": "fact", "key": key, "value": value} | ({"instead": instead} if instead else {})
    return [*note("fact", key, *value.split()), *more], ("/note/", sent)


ADD = (["add", "CASE", "FILE"], ("/exhibits/", {"file": "FILE"}))
SCRIPTS: dict[str, list[tuple[Typed, Sent]]] = {
    "a receipt is private, then a tool, then half of it": [
        purpose("none", "privat"), purpose("hardware", "hardware"), purpose("emergency_line", "emergency_line", "50 %"),
        back("LAST", "doch ganz"),
    ],
    "an exhibit is taken back and comes back": [back("HOURS", "falsche Liste"), again("HOURS", "war richtig")],
    "a row is corrected, withdrawn, and both are taken back": [
        row("3", "minutes=90"), row("3", "withdrawn"), back("LAST", "doch"), back("BEFORE", "doch ganz"),
    ],
    "a fact is stated, edited, opened again": [
        fact("line.monthly_fee", "480"), fact("line.monthly_fee", "1000", "LAST"),
        fact("line.monthly_fee", "weiß nicht"),
    ],
    "newer hours come: asked, replaced, added, another thing, signed": [
        ADD, decide("replaces"), decide("adds"), decide("apart"), decide("signed"), back("LAST", "offen"),
    ],
    "an exhibit with a decision is taken back and restored": [
        ADD, decide("replaces"), back("NEW", "irrtümlich"), again("NEW", "doch"), back("HOURS", "überholt"),
    ],
}  # fmt: skip


def filled(said: str, case: Path) -> str:
    """A word of a script with what it stands for in a case."""
    exhibits = casefile.load(case).exhibits
    last = casefile.entries(case).entries[-1].seq
    words = {
        "CASE": str(case),
        "FILE": str(case.parent / "stunden-neu.csv"),
        "HOURS": f"K{next(e.number for e in exhibits if e.name == 'stunden.csv')}",
        "NEW": f"K{exhibits[-1].number}",
        "LAST": str(last),
        "BEFORE": str(last - 2),
    }
    return words.get(said, said)


def typed(case: Path, words: Typed) -> None:
    """The step by the command line."""
    assert app.run([filled(word, case) for word in words] + ["--lang", "en"]) == 0


def sent(client: Client, case: Path, step: Sent) -> None:
    """The same step by the pages."""
    page, values = step
    said = {key: filled(value, case) for key, value in values.items()}
    if "file" in said:
        upload = SimpleUploadedFile("stunden-neu.csv", Path(said["file"]).read_bytes())
        answer = client.post(page, {"files": upload})
    else:
        if page == "/inbox/":
            said |= {key: said[key].removeprefix("K") for key in ("exhibit", "other")}
        answer = client.post(page, said)
    assert answer.status_code == 302, answer.content.decode()


def played(folder: Path, step: Callable[[Path, tuple[Typed, Sent]], None], script: str) -> list[str]:
    """The sums after each step of a script: damage with the fee, due, and what waits."""
    said = [_sums(folder)]
    for one in SCRIPTS[script]:
        step(folder, one)
        said.append(_sums(folder))
    return said


def _sums(folder: Path) -> str:
    claimed = casefile.claim(folder, DAY)
    asked = sum(task.kind == "twin" for task in casefile.tasks(claimed))
    found, due = claimed.assessment, claimed.waterfall.due.likely.decimal
    damage = (found.total.likely + found.apart.likely).decimal
    return f"{damage} {due}{' asked' * asked}"


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_two_doors_play_the_same(script: str, own: Path, tmp_path: Path) -> None:
    """Step by step the same sums; and they are those that are kept."""
    doors = [Path(shutil.copytree(own, tmp_path / name / "case")) for name in ("typed", "sent")]
    for door in doors:
        (door.parent / "stunden-neu.csv").write_text(NEWER, encoding="utf-8")
    client = visit(doors[1])
    by_command = played(doors[0], lambda case, one: typed(case, one[0]), script)
    by_page = played(doors[1], lambda case, one: sent(client, case, one[1]), script)
    assert by_command == by_page
    kept = dict(block.split("\n", 1) for block in GOLDEN.read_text("utf-8").strip().split("\n\n"))
    assert "\n".join(by_command) == kept[script].strip()
