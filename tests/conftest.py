"""How properties are tested: never against a clock; on a build server always the same examples."""

import os

from hypothesis import HealthCheck, settings
from tests.journal.authority import authority
from tests.net.fixture import network

__all__ = ["authority", "network"]  # one for all rooms: making them takes a second each

settings.register_profile("heller", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("heller"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "heller")
