"""Where things lie in a case folder."""

from __future__ import annotations

import re
from pathlib import Path

from heller.model.errors import NotACase, UnfinishedCopy
from heller.model.text import text

JOURNAL, BODIES, OBJECTS = "journal.jsonl", "bodies.jsonl", "objects"
HANDED_OUT = "handed-out"  # copies of what was handed out, by running number and day
ANCHORS, QUEUE, RECOVERED, DERIVED, SAMPLES = "anchors", "queue", "recovered", "derived", "samples"
SEALS = "seals"  # the tokens over manifests of bundles


def is_case(folder: Path) -> bool:
    """Whether a folder holds a journal."""
    return (folder / JOURNAL).is_file()


def require_case(folder: Path) -> None:
    """Raise NotACase where there is no journal."""
    there = [name for name in (JOURNAL, BODIES) if (folder / name).is_file()]
    if len(there) == 1:
        lacking = BODIES if there == [JOURNAL] else JOURNAL
        raise UnfinishedCopy(
            what=text(
                "{folder} is the beginning of a case: {name} is not there.", folder=str(folder), name=lacking
            ),
            why=text("The copy of this folder is not finished yet, or the file was taken away."),
            do=text("Wait until the copy is done, or copy the file from where the folder comes from."),
        )
    if not is_case(folder):
        raise NotACase(
            what=text("{folder} is not a case folder.", folder=str(folder)),
            why=text("A case folder holds the file journal.jsonl; without it there is nothing to work on."),
            do=text("Make one with: heller open {folder}", folder=str(folder)),
        )


CONFLICTS = re.compile(r"(?:journal|bodies)(?!\.jsonl$).+\.jsonl", re.IGNORECASE)


def conflict_copies(folder: Path) -> tuple[str, ...]:
    """Other versions of the two files, as programs that synchronise folders leave them: their names have words
    between (`journal (conflicted copy).jsonl`, `journal.sync-conflict-20261130.jsonl`, `journal-LAPTOP.jsonl`)."""
    return tuple(sorted(path.name for path in folder.iterdir() if CONFLICTS.fullmatch(path.name)))


def object_path(folder: Path, digest: str) -> Path:
    """Where the original with this SHA-256 lies."""
    return folder / OBJECTS / digest[:2] / digest


def segment_path(folder: Path, name: str) -> Path:
    """Where a sealed segment of samples lies."""
    return folder / SAMPLES / name


def anchor_path(folder: Path, number: int) -> Path:
    """Where an anchor lies; they count from 1."""
    return folder / ANCHORS / f"{number:06}.txt"


def anchor_files(folder: Path) -> dict[int, Path]:
    """The anchor files that are there, by number, in order."""
    found = sorted((folder / ANCHORS).glob("[0-9][0-9][0-9][0-9][0-9][0-9].txt"))
    return {int(path.stem): path for path in found}
