"""Single flipped bits: in the archive itself, and in any file of it with the archive packed anew."""

from __future__ import annotations

import io
import random
from pathlib import Path

from tests.lab import judges

from heller.journal.archive import facts, pack, unpack
from heller.journal.checking.verify import verify


def flipped(data: bytes, at: int, bit: int) -> bytes:
    """The bytes with one bit turned over."""
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


def one(bundle: bytes, dice: random.Random, *, inside: bool) -> tuple[str, bytes]:
    """One try. A byte of the whole bundle is chosen, or a file and then a byte of it."""
    if not inside:
        at, bit = dice.randrange(len(bundle)), dice.randrange(8)
        return f"byte {at}, bit {bit}", flipped(bundle, at, bit)
    files = {name: bytes(data) for name, data in unpack(bundle).files.items()}
    name = dice.choice(sorted(name for name in files if files[name]))
    at, bit = dice.randrange(len(files[name])), dice.randrange(8)
    files[name] = flipped(files[name], at, bit)
    out = io.BytesIO()
    pack(files, {n: facts(d) for n, d in files.items()}, out)
    return f"{name}, byte {at}, bit {bit}", out.getvalue()


def missed(bundle: bytes, count: int, seed: int, folder: Path) -> list[str]:
    """The flips that heller's check of the bytes or the script did not find."""
    unfound = []
    for i in range(count):
        where, data = one(bundle, random.Random(f"{seed}-{i}"), inside=bool(i % 2))
        if not verify(data).breaches:
            unfound.append(f"heller: {where}")
        path = folder / "flipped.zip"
        path.write_bytes(data)
        if not judges.script(path, folder / "script"):
            unfound.append(f"verify.py: {where}")
    return unfound
