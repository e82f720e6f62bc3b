"""The files that a person means by naming files and folders: regular ones, no link out of a folder, and what was
left out with its reason. It opens nothing: a pipe that is opened may wait for ever.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from heller.casefile.writing.own_files import own_folder, require_no_case
from heller.model.errors import InputRefused
from heller.model.text import Text, text

KINDS: tuple[tuple[int, Text], ...] = (
    (stat.S_IFLNK, text("a link; name what it leads to")),
    (stat.S_IFIFO, text("a pipe, no file")),
    (stat.S_IFSOCK, text("a socket, no file")),
    (stat.S_IFCHR, text("a device, no file")),
    (stat.S_IFBLK, text("a device, no file")),
)


class LeftOut(Struct, frozen=True):
    """What lies in a folder and is not taken in, and why."""

    path: Path
    why: Text


class Walked(Struct, frozen=True):
    """Files in order of name, and what was left out."""

    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...] = ()


def walk(paths: Sequence[Path]) -> Walked:
    """Files as they are named, folders walked in order of name. Raises InputRefused where a name is that of a pipe,
    a socket or a device."""
    files: list[Path] = []
    left: list[LeftOut] = []
    for path in paths:
        if path.is_dir():
            require_no_case(path)
            for found in _inside(path, left):
                files.append(found)
        else:
            files.append(_regular(path))
    return Walked(tuple(files), tuple(left))


def _inside(folder: Path, left: list[LeftOut]) -> Iterator[Path]:
    """The regular files of a folder; whatever else lies there goes to `left`."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        left.append(LeftOut(folder, text("you may not look into it ({reason})", reason=error.strerror or "")))
        return
    for path in paths:
        mode = path.lstat().st_mode
        if path.name.startswith("."):
            left.append(LeftOut(path, text("hidden")))
        elif stat.S_ISDIR(mode) and own_folder(path):
            left.append(LeftOut(path, text("a case of Heller")))
        elif stat.S_ISDIR(mode):
            yield from _inside(path, left)
        elif stat.S_ISREG(mode):
            yield path
        else:
            left.append(LeftOut(path, _kind(mode)))


def _kind(mode: int) -> Text:
    return next((said for kind, said in KINDS if stat.S_IFMT(mode) == kind), text("no file"))


def _regular(path: Path) -> Path:
    """A name as it was given, links followed; one that is not there is refused when it is read."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return path
    if stat.S_ISREG(mode):
        return path
    raise InputRefused(
        what=text("{name} cannot be taken in: {why}.", name=str(path), why=_kind(mode)),
        why=text("Nothing was added; the case is as it was."),
        do=text("Copy what it gives into a file and name that."),
    )
