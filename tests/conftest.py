"""How properties are tested: never against a clock; on a build server always the same examples."""

import os

import pytest
from hypothesis import HealthCheck, settings
from tests.journal.authority import authority
from tests.net.fixture import network
from tests.part import part_of

__all__ = ["authority", "network"]  # one for all rooms: making them takes a second each

settings.register_profile("heller", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("heller"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "heller")

PARTED = ("lab", "hostile")  # rooms whose whole run takes so long that it is done in parts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what is not of this run's part; tests of other rooms beside them are all run."""
    here = [one for one in items if one.path.parent.name in PARTED]
    left = {id(one) for one in here} - {id(one) for one in part_of(here)}
    items[:] = [one for one in items if id(one) not in left]
