"""One entry of the journal: a sealed line without personal data, and apart from it what it says.

The line commits to the body with SHA-256("heller-commit/1\\n" || salt || SHA-256(body)), so a body
can be erased and its line stays and reveals nothing. `prev` is the SHA-256 of the line before.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from msgspec import Struct

from heller.journal.canonical import canonical, parse

VERSION = 1
COMMIT = b"heller-commit/1\n"
NO_PREVIOUS = "0" * 64
LINE_KEYS = {"boot", "c", "kind", "mono", "prev", "seq", "sync", "v", "wall"}
BODY_KEYS = {"body", "salt", "seq"}


class Clock(Struct, frozen=True):
    """What the clocks said: wall (UTC, RFC 3339), microseconds since boot, boot id, and whether the
    wall clock was in step (`ntp`, `none`, `unknown`)."""

    wall: str
    mono: int
    boot: str
    sync: str


class Entry(Struct, frozen=True):
    """An entry as it is read back; `body` is None where it was erased."""

    seq: int
    kind: str
    wall: str
    sync: str
    line_hash: str
    body: dict[str, Any] | None


def commitment(salt: bytes, body: bytes) -> str:
    """The salted commitment to a body, in hex."""
    return sha256(COMMIT + salt + sha256(body).digest()).hexdigest()


def line_hash(line: bytes) -> str:
    """SHA-256 of a line without its line end, in hex."""
    return sha256(line).hexdigest()


def seal(
    seq: int, prev: str, kind: str, body: dict[str, Any], salt: bytes, clock: Clock
) -> tuple[bytes, bytes]:
    """The two lines of a new entry, journal and body, without line ends. `salt` has 32 bytes."""
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    said = canonical(body)
    line = canonical(
        {
            "boot": clock.boot,
            "c": commitment(salt, said),
            "kind": kind,
            "mono": clock.mono,
            "prev": prev,
            "seq": seq,
            "sync": clock.sync,
            "v": VERSION,
            "wall": clock.wall,
        }
    )
    return line, canonical({"body": body, "salt": salt.hex(), "seq": seq})


def read_line(line: bytes) -> dict[str, Any]:
    """One journal line; raises ValueError where it is not one."""
    value = parse(line)
    if not isinstance(value, dict) or set(value) != LINE_KEYS or value["v"] != VERSION:
        raise ValueError("not a journal line of this version")
    for key in ("boot", "c", "kind", "prev", "sync", "wall"):
        if not isinstance(value[key], str):
            raise ValueError(f"{key} must be text")
    for key in ("seq", "mono"):
        if type(value[key]) is not int:
            raise ValueError(f"{key} must be a whole number")
    return value


def read_body(line: bytes) -> tuple[int, bytes, dict[str, Any]]:
    """Number, salt and body of one line of bodies; raises ValueError where it is not one."""
    value = parse(line)
    if not isinstance(value, dict) or set(value) != BODY_KEYS:
        raise ValueError("not a body line")
    seq, salt, body = value["seq"], value["salt"], value["body"]
    if type(seq) is not int or not isinstance(salt, str) or not isinstance(body, dict):
        raise ValueError("not a body line")
    raw = bytes.fromhex(salt)
    if len(raw) != 32 or raw.hex() != salt:
        raise ValueError("a salt has 32 bytes, in lower case hex")
    return seq, raw, body
