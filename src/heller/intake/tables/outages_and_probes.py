"""Tables of outages and of single probes, whoever typed or exported them: which column is what, German and
English, and what their cells say."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from heller.intake.tables import export, turns
from heller.intake.tables.export import Listing
from heller.intake.written import wall_time
from heller.intake.written.canonical import fold

OUTAGE = {
    "start": (
        "Start", "Beginn", "Begin", "Von", "From", "Ausfall ab", "Ausfall von", "Down", "Offline", "Offline seit",
        "Störungsbeginn", "Ausfallbeginn", "Beginn des Ausfalls", "Start time", "Startzeit", "Down since",
        "Start UTC", "Outage start", "Down at", "Getrennt", "started_at", "start_time", "Date-Time", "Started",
        "created_at", "timefrom", "startTimestampNs", "created_on", "createdAt", "startsAt", "Down Time", "Down From",
        turns.BEGINS,
    ),
    "end": (
        "Ende", "End", "Bis", "To", "Up", "Until", "Ausfall bis", "Störungsende", "Ausfallende",
        "Ende des Ausfalls", "End time", "Endzeit", "Wieder online", "Online", "Outage end", "Up at", "Verbunden",
        "ended_at", "end_time", "Resolved", "End UTC", "Resolved at", "timeto", "resolved_on", "closedAt", "endsAt",
        "Up Time", "Up From", turns.ENDS,
    ),
    "duration": (
        "Dauer", "Duration", "Dauer (s)", "Dauer (min)", "Dauer (h)", "Dauer in Sekunden", "Dauer in Minuten",
        "Duration (s)", "Duration (min)", "Duration (minutes)", "Duration (seconds)", "duration_s", "Downtime",
        "Duration (in mins.)", "duration_seconds", "Length", "Länge",
        "Duration (ms)", "durationNs", "Ausfalldauer", "Dauer Min", "Dauer Sek", "Minuten", "Minutes",
    ),
    "day": (
        "Datum", "Date", "Tag", "Day",
    ),
    "state": (
        "Status", "State", "Event", "Ereignis", "Zustand", "Type", "Typ",
    ),
    "target": (
        "Ziel", "Target", "Monitor", "Host", "Anschluss", "Line", "Leitung", "Standort", "Site", "Name", "Check",
    ),
    "note": (
        "Bemerkung", "Notiz", "Note", "Grund", "Reason", "Ursache", "Cause", "Kommentar", "Comment", "Nr", "Nr.",
        "Id", "Lfd. Nr.", "#",
    ),
}  # fmt: skip
# Problems of a monitor: when each was seen, and when it was over.
PROBLEM = {
    **OUTAGE,
    "start": ("Time", "Zeit", "Problem time", "Zeitpunkt", "clock"),
    "end": (
        "Recovery time",
        "Recovered at",
        "Wiederherstellungszeit",
        "Wiederhergestellt",
        "Recovery",
        "r_clock",
    ),
}
PROBE = {
    "time": (
        "Time", "Timestamp", "Zeit", "Zeitpunkt", "Zeitstempel", "Date time", "DateTime", "Datum/Uhrzeit",
        "Datum und Uhrzeit", "Date and time", "created_at", "checked_at", "ts", "Date-Time", "epoch", "unixtime",
        "clock", "Sent Time", "Gesendet",
    ),
    "day": (
        "Datum", "Date", "Tag", "Day",
    ),
    "clock": (
        "Uhrzeit", "Zeit", "Time",
    ),
    "state": (
        "Status", "State", "Zustand", "Up", "Online", "Success", "Erfolg", "Erreichbar", "Reachable", "Result",
        "Ergebnis", "OK", "Alive", "Available", "Verfügbar", "Connected", "Verbunden", "probe_success", "Reply",
    ),
    "rtt": (
        "rtt", "Ping", "Latency", "Latenz", "ms", "rtt_ms", "ping_ms", "latency_ms", "Antwortzeit",
        "Response time", "Antwortzeit (ms)", "Response time (ms)", "Latenz (ms)", "Latency (ms)", "Ping (ms)",
        "rtt (ms)", "Laufzeit (ms)", "Ping Time", "Zeit (ms)", "Time (ms)", "response_ms", "Roundtrip", "ResponseTime",
    ),
    "target": (
        "Target", "Ziel", "Host", "Monitor", "monitor_id", "Adresse", "Address", "Destination", "IP", "Server",
        "Name", "Check", "IP Address", "itemid",
    ),
}  # fmt: skip
_UTC = ZoneInfo("UTC")
_ABOUT = re.compile(
    r"ausf(?:a|ä|ae)ll|st[oö]rung|outage|downtime|offline|down\b|internet|leitung|abbr", re.IGNORECASE
)
_UP = frozenset(fold(w) for w in (
    "up", "1", "true", "ok", "online", "success", "successful", "ja", "yes", "erreichbar", "reachable", "alive",
    "verbunden", "connected", "available", "verfügbar", "erfolgreich", "wahr", "healthy", "1.0", "reply", "y", "j",
    "on", "succeeded", "clear", "normal",
))  # fmt: skip
_DOWN = frozenset(fold(w) for w in (
    "down", "0", "false", "fail", "failed", "failure", "offline", "timeout", "timed out", "error", "nein", "no",
    "nicht erreichbar", "unreachable", "getrennt", "disconnected", "lost", "fehler", "falsch", "unhealthy", "0.0",
    "zeitüberschreitung", "unavailable", "dead", "n", "no reply", "no answer", "keine antwort", "ausfall", "störung",
    "offline seit", "is down", "off", "request timed out", "timedout", "11010", "destinationhostunreachable",
    "destinationnetworkunreachable",
    "alert", "problem", "critical", "alerting", "firing",
))  # fmt: skip
_NEITHER = frozenset(fold(w) for w in (
    "pending", "2", "maintenance", "3", "wartung", "unknown", "unbekannt", "paused", "pausiert", "started", "n/a",
))  # fmt: skip
_LOST = frozenset(
    {
        "",
        "-",
        "*",
        "nan",
        "timeout",
        "n/a",
        "none",
        "null",
        "-1",
        "-1.0",
        "timed out",
        "lost",
        "∞",
        "inf",
        "err",
        "error",
        "undefined",
        "u",
        "loss",
        "no reply",
        "request timed out",
        "zeitüberschreitung",
    }
)
_UNITS = {
    "ns": 1e-9,
    "ms": 1e-3,
    "s": 1,
    "sek": 1,
    "sec": 1,
    "m": 60,
    "min": 60,
    "mins": 60,
    "h": 3600,
    "std": 3600,
    "d": 86400,
    "t": 86400,
}
_PART = re.compile(
    r"(?<!\d)(\d{1,12}(?:[.,]\d{1,12})?)\s{0,20}(d|tage?|days?|h|std|stunden?|hours?|hrs?|m|mins?|minuten?|minutes?|s|sek|secs?|sekunden?|"
    r"seconds?)\b\.?,?\s*(?:und |and )?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(\d{1,3})(?:d| Tage?,?| days?,?) )?(\d{1,4}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")


def outages(content: str, name: str) -> tuple[Listing, bool] | None:
    """The headings of a table of outages, and whether they or its name speak of outages at all."""
    found = export.find(content, OUTAGE, ("start", "end")) or export.find(
        content, OUTAGE, ("start", "duration")
    )
    if found is None:
        problems = export.find(content, PROBLEM, ("start", "end"))
        return (problems, True) if problems else None
    if any(wall_time.stamp(cell, _UTC) for cell in found.head.cells):
        return None  # a row whose words 'up' and 'down' are no headings
    known = {fold(word) for words in OUTAGE.values() for word in words if isinstance(word, str)}
    placed = set(found.places.values())
    foreign = [c for at, c in enumerate(found.head.cells) if c and at not in placed and fold(c) not in known]
    if {"start", "end", "state"} <= found.places.keys():
        return found, True  # a state with its beginning and its end
    about = bool(_ABOUT.search(name) or any(map(turns.ABOUT.search, found.head.cells)))
    about = about or bool(_ABOUT.search(" ".join(found.head.cells)))
    return (found, about) if about or not foreign else None


def probes(content: str) -> Listing | None:
    """The headings of a table of probes: a time, and whether it was answered or how long it took."""
    for time in (("time",), ("day", "clock"), ("clock",), ("day",)):
        for said in (("state",), ("rtt",)):
            if found := export.find(content, PROBE, (*time, *said)):
                return found
    valued = {**PROBE, "clock": (), "state": ("Value", "Wert")}
    return export.find(content, valued, ("time", "state"))


def state(raw: str) -> bool | None:
    """Up, down, or neither of the two, by a word or a phrase; raises ValueError for one that nobody knows."""
    try:
        return word(raw)
    except ValueError:
        found = turns.state_in(raw)
        if found is None:
            raise
        return found


def word(raw: str) -> bool | None:
    """The same by a single word."""
    said = fold(raw)
    if said in _UP:
        return True
    if said in _DOWN:
        return False
    if said in _NEITHER:
        return None
    raise ValueError(raw)


def rtt(raw: str) -> float | None:
    """Seconds until the answer from milliseconds, None for a lost probe; raises ValueError for other words."""
    said = re.sub(r"\s{0,20}ms$", "", raw.strip().lower())
    if said in _LOST:
        return None
    found = float(said.replace(",", "."))
    if not 0 <= found < 1e7:
        raise ValueError(raw)
    return found / 1000


def duration(raw: str, heading: str) -> timedelta | None:
    """A length: 1:30:00, '1 h 30 min', or a number in the unit of its heading, seconds where it names none."""
    said = raw.strip()
    if hit := _CLOCK.fullmatch(said):
        first, second, third = int(hit[2]), int(hit[3]), hit[4]
        days = timedelta(days=int(hit[1] or 0))
        if third is None and re.search(r"min", heading, re.I) and not hit[1]:
            return timedelta(minutes=first, seconds=second)
        return days + timedelta(hours=first, minutes=second, seconds=int(third or 0))
    parts = _PART.findall(said)
    if parts and not _PART.sub("", said).strip():
        return timedelta(seconds=sum(float(n.replace(",", ".")) * _unit(word) for n, word in parts))
    try:
        value = float(said.replace(",", "."))
    except ValueError:
        return None
    return timedelta(seconds=value * unit) if 0 <= value * (unit := _unit_of(heading)) < 1e8 else None


def _unit(word: str) -> int:
    lower = word.lower()
    return (
        86400
        if lower[0] in "dt"
        else 3600
        if lower[0] == "h" or lower.startswith(("std", "stu"))
        else 60
        if lower[0] == "m"
        else 1
    )


def _unit_of(heading: str) -> float:
    """Seconds of the unit that a heading names."""
    words = re.findall(r"[A-Z]?[a-zäöü]+", heading if heading != heading.upper() else heading.lower())
    words = [word.lower() for word in words]
    for word in reversed(words):
        if word in _UNITS:
            return _UNITS[word]
        if word.startswith(("minut", "stund", "hour", "sekund", "second", "tag", "day")):
            return _unit(word)
    return 1
