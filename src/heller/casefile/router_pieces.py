"""What a watch kept of routers, taken into the case as exhibits: pieces of their logs and of their lines' values, each
with new entries only. A piece stays until its exhibit is there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from heller.casefile.writing import take_in
from heller.casefile.writing.take_in import Added
from heller.watch.keeping import store
from heller.watch.router import kept


def take(folder: Path) -> tuple[Added, ...]:
    """Take in what was written since the last time; nothing where no router is asked. Raises NotACase, StoreFailed."""
    home = folder / store.HOME
    pieces = kept.take_pieces(home, datetime.now(UTC)) if home.is_dir() else []
    if not pieces:
        return ()
    added = take_in.take_in(folder, [(piece.name, piece.read_bytes()) for piece in pieces])
    for piece in pieces:
        piece.unlink()
    return added
