"""What Home Assistant is told of the lines by MQTT (discovery: home-assistant.io/integrations/mqtt, "MQTT Discovery"):
one binary sensor of the class `connectivity` for each uplink. Pure; nothing is sent.

A state that is not renewed expires, so a watcher that died shows as unavailable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256

EXPIRES = 180  # seconds after which Home Assistant calls a state unavailable


def node(case: str) -> str:
    """What this watch is called there: no name of a firm, six digits that tell two cases apart."""
    return f"heller_{sha256(case.encode()).hexdigest()[:6]}"


def topic_of(watch: str, uplink: str) -> str:
    """The topic of an uplink's state."""
    return f"heller/{watch}/{_plain(uplink)}/state"


def discovery(prefix: str, watch: str, uplink: str, version: str) -> tuple[str, str]:
    """Topic and payload that have Home Assistant make the sensor."""
    identity = f"{watch}_{_plain(uplink)}"
    said = {
        "name": uplink,
        "unique_id": identity,
        "object_id": identity,
        "device_class": "connectivity",
        "state_topic": topic_of(watch, uplink),
        "payload_on": "ON",
        "payload_off": "OFF",
        "expire_after": EXPIRES,
        "device": {"identifiers": [watch], "name": "Heller", "manufacturer": "Heller", "sw_version": version},
        "origin": {"name": "Heller", "sw_version": version},
    }
    return f"{prefix}/binary_sensor/{identity}/config", json.dumps(said, sort_keys=True)


def states(watch: str, answering: Mapping[str, bool]) -> list[tuple[str, str]]:
    """Topic and payload of each uplink that is known to answer or not."""
    return [(topic_of(watch, name), "ON" if alive else "OFF") for name, alive in answering.items()]


def _plain(name: str) -> str:
    """A topic's level holds letters, digits, `_` and `-`; two names that become one are told apart by a digest."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", name)
    return plain if plain == name else f"{plain}_{sha256(name.encode()).hexdigest()[:4]}"
