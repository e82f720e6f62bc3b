"""Python's garbage collector while a watch runs: it looks for circles among what is kept, and rows hold none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ROWS = 50_000  # objects more than were freed until circles are looked for


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Rows hold no circles, and looking for some among tens of thousands costs more than keeping them does."""
    before = gc.get_threshold()
    gc.set_threshold(ROWS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
