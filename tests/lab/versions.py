"""Attacks by a bundle that says another Heller made it, so that its bytes need not be the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from tests.lab.attack import MISSED, attack
from tests.lab.contents import name_file
from tests.lab.forger import Forger
from tests.lab.world import AS_OF

from heller import casefile, dossier, pipeline
from heller.dossier.blocks import Dossier
from heller.journal import store

GROUP = "another version named"
OLD = "heller 0.0.9, typst 0.1.0, files 0123456789abcdef"
NOT_TYPESET = "only a program that typesets and works out again can tell"
OTHER_RULES = (
    "another version may come to other figures: it is named first, with its own exit code, as not checked"
)
PDF, CLAIM = "data/dossier-de.pdf", "data/claim.json"


def named(f: Forger, program: str = OLD, **body: object) -> bytes:
    """Name another program (none: leave it), and every file as it lies there now; chain and tree heads made anew."""
    items = f.items()
    told = items[f.find("dossier")]
    for name in (told.body or {})["files"]:
        name_file(told, name, f.files[f"data/{name}"])
    told.body = {**(told.body or {}), **({"program": program} if program else {}), **body}
    f.rewrite(items)
    f.reanchor()
    return f.seal()


@cache
def _pages(folder: Path, old: str, new: str) -> bytes:
    """The dossier of a case, typeset with other words in it."""
    claimed = casefile.claim(folder, AS_OF)
    plain = json.dumps(msgspec.to_builtins(pipeline.compose(claimed, "de")))
    made = msgspec.json.decode(plain.replace(old, new), type=Dossier, strict=False)
    originals = {e.digest: store.get_object(folder, e.digest) for e in claimed.case.exhibits}
    return dossier.typeset(made, originals)


def _printed(f: Forger, old: Callable[[dict[str, Any]], str], new: str) -> None:
    told = json.loads(f.files[CLAIM])
    f.files[PDF] = _pages(f.world.folder, old(told), new)


def _due(told: dict[str, Any]) -> str:
    cents = told["totals"]["due"]["likely"]["cents"]
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"


@attack(
    GROUP,
    "older program named, another sum due on its pages",
    script=MISSED,
    shell=MISSED,
    why=NOT_TYPESET,
    unchecked="pages",
    plain=True,
)
def old_with_other_sum(f: Forger) -> bytes:
    """The pages demand more than the claim beside them; an older Heller is said to have typeset them."""
    _printed(f, _due, "98.765,43")
    return named(f)


@attack(
    GROUP,
    "older program named, figures altered",
    heller=MISSED,
    script=MISSED,
    shell=MISSED,
    why=OTHER_RULES,
    says="so they were not worked out again",
    plain=True,
)
def old_with_other_figures(f: Forger) -> bytes:
    """A sum in the claim for programs is raised; an older Heller is said to have worked it out."""
    f.change(CLAIM, lambda data: data.replace(b'"cents": 86000', b'"cents": 96000'))
    return named(f)


@attack(
    GROUP,
    "older program named, sheet altered",
    script=MISSED,
    shell=MISSED,
    why="the sheet is what they are",
    unchecked="sheets",
    plain=True,
)
def old_with_other_sheet(f: Forger) -> bytes:
    """The sheet leaves out a line; an older Heller is said to have put it there."""
    f.change("data/PRUEFEN.txt", lambda data: data.replace(b"sha256sum", b"true", 1))
    return named(f)


@attack(
    GROUP,
    "newer program named, script altered",
    heller=MISSED,
    script=MISSED,
    shell=MISSED,
    why="nobody can know what a later version will put there: it is named as not checked",
    says="do not follow it",
    plain=True,
)
def new_with_other_script(f: Forger) -> bytes:
    """The script says that every bundle holds; a Heller of the future is said to have put it there."""
    f.files["data/verify.py"] = b'print("The bundle holds.")\n'
    return named(f, "heller 99.0.0, typst 99")


@attack(GROUP, "dossier that rests on less than the journal", plain=True)
def basis_cut(f: Forger) -> bytes:
    """The entry of the dossier names fewer entries than stood before it: the last ones speak against it."""
    return named(f, entries=f.find("dossier") - 4)
