"""What made a dossier: the versions of all that reads a file or draws a page, and the digest of Heller's own files.

Two programs with the same number may differ by a line; the digest tells them apart. It says which program
it was, not that the program is honest.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from platform import python_version

PRESS = (
    "heller",
    "typst",
    "vl-convert-python",
    "pypdfium2",
    "pikepdf",
    "pillow",
    "numpy",
    "rapidocr",
    "onnxruntime",
)
MADE = (".mo", ".pyc")  # made on each machine from the other files


def program() -> str:
    """What draws a page and its pictures: with the same the bytes are the same."""
    drawn_by = ", ".join(f"{name} {version(name)}" for name in PRESS)
    return f"{drawn_by}, python {python_version()}, files {files_digest()[:16]}"


def unknown_files(named: str) -> bool:
    """Whether a program that a bundle names may hold files that this one cannot know: a later Heller, or another one of
    the same number. What earlier ones held is known."""
    number = re.match(r"heller (\d+(?:\.\d+)*)", named)
    return number is not None and _parts(number[1]) >= _parts(version("heller")) and named != program()


def later(named: str) -> bool:
    """Whether a program that a bundle names is a Heller of a later number."""
    number = re.match(r"heller (\d+(?:\.\d+)*)", named)
    return number is not None and _parts(number[1]) > _parts(version("heller"))


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number)[:4])


@cache
def files_digest() -> str:
    """SHA-256, in hex, over name and digest of each file of this Heller, as sha256sum would list them."""
    home = Path(str(resources.files("heller")))
    paths = sorted(p for p in home.rglob("*") if p.is_file() and p.suffix not in MADE)
    lines = (f"{sha256(p.read_bytes()).hexdigest()}  {p.relative_to(home).as_posix()}\n" for p in paths)
    return sha256("".join(lines).encode()).hexdigest()
