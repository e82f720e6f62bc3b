"""Every reader of a log, however the log comes to us: its lines doubled, turned round, cut in two files, in UTF-16, or
with one that nobody understands: the same outages within their bounds, or a doubt by name. Where lines are missing no
outage is longer for it, but in two logs that cannot know: a ping without -O prints no loss, so that a missing line is
one, and a list of changes whose next word is 'up' again a day later may have been dead until then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.model.finding import Weight
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import Outage
from heller.model.record import Blob
from heller.model.span import Bounds
from heller.outage import detect

BERLIN = ZoneInfo("Europe/Berlin")
HERE = Path(__file__).parent
FOLDERS = (HERE / "data" / "layouts", HERE / "data" / "strangers", HERE.parent / "intake" / "data" / "logs")
NEAR, MORE = timedelta(seconds=3), timedelta(seconds=65)
TEXTS = (".log", ".txt", ".csv", ".tsv", ".json", ".jsonl", ".sql")
HOWS = ("doubled", "turned", "strange", "cut in two", "utf-16")
LESS = ("gap", "a line less")
UNTOLD = ("37-ping-D-noO.txt", "status-changes.csv")  # a line that is missing there is a loss, or no end


class Heard(NamedTuple):
    """The outages of a log, how often each doubt is said, who read it."""

    outages: tuple[Outage, ...]
    doubts: Counter[str]
    readers: frozenset[str]


def _heard(name: str, files: Sequence[bytes]) -> Heard:
    blobs = [
        Blob(f"{n}-{name}", one, sha256(one).hexdigest(), date(2026, 12, 31)) for n, one in enumerate(files)
    ]
    readings = [intake.read(blob, BERLIN) for blob in blobs]
    every = [record for reading in readings for record in reading.records]
    probes = [record for record in every if isinstance(record, ProbeLog)]
    found = detect(probes, [record for record in every if isinstance(record, DeviceLog)], [])
    said = [*(one for reading in readings for one in reading.findings), *found.findings]
    doubts = Counter(one.code for one in said if one.weight in (Weight.WARNING, Weight.REFUSED, Weight.NOTE))
    return Heard(tuple(found.outages), doubts, frozenset(reading.reader for reading in readings))


def _content(path: Path) -> str:
    data = path.read_bytes()
    return data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8", "replace")


@cache
def _samples() -> tuple[tuple[Path, Heard], ...]:
    """The texts that tell of an outage, and what they tell."""
    paths = [path for folder in FOLDERS for path in sorted(folder.iterdir()) if path.suffix in TEXTS]
    heard = [
        (path, _heard(path.name, [path.read_bytes()])) for path in paths if path.stat().st_size < 300_000
    ]
    return tuple((path, one) for path, one in heard if one.outages)


def _twisted(rows: list[str], how: str) -> list[list[str]]:
    """The rows of a log as they may come to us, in one file or two."""
    middle, third = len(rows) // 2, max(1, len(rows) // 3)
    match how:
        case "doubled":
            return [[row for row in rows for _ in (0, 1)]]
        case "turned":
            return [rows[::-1]]
        case "strange":
            return [[*rows[:middle], "@@ not understood ;;; ###", *rows[middle:]]]
        case "cut in two":
            return [rows[:middle], rows[middle:]]
        case "gap":
            return [[*rows[:third], *rows[-third:]]]
        case "a line less":
            return [[*rows[:middle], *rows[middle + 1 :]]]
        case _:
            return [rows]


def _alike(one: Outage, other: Outage) -> bool:
    """Whether the other has the same edges, or bounds that hold them: two files are watched one after the other."""
    starts, ends = abs(one.span.start - other.span.start), abs(one.span.end - other.span.end)
    return (starts <= NEAR or _holds(other.start, one.start)) and (ends <= NEAR or _holds(other.end, one.end))


def _holds(wide: object, edge: object) -> bool:
    if not (isinstance(wide, Bounds) and isinstance(edge, Bounds)):
        return False
    return wide.earliest <= edge.earliest and edge.latest <= wide.latest


def _found(path: Path, how: str) -> Heard | None:
    """What a text tells when it comes so; None where it is one line, which cannot be turned or cut."""
    rows = _content(path).replace("\r\n", "\n").rstrip("\n").split("\n")
    heads = 1 if path.suffix in (".csv", ".tsv") else 3 if "mikrotik" in path.name else 0
    if len(rows) - heads < 2 and how != "utf-16":
        return None
    files = ["\n".join([*rows[:heads], *part]) + "\n" for part in _twisted(rows[heads:], how)]
    return _heard(path.name, [one.encode("utf-16" if how == "utf-16" else "utf-8") for one in files])


def _is_no_longer(found: Heard, whole: Heard) -> bool:
    most = max(one.shortest for one in whole.outages) + MORE
    return all(one.shortest <= most for one in found.outages)


@pytest.mark.parametrize("how", HOWS)
def test_the_same_outages_or_a_doubt_by_name(how: str) -> None:
    """Of every text that tells of an outage: the same, or something is said that was not said before; never longer."""
    for path, whole in _samples():
        if found := _found(path, how):
            pairs = list(zip(whole.outages, found.outages, strict=False))
            same = len(whole.outages) == len(found.outages) and all(_alike(*pair) for pair in pairs)
            assert same or found.doubts - whole.doubts, (path.name, found)
            assert _is_no_longer(found, whole), (path.name, found)


@pytest.mark.parametrize("how", LESS)
def test_what_is_missing_makes_no_outage_longer(how: str) -> None:
    """Without the middle third, without one line: nothing is claimed that the whole does not show."""
    for path, whole in _samples():
        if path.name not in UNTOLD and (found := _found(path, how)):
            assert _is_no_longer(found, whole), (path.name, found)


def test_every_reader_of_a_log_is_among_them() -> None:
    """Each reader of probes, states, lists and messages has a text that it is asked with; databases are no texts."""
    readers = set().union(*(whole.readers for _, whole in _samples()))
    assert readers >= {
        *(
            "fping",
            "fritzbox",
            "grid-list",
            "ioda",
            "message-list",
            "mikrotik",
            "nagios",
            "outage-list",
            "ping",
        ),
        *(
            "probe-list",
            "prometheus",
            "ripe-atlas",
            "ripe-atlas-history",
            "series-list",
            "smokeping",
            "state-list",
        ),
        *("syslog", "unifi-events", "uptime-kuma-export"),
    }
