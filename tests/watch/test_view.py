"""The view of a watch: what it says in both languages, on 80 columns, and for machines."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from tests.watch.watch_world import BEGIN, SECOND, TARGETS, head

from heller.cli.watch import view
from heller.dossier.wording import Words
from heller.model.sample import Upset, UpsetKind
from heller.watch import glance
from heller.watch.glance import Glance, State
from heller.watch.keeping import store
from heller.watch.keeping.store import AliveChange, Batch, Ticked
from heller.watch.rows import ProbeRow

NOW = BEGIN - BEGIN % 10_000_000 + 600 * SECOND
FIRST = NOW - 595 * SECOND


def seen(home: Path, *, full: bool = False, ago: int = 0) -> Glance:
    """Ten minutes: 80 seconds of silence, a pause of 100 seconds, one loss, the second uplink silent now."""
    db = store.open_store(home).db
    said = {"budget mobile": "500000000", "ways": json.dumps(["Round trip –", {}])}
    session = store.begin(db, head(), said)
    changes = [AliveChange(FIRST, "main", True, 2), AliveChange(FIRST, "mobile", True, 4)]
    changes += [
        AliveChange(FIRST + 100 * SECOND, "main", False, 2),
        AliveChange(FIRST + 180 * SECOND, "main", True, 2),
    ]
    changes += [AliveChange(NOW - 45 * SECOND, "mobile", False, 4)]
    samples, ticks = [], []
    for second in range(596):
        if 300 <= second < 400:
            continue
        at = FIRST + second * SECOND
        ticks.append(Ticked(at, at))
        for target in TARGETS:
            lost = target.uplink == "main" and 100 <= second < 180 and target.number > 1
            lost |= (target.number == 2 and second == 500) or (target.number == 4 and at >= NOW - 45 * SECOND)
            samples.append(
                ProbeRow(
                    target.number, at, 5 if lost else 0, math.nan if lost else 0.01 + second / 20_000, 84
                )
            )
    upsets = [Upset(UpsetKind.DISK_FULL, FIRST, FIRST)] if full else []
    meters = {"main": (4_200_000, 12_000_000), "mobile": (7_600, None)}
    store.write(
        db, session, Batch(changes=changes, upsets=upsets, samples=samples, ticks=ticks, meters=meters)
    )
    found = glance.look(db, home, NOW + ago * SECOND)
    assert found is not None
    return found


def shown(found: Glance, lang: str) -> list[str]:
    """The lines of the view on 80 columns."""
    from rich.console import Console

    console = Console(width=80, record=True, force_terminal=False, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    console.print(view.picture(found, Path("fall"), Words(lang)))
    return [line.rstrip().replace("\xa0", " ") for line in console.export_text().split("\n")]


def test_what_is_said_of_each_line(tmp_path: Path) -> None:
    """Silence and unwatched time are bands of their own sign; the state says since when."""
    lines = shown(seen(tmp_path), "en")
    strips = [
        line.strip() for line in lines if "×" in line and ("░" in line or "▁" in line) and "×" * 4 in line
    ]
    assert len(strips) == 2
    main, mobile = strips
    assert len(main) == glance.CELLS
    assert main.count("×") == 7 and main.count("░") == 9 and main.count("!") == 3
    assert mobile.endswith(("×××××", "×××××!"))
    assert mobile.count("░") == 9
    assert any(line.startswith("✓ main  answers since") and "(3 min 15 s)" in line for line in lines)
    assert any(line.startswith("× mobile  silent since") and "(45 s)" in line for line in lines)
    assert any("Data 7.6 kB of 500.0 MB" in line for line in lines)
    assert any("Data 4.2 MB (interface 12.0 MB)" in line for line in lines)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_it_fits_80_columns(lang: str, tmp_path: Path) -> None:
    """No row is broken in the middle of a strip or a figure."""
    lines = shown(seen(tmp_path, full=True), lang)
    assert max(map(len, lines)) <= 80
    assert sum(len(line.strip()) == glance.CELLS and "░" in line for line in lines) == 2
    assert all("{" not in line for line in lines)


def test_nothing_is_said_by_colour_alone(tmp_path: Path) -> None:
    """Each state has a sign and a word of its own."""
    assert len({sign for sign, _, _ in view.STATES.values()}) == len(State)
    assert len({said.id for _, _, said in view.STATES.values()}) == len(State)
    found = seen(tmp_path)
    assert {line.state for line in found.lines} == {State.ANSWERS, State.SILENT}


def test_a_watch_that_ended_says_so(tmp_path: Path) -> None:
    """No state goes on when nobody watches any more."""
    found = seen(tmp_path, ago=60)
    assert not found.running
    assert {line.state for line in found.lines} == {State.UNOBSERVED}


def test_one_object_for_each_line(tmp_path: Path) -> None:
    """The shape that docs/watch.md gives."""
    found = seen(tmp_path, full=True)
    main, mobile = (json.loads(json.dumps(view.plain(found, line))) for line in found.lines)
    assert main["line"] == "main" and main["state"] == "answers" and main["at"].endswith("Z")
    assert main["probes"] == {"sent": 982, "lost": 161, "seconds": 600}
    assert main["bytes"] == {"own": 4_200_000, "interface": 12_000_000, "budget": None}
    assert mobile["bytes"]["budget"] == 500_000_000
    assert main["disk"]["full_since"] is not None
    page = Path("docs/watch.md").read_text(encoding="utf-8")
    assert all(f'"{key}"' in page for key in main)
