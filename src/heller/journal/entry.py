"""One entry of the journal: a sealed line without personal data, and apart from it what it says.

The line commits to the body with SHA-256("heller-commit/1\\n" || salt || SHA-256(body)), so a body
can be erased and its line stays and reveals nothing. `prev` is the SHA-256 of the line before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import Enum
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from heller.journal.canonical import LIMIT, canonical
from heller.model.text import Text

VERSION = 1
COMMIT = b"heller-commit/1\n"
NO_PREVIOUS = "0" * 64
SALT = 32  # bytes
NUL = b"\\u0000"  # as JSON writes it
BODY_END = re.compile(rb',"salt":"([0-9a-f]{64})","seq":(0|[1-9]\d{0,15})\}')


class BreachCause(Enum):
    """What explains that something does not hold. CHANGED is what is left where nothing innocent does."""

    CHANGED = "changed"
    NEWER = "newer"  # a version of Heller that came later wrote it
    LACKING = "lacking"  # not there; innocent beside an end that is not there yet
    UNFINISHED = "unfinished"  # the end is not there: a copy on its way, or power that was cut
    CONFLICT = "conflict"  # a program that synchronises folders kept two versions
    FORK = "fork"  # two computers wrote on


class Breach(Struct, frozen=True):
    """Something in the journal or bundle does not hold: where, what, and what explains it."""

    where: str
    what: Text
    cause: BreachCause = BreachCause.CHANGED


def cause_of(breaches: Sequence[Breach]) -> BreachCause:
    """What explains all breaches together; CHANGED where one of them has no innocent explanation. What comes behind
    the first line of a newer version cannot be judged by this one."""
    if breaches and breaches[0].cause is BreachCause.NEWER:
        return BreachCause.NEWER
    causes = {breach.cause for breach in breaches}
    if causes <= {BreachCause.LACKING, BreachCause.UNFINISHED} and BreachCause.UNFINISHED in causes:
        return BreachCause.UNFINISHED
    return causes.pop() if len(causes) == 1 and BreachCause.LACKING not in causes else BreachCause.CHANGED


class Clock(Struct, frozen=True):
    """What the clocks said: wall (UTC, RFC 3339), microseconds since boot, boot id, and whether the
    wall clock was in step (`ntp`, `none`, `unknown`)."""

    wall: str
    mono: int
    boot: str
    sync: str


class JournalLine(Struct, frozen=True, forbid_unknown_fields=True):
    """A journal line. Its fields stand in the order of their names, as the canonical form has them."""

    boot: str
    c: str
    kind: str
    mono: int
    prev: str
    seq: int
    sync: str
    v: int
    wall: str

    @property
    def clock(self) -> Clock:
        """What the clocks said when it was written."""
        return Clock(self.wall, self.mono, self.boot, self.sync)


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of bodies: what an entry says, its salt in hex, its number."""

    body: dict[str, Any]
    salt: str
    seq: int


class Entry(Struct, frozen=True):
    """An entry as it is read back; `body` is None where it was erased."""

    seq: int
    kind: str
    wall: str
    sync: str
    line_hash: str
    body: dict[str, Any] | None


_encode = msgspec.json.Encoder().encode
_line = msgspec.json.Decoder(JournalLine).decode
_body = msgspec.json.Decoder(Body).decode


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
    lines, bodies, _ = seal_all(seq, prev, [(kind, body)], salt, clock)
    return lines[:-1], bodies[:-1]


def seal_all(
    seq: int, prev: str, entries: Sequence[tuple[str, dict[str, Any]]], salts: bytes, clock: Clock
) -> tuple[bytes, bytes, str]:
    """Journal lines and body lines of entries that are written at once, with line ends, and the hash of
    the last line. `salts` has 32 bytes for each; raises ValueError for what has no canonical form.

    The clock is checked and encoded once for all: sealing is what bounds how fast samples are kept.
    """
    if len(salts) != SALT * len(entries):
        raise ValueError("a salt has 32 bytes")
    boot, sync, wall = (canonical(part).decode() for part in (clock.boot, clock.sync, clock.wall))
    canonical([clock.mono, seq + len(entries)])
    kinds = {kind: canonical(kind).decode() for kind, _ in entries}
    lines, bodies = [], []
    for place, (kind, body) in enumerate(entries):
        said, salt = canonical(body), salts[place * SALT : (place + 1) * SALT]
        c = sha256(COMMIT + salt + sha256(said).digest()).hexdigest()
        line = (
            f'{{"boot":{boot},"c":"{c}","kind":{kinds[kind]},"mono":{clock.mono},"prev":"{prev}",'
            f'"seq":{seq},"sync":{sync},"v":1,"wall":{wall}}}'
        ).encode()
        lines.append(line)
        bodies.append(b'{"body":%b,"salt":"%b","seq":%d}' % (said, salt.hex().encode(), seq))
        prev, seq = sha256(line).hexdigest(), seq + 1
    return b"\n".join([*lines, b""]), b"\n".join([*bodies, b""]), prev


def read_line(line: bytes) -> JournalLine:
    """One journal line; raises ValueError where the bytes are not the one encoding of one."""
    found: JournalLine = _line(line)
    if _encode(found) != line or NUL in line or found.v != VERSION:
        raise ValueError("not a journal line of this version")
    if not (-LIMIT < found.seq < LIMIT and -LIMIT < found.mono < LIMIT):
        raise ValueError("integers must stay below 2^53")
    return found


def version_of(line: bytes) -> int:
    """The format version that a line states, also one whose form this version does not know; 0 where none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return 0
    version = found.get("v") if isinstance(found, dict) else None
    return version if type(version) is int and version > 0 else 0


def read_body(line: bytes) -> tuple[int, bytes, dict[str, Any], bytes]:
    """Number, salt, body, and the body's own bytes, of one line of bodies; raises ValueError where the
    bytes are not the one encoding of one."""
    try:
        found: Body = _body(line)
        said = canonical(found.body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    end = BODY_END.fullmatch(line, len(said) + 8)
    if end is None or line[: len(said) + 8] != b'{"body":' + said:
        raise ValueError("not a body line")
    if found.seq >= LIMIT:
        raise ValueError("integers must stay below 2^53")
    return found.seq, bytes.fromhex(found.salt), found.body, said
