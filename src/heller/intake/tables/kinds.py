"""Which class a table of a line is of, before anybody reads it: outages, changes of state, probes, measurements on a
grid, speed tests. What two classes fit is a question, not a guess.

Headings decide first; between probes and changes of state the rows do: who probes says 'up' again and again at even
distances, who notes changes says each state once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from heller.intake.tables import export, outages_and_probes
from heller.intake.tables.export import Listing
from heller.intake.written import wall_time
from heller.intake.written.canonical import fold

LOOKED_AT = 2000  # rows
EVEN = 0.6  # share of the distances that must be close to the middle one for a rhythm
CLOSE = 0.2  # how close
MANY = 3  # as many equal neighbours as there are turns make a table one of probes

FLIPS = ["timestamp", "up"]  # what the API of Healthchecks gives for the changes of a check
MAYBE = re.compile(r"partial|warn|pending|soft|degraded|teilweise", re.IGNORECASE)

CHANGE = {
    "time": (
        "Time", "Timestamp", "Zeit", "Zeitpunkt", "Zeitstempel", "Date time", "DateTime", "Datum/Uhrzeit",
        "Datum und Uhrzeit", "Date and time", "created_at", "changed_at", "last_changed", "ts", "Date-Time", "Date",
        "Datum", "Wann", "When", "Event time", "Ereigniszeit", "Datum Zeit", "Time logged", "event_time", "occurred_at",
    ),
    "before": (
        "old_status", "old_state", "from_state", "Von Status", "Alter Status", "Previous state", "Old state",
        "previous_hard_state",
        "Old status",
    ),
    "state": (
        "Status", "State", "Zustand", "new_status", "new_state", "to_state", "Neuer Status", "New state", "New status",
        "hard_state", "val",
        "Event", "Ereignis", "Connectivity", "Verbindung",
    ),
    "target": (
        "Target", "Ziel", "Host", "hostname", "Monitor", "Name", "Sensor", "Service", "Check", "entity_id", "Gerät",
        "Device", "Line", "Leitung", "Anschluss", "Adresse", "Address",
    ),
    "note": (
        "Message", "Meldung", "Nachricht", "Summary", "Reason", "Grund", "Kommentar", "Comment", "msg",
    ),
}  # fmt: skip
GRID = {
    "time": (
        *(
            "Date Time",
            "Datum/Uhrzeit",
            "Datum Zeit",
            "Zeit",
            "Time",
            "Date/Time",
            "Datum und Uhrzeit",
            "timestamp",
        ),
        *("Zeitstempel", "_time"),
    ),
    "down": ("Downtime", "Ausfall", "Downtime (%)", "Ausfallzeit", "Downtime(RAW)", "Down"),
    "loss": (
        "Packet Loss",
        "Paketverlust",
        "Packet Loss (%)",
        "Loss",
        "Verlust",
        "Paketverlust (%)",
        "percent_packet_loss",
        "packet_loss",
        "loss_percent",
        "pop_ping_drop_rate",
        "ping_percent_packet_loss",
    ),
    "coverage": ("Coverage", "Abdeckung", "Coverage (%)"),
    "rtt": ("Ping Time", "Ping-Zeit", "Pingzeit", "Average", "Mittelwert", "Response Time", "Antwortzeit"),
}
SPEED = {
    "time": (
        "created_at", "timestamp", "Time", "Zeit", "Zeitpunkt", "Date", "Datum", "DateTime", "Test Date", "Zeitstempel",
        "date_time", "start_time", "ts", "Messzeitpunkt", "Datum/Uhrzeit",
    ),
    "down": (
        "download", "dl", "Download (Mbit/s)", "Download (Mbps)", "download_mbps", "Download Mbps", "down",
        "Download [Mbit/s]", "DL Mbit/s", "download_bps", "Download Speed", "download_mbit",
    ),
    "up": (
        "upload", "ul", "Upload (Mbit/s)", "Upload (Mbps)", "upload_mbps", "Upload Mbps", "up",
        "Upload [Mbit/s]", "UL Mbit/s", "upload_bps", "Upload Speed", "upload_mbit",
    ),
    "latency": ("ping", "latency", "Ping (ms)", "Latenz", "Laufzeit", "ping_ms", "Latency (ms)"),
    "failed": ("failed", "error", "Fehler", "status", "successful"),
    "tracker": ("scheduled", "server_host", "service"),
}  # fmt: skip


class Kind(Enum):
    """What the rows of a table are."""

    CHANGES = "changes of state"
    PROBES = "probes"
    GRID = "measurements on a grid"
    SPEED = "speed tests"
    EITHER = "changes or probes"


def kind(content: str) -> Kind | None:
    """The class of a table that is no list of outages; None where it is of none."""
    if export.find(content, SPEED, ("time", "down", "up")):
        return Kind.SPEED
    if grid(content):
        return Kind.GRID
    found = changes(content)
    if found is None:
        return Kind.PROBES if outages_and_probes.probes(content) else None
    probes = outages_and_probes.probes(content)
    if "before" in found.places or [fold(cell) for cell in found.head.cells] == FLIPS:
        return Kind.CHANGES
    if probes is not None and "rtt" in probes.places:
        return Kind.PROBES
    told = _by_rows(found, content)
    if probes is not None:
        return told or Kind.PROBES
    return told if told is Kind.CHANGES else None


def grid(content: str) -> Listing | None:
    """The headings of measurements on a grid: a share that was lost or down in each step."""
    found = export.find(content, GRID, ("time", "down")) or export.find(content, GRID, ("time", "loss"))
    if found is None or not {"coverage", "loss"} & found.places.keys():
        return None
    return found


def changes(content: str) -> Listing | None:
    """The headings of a table of changes of state; some call the state a type."""
    typed = {**CHANGE, "state": ("Type", "Typ")}
    worded = {
        **CHANGE,
        "state": ("Message", "Meldung", "Nachricht", "Alert", "Alarm", "up", "Text"),
        "note": (),
    }
    for words in (CHANGE, typed, worded):
        found = export.find(content, words, ("time", "state"))
        if found and _is_of_states(found, content):
            return found
    return _of_one_thing(content)


def _of_one_thing(content: str) -> Listing | None:
    """A table of a time and one other column, whatever its heading, that says a state in words in every row."""
    found = export.find(content, {"time": CHANGE["time"]}, ("time",))
    if found is None or sum(bool(cell.strip()) for cell in found.head.cells) != 2:
        return None
    found.places["state"] = next(
        n for n, cell in enumerate(found.head.cells) if cell.strip() and n != found.places["time"]
    )
    said = [found.cell(line, "state") for line, _ in zip(found.rows(content), range(20), strict=False)]
    return found if said and all(one.isalpha() and _is_state(one) for one in said) else None


def _is_of_states(found: Listing, content: str) -> bool:
    """Whether the first rows say up, down, or neither of them in a known word, mostly."""
    told = [
        _is_state(found.cell(line, "state")) for line, _ in zip(found.rows(content), range(20), strict=False)
    ]
    return 2 * sum(told) >= len(told) > 0


def _is_state(said: str) -> bool:
    try:
        outages_and_probes.state(said)
    except ValueError:
        return bool(MAYBE.search(said))
    return True


def _by_rows(found: Listing, content: str) -> Kind | None:
    """Probes or changes, by how states follow each other; either where both fit, None where neither does."""
    by_target: dict[str, list[tuple[float, bool]]] = {}
    zone, coded, words = ZoneInfo("UTC"), 0, 0  # codes are what a program writes for each check
    for line, _ in zip(found.rows(content), range(LOOKED_AT), strict=False):
        at = wall_time.stamp(found.stamp(line, "time"), zone)
        said = found.cell(line, "state")
        is_code = said.replace(".", "").isdigit()
        coded, words = coded + is_code, words + (not is_code)
        try:
            up = outages_and_probes.state(said)
        except ValueError:
            continue
        if at is not None and up is not None:
            by_target.setdefault(found.cell(line, "target"), []).append((at.at.timestamp(), up))
    same = turns = even = apart = 0
    for rows in (
        sorted(set(every)) for every in by_target.values()
    ):  # a row that stands twice says nothing new
        same += sum(a[1] == b[1] for a, b in pairwise(rows))
        turns += sum(a[1] != b[1] for a, b in pairwise(rows))
        gaps = [b[0] - a[0] for a, b in pairwise(rows) if b[0] > a[0]]
        even, apart = even + _even(gaps), apart + len(gaps)
    if not by_target or not same + turns:
        return None
    if coded > words and turns < MANY:
        return Kind.PROBES
    rhythm = apart >= MANY and even >= EVEN * apart
    if rhythm and same >= MANY * turns:
        return Kind.PROBES
    if turns >= same and not rhythm:
        return Kind.CHANGES
    return Kind.PROBES if same >= MANY * turns and apart >= 10 else Kind.EITHER


def _even(gaps: Sequence[float]) -> int:
    """How many distances are close to the middle one."""
    if not gaps:
        return 0
    middle = median(gaps)
    return sum(abs(gap - middle) <= CLOSE * middle for gap in gaps)
