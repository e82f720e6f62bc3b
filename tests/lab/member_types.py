"""Changes the type of every JSON value in a bundle, adjusts every digest, and asks heller verify.

Whatever a member says, the answer is that the bundle holds or does not hold, with a place: never a fault of the
program. `python -m tests.lab.member_types --minutes 5` does it for as long as that; the tests take some.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.journal.authority import served
from tests.lab.contents import name_file
from tests.lab.forger import Forger
from tests.lab.world import World, closed, honest

from heller.casefile.bundle.verify import verify_bytes
from heller.journal.canonical import canonical

VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**53 - 1, "", "x", "2015-13-45T99:99:99Z", "\ud7ff", [], [[]], {}, {"": None}, [None, 1, "x"],
)  # fmt: skip
NAMED = ("data/claim.json", "data/closed.jsonl")


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to every value inside a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places(one, (*path, key))


def changed(value: Any, path: tuple[str | int, ...], to: Any) -> Any:
    """The value with another one at a path."""
    made = json.loads(json.dumps(value))
    at = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return made


def in_an_entry(world: World, dice: random.Random) -> tuple[str, bytes]:
    """One value of one entry's body, or the whole body, is another; chain and tree heads made anew."""
    f = Forger(world)
    if dice.randrange(4):
        f.unstamped()
    items = f.items()
    item = dice.choice([one for one in items if one.body])
    path = dice.choice([(), *places(item.body)])
    to = dice.choice(VALUES)
    item.body = changed(item.body, path, to) if path else {"x": to}
    f.rewrite(items)
    with suppress(TypeError, ValueError, KeyError):  # else the tree heads stay as they were
        f.reanchor()
    return f"{item.kind} {path} -> {to!r}", f.seal()


def in_a_member(world: World, dice: random.Random) -> tuple[str, bytes]:
    """One value of a member that the dossier's entry names is another, or its lines are no JSON."""
    f = Forger(world)
    f.unstamped()
    name = dice.choice([n for n in NAMED if n in f.files])
    rows = f.files[name].splitlines() if name.endswith("jsonl") else [f.files[name]]
    n = dice.randrange(len(rows))
    value = json.loads(rows[n])
    path, to = dice.choice([*places(value)]), dice.choice(VALUES)
    rows[n] = canonical(changed(value, path, to))
    f.files[name] = b"\n".join(rows) + b"\n"
    items = f.items()
    told = [one for one in items if one.kind == "dossier"][-1]
    name_file(told, name.removeprefix("data/"), f.files[name])
    f.rewrite(items)
    f.reanchor()
    return f"{name} {path} -> {to!r}", f.seal()


def in_text(world: World, dice: random.Random) -> tuple[str, bytes]:
    """A member that is no JSON holds other bytes."""
    f = Forger(world)
    name = dice.choice([n for n in f.files if not n.startswith("data/objects/")])
    data = bytearray(f.files[name])
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(data) + 1)
        data[at : at + dice.randrange(3)] = dice.choice(
            (b"", b"\0", b"\xff", b"\r", b"{", b"9" * 30, b"\xef\xbb\xbf")
        )
    f.files[name] = bytes(data)
    return f"{name}: bytes", f.seal(dice.choice(("drop", "keep")))


def tried(worlds: list[World], dice: random.Random) -> str:
    """One bundle made and asked; what went wrong, or nothing."""
    make = dice.choice((in_an_entry, in_an_entry, in_a_member, in_text))
    try:
        what, data = make(dice.choice(worlds), dice)
    except (ValueError, TypeError, KeyError):
        return ""  # not even a forger can write that down
    try:
        verify_bytes(data)
    except Exception:
        return f"{what}\n{traceback.format_exc()}"
    return ""


def main() -> int:
    """Try for some minutes; prints how many, and every fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as keys, TemporaryDirectory() as name, served(Path(keys)) as authority:
        world = honest(Path(name) / "world", authority)
        worlds, dice = [world, closed(world, Path(name))], random.Random(given.seed)
        ends, count, faults = time.monotonic() + 60 * given.minutes, 0, 0
        while time.monotonic() < ends:
            fault = tried(worlds, dice)
            count += 1
            if fault:
                faults += 1
                print(fault)
    print(f"{count} bundles with a value of another type, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
