"""The cases that this machine knows, and which of them a browser has open: a cookie says it, the server keeps nothing.

A new case is a folder in the home of all cases; one that lies elsewhere is known by a line in a list beside them.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heller import casefile
from heller.journal.mend import Source, mend
from heller.journal.places import JOURNAL, is_case
from heller.law.book.seat import of_zone
from heller.model.errors import HellerError, NotACase
from heller.model.text import text

CASE_COOKIE = "heller_case"
ELSEWHERE = "elsewhere.txt"  # in the home: one folder a line
BERLIN = "Europe/Berlin"
MOST = 200  # cases that are listed
LINK = re.compile(r".*/zoneinfo/(?:posix/)?(.+)$")


def home() -> Path:
    """Where new cases lie: `HELLER_CASES`, else the folder Heller of the person's own."""
    return Path(os.environ.get("HELLER_CASES") or Path.home() / "Heller")


class Hall:
    """The cases of one home."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def cases(self) -> tuple[Path, ...]:
        """The folders of all cases that are there, those in the home by name, then those elsewhere."""
        listed = self.place / ELSEWHERE
        lines = listed.read_text("utf-8").splitlines() if listed.is_file() else []
        away = (Path(line) for line in lines if line.strip())
        found = dict.fromkeys((*casefile.cases_in(self.place), *away))
        return tuple(folder for folder in found if is_case(folder))[:MOST]

    def folder(self, key: str) -> Path | None:
        """The folder of a case by its key; None where there is none."""
        return next((folder for folder in self.cases() if key_of(folder) == key), None)

    def begin(self, now: datetime) -> Path:
        """A new case, or the one of today in which nothing stands yet: who clicks twice begins once."""
        for number in range(1, MOST):
            folder = self.place / (f"{now:%Y-%m-%d}" if number == 1 else f"{now:%Y-%m-%d}-{number}")
            if not folder.exists():
                folder.parent.mkdir(parents=True, exist_ok=True)
                casefile.open_case(folder, zone=site_zone())
                return folder
            if is_case(folder) and len(casefile.entries(folder).entries) == 1:
                return folder
        raise NotACase(
            text("So many cases were begun today that none more can be named."),
            text("Each lies in a folder of its own, named by the day."),
            text("Give some of the folders in {place} another name.", place=str(self.place)),
        )

    def take_over(self, source: Source, name: str) -> Path:
        """A bundle as a case of its own; raises InputRefused where it is none."""
        folder = self.place / f"{name[:60]}-{secrets.token_hex(2)}"
        folder.mkdir(parents=True)
        (folder / JOURNAL).touch()
        try:
            mend(folder, source)
        except HellerError:
            shutil.rmtree(folder)
            raise
        return folder

    def remember(self, folder: Path) -> None:
        """Know a case that lies elsewhere. Raises NotACase where it is none."""
        if not is_case(folder):
            raise NotACase(
                text("{folder} is no case.", folder=str(folder)),
                text("A case is a folder in which journal.jsonl lies."),
                text("Name the folder itself, or add the ZIP file that you were sent."),
            )
        if folder.resolve() not in {one.resolve() for one in self.cases()}:
            self.place.mkdir(parents=True, exist_ok=True)
            with (self.place / ELSEWHERE).open("a", encoding="utf-8") as listed:
                listed.write(f"{folder.resolve()}\n")


def key_of(folder: Path) -> str:
    """How an address and a cookie name a case, without its path."""
    return sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def site_zone() -> str:
    """The time zone of this machine where a law that Heller knows is in force there, else that of Berlin."""
    link = Path("/etc/localtime")
    match = LINK.match(os.path.realpath(link)) if link.is_symlink() else None
    found = os.environ.get("TZ") or (match[1] if match else "")
    try:
        ZoneInfo(found)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return BERLIN
    return found if of_zone(found) else BERLIN
