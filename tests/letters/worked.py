"""The worked cases of 2026, as their stories tell them: letters and dossier as text. Run as a module it writes the
golden files under `worked/`: look at the difference before you keep it."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from heller import casefile, pipeline
from heller.cli import app
from heller.dossier.blocks import Figure, Part
from heller.dossier.letter_frame import plain
from heller.dossier.letters import letters
from heller.dossier.parts import adjuster, elements, schedule, waterfall, worlds
from heller.dossier.writer import Pen
from heller.model.claim import Claim

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
AS_OF = date(2026, 6, 30)
MIDDLE = {  # each case, and a day in the middle of its outage
    "print-shop": date(2026, 3, 10),
    "tailor": date(2026, 3, 6),
    "carrier": date(2026, 5, 8),
}
LETTERS = {
    "print-shop": ("lawyers_letter", "offer_refusal", "statement_of_claim"),
    "tailor": ("claim", "payment_order"),
    "carrier": ("claim", "reminder", "statement_of_claim"),
}


def told(folder: Path, name: str) -> None:
    """A case as the commands of its story make it."""
    before = Path.cwd()
    os.chdir(EXAMPLES / name)
    try:
        assert app.run(["open", str(folder)]) == 0
        for line in Path("story.txt").read_text("utf-8").splitlines():
            assert app.run([str(folder) if word == "CASE" else word for word in shlex.split(line)]) == 0, line
    finally:
        os.chdir(before)


def claims(folder: Path, name: str) -> tuple[Claim, Claim]:
    """The claim in the middle of the outage and after it, always under the same reference."""
    case = replace(casefile.claim(folder, AS_OF).case, id="0" * 64)
    return pipeline.claim(case, MIDDLE[name]), pipeline.claim(case, AS_OF)


def letters_text(name: str, found: tuple[Claim, Claim], lang: str) -> str:
    """The interim statement, then the letters of the day."""
    middle, after = found
    pairs = [("interim_statement", middle), *((kind, after) for kind in LETTERS[name])]
    said = []
    for kind, claim in pairs:
        pen = Pen(claim, lang)
        said.append(f"=== {kind}\n\n{plain(letters()[kind].write(pen)).body}")
    return "\n".join(said)


def dossier_text(claim: Claim, lang: str) -> str:
    """What the parts with figures print, cell by cell."""
    pen = Pen(claim, lang)
    found = (elements, schedule, worlds, adjuster, waterfall)
    parts = [one.part(pen) for one in found]
    return "\n".join(_lines(tuple(part for part in parts if part is not None))) + "\n"


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, Part):
        yield f"=== {value.title}"
    if isinstance(value, Figure):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        names = value.__struct_fields__
        if "cells" in names:
            yield " | ".join(" ".join(_lines(cell)) for cell in value.cells)  # type: ignore[attr-defined]
            return
        for field in ("text", "note", "title", "label", "tail", "rows", "items", "refs", "blocks", "cells"):
            if field in names and not (isinstance(value, Part) and field == "title"):
                yield from (one for one in _lines(getattr(value, field)) if one)
    elif isinstance(value, tuple):
        for item in value:
            yield from _lines(item)


if __name__ == "__main__":
    for case in MIDDLE:
        with tempfile.TemporaryDirectory() as scratch:
            told(Path(scratch) / "case", case)
            made = claims(Path(scratch) / "case", case)
        for language in ("de", "en"):
            (HERE / "worked" / f"{case}.letters.{language}.txt").write_text(
                letters_text(case, made, language)
            )
            (HERE / "worked" / f"{case}.dossier.{language}.txt").write_text(dossier_text(made[1], language))
