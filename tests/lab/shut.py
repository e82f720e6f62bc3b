"""Attacks on closed fields: their digests, places and marks, the list of them, the sums that rest on them."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

from tests.lab.attack import MISSED, attack
from tests.lab.contents import NOT_TYPESET, name_file
from tests.lab.forger import B, Forger, plain
from tests.lab.world import AS_OF

from heller import casefile
from heller.casefile.bundle import close, marked_text
from heller.casefile.bundle.scope import Scope

GROUP = "closed fields"
C = "data/closed.jsonl"
SEALED = (
    "a salted digest says nothing before it is opened; an entry opened as a whole (`heller open-field --whole`) "
    "shows it"
)


def lists(f: Forger) -> list[dict[str, Any]]:
    """The closed entries, open to be forged."""
    return [json.loads(line) for line in f.files[C].splitlines()]


def table(closed: list[dict[str, Any]]) -> dict[str, Any]:
    """The one that has wages."""
    return next(one for one in closed if any(c["field"] == "wages" for c in one["cells"]))


def put(f: Forger, closed: list[dict[str, Any]]) -> None:
    """Write them back."""
    before = f.files[C]
    f.files[C] = b"".join(map(plain, closed))
    assert f.files[C] != before


def unstamped(f: Forger) -> None:
    """Take out all stamps; the closed entries get the numbers that their lines have then."""
    kept = [number for number, item in enumerate(f.items()) if item.kind != "stamp"]
    f.unstamped()
    put(f, [{**one, "entry": kept.index(one["entry"])} for one in lists(f)])


def everywhere(f: Forger) -> bytes:
    """Let the journal name the list as it is now; chain and tree heads are made anew."""
    items = f.items()
    told = [item for item in items if item.kind == "dossier" and item.body is not None][-1]
    name_file(told, "closed.jsonl", f.files[C])
    said = [item for item in items if item.kind == "closed"][-1]
    said.body = {**(said.body or {}), "digest": sha256(f.files[C]).hexdigest()}
    f.rewrite(items)
    f.reanchor()
    return f.seal()


def edited(f: Forger, edit: Callable[[list[dict[str, Any]]], object]) -> None:
    """Edit the closed entries."""
    closed = lists(f)
    edit(closed)
    put(f, closed)


@attack(GROUP, "digests of two closed fields swapped", shut=True)
def digests_swapped(f: Forger) -> bytes:
    """Two closed wages have each other's digest."""

    def edit(closed: list[dict[str, Any]]) -> None:
        one, two = [c for c in table(closed)["cells"] if c["field"] == "wages"][:2]
        one["closed"], two["closed"] = two["closed"], one["closed"]

    edited(f, edit)
    return f.seal()


@attack(GROUP, "closed field renamed", shut=True)
def renamed(f: Forger) -> bytes:
    """A closed wage is said to be a remark."""
    edited(f, lambda closed: table(closed)["cells"][1].update(place="7 row 2, Bemerkung (2)"))
    return f.seal()


@attack(GROUP, "kind of a closed field altered", shut=True)
def kind_altered(f: Forger) -> bytes:
    """A closed wage is said to be a name."""
    edited(f, lambda closed: table(closed)["cells"][1].update(field="names"))
    return f.seal()


@attack(GROUP, "list of closed fields taken out", shut=True)
def list_out(f: Forger) -> bytes:
    """What is closed is not said any more; bodies and originals are still missing."""
    del f.files[C]
    return f.seal()


@attack(GROUP, "open entry said to be closed", shut=True)
def open_hidden(f: Forger) -> bytes:
    """A note that speaks against the claim is taken out, and the list says that it is closed."""
    items = f.items()
    number = next(i for i, item in enumerate(items) if item.kind == "correction" and item.body is not None)
    lines = f.lines(B)
    f.put_lines([x for x in lines if not x.endswith(b'"seq":%d}\n' % number)], B)
    more = {"body": {}, "cells": [], "encoding": "", "entry": number, "original": "", "says": ""}
    put(f, sorted([*lists(f), more], key=lambda one: one["entry"]))
    return f.seal()


@attack(GROUP, "closed entry has a body too", shut=True)
def both(f: Forger) -> bytes:
    """Beside what is shown of a closed entry lies a body that says something else."""
    number = lists(f)[0]["entry"]
    line = plain({"body": {"name": "anders.csv"}, "salt": secrets.token_hex(32), "seq": number})
    lines = f.lines(B)
    at = next((i for i, x in enumerate(lines) if json.loads(x)["seq"] > number), len(lines))
    f.put_lines([*lines[:at], line, *lines[at:]], B)
    return f.seal()


@attack(GROUP, "mark moved to another person", shut=True)
def mark_moved(f: Forger) -> bytes:
    """In what is shown of the hours, one person's hours get another's mark; object and list are adjusted."""

    def edit(closed: list[dict[str, Any]]) -> None:
        one = next(e for e in closed if e["original"] and "stunden" in str(e["body"]["name"]))
        name = f"data/objects/{one['original'][:2]}/{one['original']}"
        marks = [c["mark"] for c in one["cells"]]
        data = f.files.pop(name).replace(marks[0].encode(), marks[-1].encode())
        one["cells"][0]["mark"] = marks[-1]
        one["original"] = sha256(data).hexdigest()
        f.files[f"data/objects/{one['original'][:2]}/{one['original']}"] = data

    edited(f, edit)
    return f.seal()


@attack(GROUP, "shown original altered", shut=True)
def shown_altered(f: Forger) -> bytes:
    """An hour is added in what is shown of the hours, beside the closed names."""
    name = next(
        n for n, d in f.files.items() if n.startswith("data/objects/") and "Überstunden;".encode() in d
    )
    f.change(name, lambda data: data.replace(b"20:00", b"22:00"))
    return f.seal()


@attack(
    GROUP,
    "stated sum raised, journal adjusted too",
    shut=True,
    script=MISSED,
    shell=MISSED,
    why=NOT_TYPESET,
    unchecked="figures",
)
def stated_raised(f: Forger) -> bytes:
    """The sum that rests on closed wages is raised where the journal states it; no stamps."""
    unstamped(f)
    items = f.items()
    said = [item for item in items if item.kind == "closed"][-1]
    stated = json.loads(json.dumps((said.body or {})["stated"]))
    for end in ("low", "likely", "high"):
        stated[0]["actual"][end]["cents"] -= 100_000
    said.body = {**(said.body or {}), "stated": stated}
    f.rewrite(items)
    return everywhere(f)


@attack(GROUP, "digest of a closed field used twice, journal adjusted too", shut=True)
def digest_twice(f: Forger) -> bytes:
    """Two closed wages have one digest, as one salt for all would give; no stamps."""

    def edit(closed: list[dict[str, Any]]) -> None:
        one, two = [c for c in table(closed)["cells"] if c["field"] == "wages"][:2]
        two["closed"] = one["closed"]

    unstamped(f)
    edited(f, edit)
    return everywhere(f)


@attack(
    GROUP,
    "another value closed than was taken in",
    shut=True,
    heller=MISSED,
    script=MISSED,
    shell=MISSED,
    why=SEALED,
    unchecked="closed",
)
def other_value(f: Forger) -> bytes:
    """A changed program closes a higher wage than the original states; the rest is honestly made and stamped."""
    return lied(f.world.folder)


def lied(folder: Path) -> bytes:
    """The closed bundle of a case, made by a program that closes other wages than the originals state."""
    home = Path(mkdtemp())
    honest = marked_text.digest_of

    def digest(salted: bytes, seq: int, place: str, value: str) -> str:
        return honest(salted, seq, place, "99,99" if "Kosten" in place else value)

    try:
        case = Path(shutil.copytree(folder, home / "case"))
        with patch.object(close, "digest_of", digest):
            return casefile.build(
                case, AS_OF, "de", scope=Scope.ALL, close=("names", "wages")
            ).bundle.read_bytes()
    finally:
        shutil.rmtree(home)
