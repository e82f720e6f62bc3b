"""Which program read or worked something out: a digest of its own files, of what is installed, of its tools.

What another one kept is not believed. It decides nothing about what is kept.
"""

from __future__ import annotations

import shutil
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

HOME = Path(__file__).parents[2]
READING = ("intake", "model", "casefile/apart", "casefile/derived")  # what a reading follows from
DOORS = ("cli", "web", "locale", "dossier", "watch")  # what no claim follows from


@cache
def reading() -> str:
    """The program as far as it reads files."""
    return _digest(tuple(HOME / part for part in READING))


@cache
def working_out() -> str:
    """The program as far as it works out a claim."""
    return _digest(tuple(part for part in sorted(HOME.iterdir()) if part.name not in DOORS))


def _digest(parts: tuple[Path, ...]) -> str:
    """One digest over the names and bytes of all files, the Python, what is installed, the recognition."""
    found = sha256(repr((sys.version, _installed(), _recognition())).encode())
    for part in parts:
        for path in [part] if part.is_file() else sorted(part.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                found.update(f"\0{path.relative_to(HOME)}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:32]


def _installed() -> list[str]:
    """Name and version of every package beside this one, as the folders say; a package of text or numbers that
    changes may change what is read."""
    homes = {Path(place) for place in sys.path if place.endswith("site-packages")}
    return sorted(entry.name for home in homes if home.is_dir() for entry in home.glob("*.dist-info"))


def _recognition() -> tuple[str, int]:
    """The program that recognises words on pictures; with another one they may be others."""
    found = shutil.which("tesseract")
    return (found, Path(found).stat().st_mtime_ns) if found else ("", 0)
