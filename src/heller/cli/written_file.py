"""A file that a verb writes for a person: what is said where the disk refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from heller.model.errors import StoreFailed
from heller.model.text import Text, text


@contextmanager
def writing(path: Path, why: Text, do: Text) -> Iterator[None]:
    """Turns the disk's refusal into StoreFailed, with what hangs on the file and what to do."""
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise StoreFailed(
            what=text("{path} cannot be written: {problem}.", path=str(path), problem=reason), why=why, do=do
        ) from problem
