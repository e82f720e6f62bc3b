"""The tests of the lab that this run does (`tests.part`)."""

from __future__ import annotations

import pytest
from tests.part import part_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those of the lab alone are parted: a run may have others beside them."""
    here = [one for one in items if one.path.parent.name == "lab"]
    left = {id(one) for one in here} - {id(one) for one in part_of(here)}
    items[:] = [one for one in items if id(one) not in left]
