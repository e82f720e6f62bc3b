"""What to order of RIPE Atlas, so that probes of others watch the office's address (RIPE Atlas, "Creating Measurements"
and "Credits"). Pure; nothing is ordered.
"""

from __future__ import annotations

import json
from typing import NamedTuple

INTERVAL = 240  # seconds between two results of a probe
PACKETS, SIZE = 3, 48
DAY = 86_400
PLACE = "https://atlas.ripe.net/api/v2/measurements/"


class AtlasOrder(NamedTuple):
    """A request, and what it costs in credits a day."""

    body: str
    credits: int


def order(address: str, country: str, probes: int) -> AtlasOrder:
    """Echo requests from so many probes of a country to the address, until somebody stops them."""
    said = {
        "definitions": [
            {
                "type": "ping",
                "af": 6 if ":" in address else 4,
                "target": address,
                "description": f"Reachability of {address}",
                "interval": INTERVAL,
                "packets": PACKETS,
                "size": SIZE,
                "resolve_on_probe": False,
            }
        ],
        "probes": [{"type": "country", "value": country, "requested": probes}],
        "is_oneoff": False,
    }
    return AtlasOrder(json.dumps(said, indent=2), probes * (DAY // INTERVAL) * PACKETS * (SIZE // 1500 + 1))
