"""What every test of a verb needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from heller.cli import screen


@pytest.fixture(autouse=True)
def _fresh_screen() -> Iterator[None]:
    """Consoles hold the stream of their first use; each test has its own."""
    for made in (screen.out, screen.err):
        made.cache_clear()
    yield
    screen.choose_language([])
