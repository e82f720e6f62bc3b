"""The fixture `network`: one emulated network per worker, for every room (see tests/net/emulated.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.net import place
from tests.net.emulated import Network


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The emulated network; skips with a word where namespaces are not allowed."""
    if why := place.unavailable():
        pytest.skip(f"no emulated network: {why}")
    made = Network(tmp_path_factory.mktemp("network"))
    yield made
    made.close()
