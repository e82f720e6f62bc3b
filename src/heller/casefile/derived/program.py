"""Which program read or worked something out: a digest of its own files and of what is installed.

What another one kept is not believed. It decides nothing about what is kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

HOME = Path(__file__).parents[2]
READING = ("intake", "model", "casefile/apart", "casefile/derived")  # what a reading follows from
DOORS = ("cli", "web", "locale", "dossier", "watch")  # what no claim follows from


@cache
def reading() -> str:
    """The program as far as it reads files."""
    return _digest(lambda name: name.startswith(tuple(f"{part}/" for part in READING)))


@cache
def working_out() -> str:
    """The program as far as it works out a claim."""
    return _digest(lambda name: True)


def _digest(counts: Callable[[str], bool]) -> str:
    """One digest over the names and bytes of the files that count, the Python, what is installed."""
    own = [one for one in _files() if counts(one[0])]
    return sha256(repr((sys.version, _installed(), own)).encode()).hexdigest()[:32]


@cache
def _files() -> tuple[tuple[str, str], ...]:
    """The files of the program but its doors, by their names with the digests of their bytes, in order."""
    return tuple(sorted(_under(str(HOME), "", DOORS)))


def _under(folder: str, inside: str, left: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """The files of one folder and of those in it. Every verb asks, so that nothing is made of a file but its digest."""
    with os.scandir(folder) as found:
        for entry in found:
            name = f"{inside}{entry.name}"
            if not entry.is_dir():
                with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 -- a Path costs as much as the digest
                    yield name, sha256(file.read()).hexdigest()
            elif entry.name != "__pycache__" and entry.name not in left:
                yield from _under(entry.path, f"{name}/")


def _installed() -> list[str]:
    """Name and version of every package beside this one, as the folders say; a package of text or numbers that
    changes may change what is read."""
    homes = {Path(place) for place in sys.path if place.endswith("site-packages")}
    return sorted(entry.name for home in homes if home.is_dir() for entry in home.glob("*.dist-info"))
