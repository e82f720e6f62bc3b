"""Lines of key=value, as Sophos and Fortinet write them, with a syslog head or without: what they say as a line of
syslog. What a message means is told by `devices`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_PAIR = re.compile(r'(?:^|(?<=[\s>]))(\w[\w.-]*)=("(?:[^"\\]|\\.)*"|\S*)')
_HOURS = {"UTC": 0, "GMT": 0, "Z": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2}
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")
# Under which keys each of them says who writes, what of it, and what is said.
_HOST = ("device_name", "devname", "fw", "host", "hostname")
_PROGRAM = ("log_component", "logdesc", "subtype", "component")
_SAID = ("message", "msg")
_MORE = ("status", "gateway_name", "interface", "newvalue", "action")


class Keyed(NamedTuple):
    """A line's stamp on its wall clock, or as an instant where it says its offset; who wrote it, and what."""

    at: datetime
    host: str
    program: str
    said: str


def keyed(raw: str) -> Keyed | None:
    """The parts of a line; None where it has no day and time of its own among its keys."""
    if "time=" not in raw and "timestamp=" not in raw:
        return None
    pairs = {key.lower(): value.strip('"') for key, value in _PAIR.findall(raw)}
    try:
        at = datetime.fromisoformat(
            pairs.get("timestamp") or " ".join(filter(None, (pairs.get("date"), pairs["time"])))
        )
    except (KeyError, ValueError):
        return None
    away = _away(pairs)
    if at.tzinfo is not None:
        at = at.astimezone(UTC)
    elif away is not None:
        at = (at - away).replace(tzinfo=UTC)
    more = " ".join(f"{key}={pairs[key]}" for key in _MORE if pairs.get(key))
    said = " ".join(filter(None, (_first(pairs, _SAID), more)))
    return Keyed(at, _first(pairs, _HOST), _first(pairs, _PROGRAM), said) if said else None


def _first(pairs: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((pairs[key] for key in keys if pairs.get(key)), "")


def _away(pairs: dict[str, str]) -> timedelta | None:
    """How far the clock is ahead of UTC, where the line says so."""
    label = pairs.get("tz") or pairs.get("timezone") or ""
    if label in _HOURS:
        return timedelta(hours=_HOURS[label])
    hit = _OFFSET.search(label)
    if hit is None:
        return None
    found = timedelta(hours=int(hit[2]), minutes=int(hit[3]))
    return -found if hit[1] == "-" else found
