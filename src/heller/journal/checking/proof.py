"""Proofs about a journal as text, and what checks them from that text alone. Pure.

One entry is in it: `c2sp.org/tlog-proof@v1`, with the entry's line (and, where it is disclosed, what it says
with its salt) as extra data. It only grew: the body of c2sp.org/tlog-witness, `old SIZE`, proof, checkpoint.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence

from msgspec import Struct

from heller.journal.anchor import Anchor
from heller.journal.checkpoint import Checkpoint, read_checkpoint
from heller.journal.entry import JournalLine, commitment, read_body, read_line
from heller.journal.merkle import consistency, consistent, includes, inclusion, leaf_hash
from heller.model.text import Text, text

FORMAT = "c2sp.org/tlog-proof@v1"
HASH = r"(?:[A-Za-z0-9+/]{43}=\n)"
INCLUSION = re.compile(
    rf"{re.escape(FORMAT)}\nextra ([A-Za-z0-9+/]+={{0,2}})\nindex (0|[1-9]\d{{0,15}})\n({HASH}{{0,63}})\n"
    r"(.+)",
    re.DOTALL,
)
GROWTH = re.compile(rf"old ([1-9]\d{{0,15}})\n({HASH}{{0,63}})\n(.+)", re.DOTALL)


class ProofRefused(ValueError):
    """A proof does not hold; `why` is a sentence for people."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.why = why


class Included(Struct, frozen=True):
    """One entry of a journal, proven: its line, what it says where that was disclosed, and the head."""

    line: JournalLine
    raw: bytes
    body: dict[str, object] | None
    head: Checkpoint


class Grown(Struct, frozen=True):
    """A journal that only grew: how many lines it had, and the head that it has now."""

    old: int
    head: Checkpoint


def prove(lines: Sequence[bytes], number: int, head: Checkpoint, body: bytes = b"") -> str:
    """That the line of that number is in the head over `lines`; `body` is its line of bodies, to disclose
    what it says."""
    path = inclusion([leaf_hash(line) for line in lines], number)
    extra = b"".join(part + b"\n" for part in (lines[number], body) if part)
    return f"{FORMAT}\nextra {b64encode(extra).decode()}\nindex {number}\n{_encode_path(path)}\n{head.text}"


def read_proof(said: str) -> Included:
    """Check such a proof from its text alone; raises ValueError where it does not hold."""
    found = INCLUSION.fullmatch(said)
    if found is None:
        raise ProofRefused(text("It is no proof of an entry."))
    extra, index, path, note = found.groups()
    head = read_checkpoint(note)
    raw, *rest = b64decode(extra, validate=True).removesuffix(b"\n").split(b"\n")
    line = read_line(raw)
    if line.seq != int(index) or len(rest) > 1:
        raise ProofRefused(text("It is the proof of another entry than it says."))
    if not includes(leaf_hash(raw), int(index), head.size, _decode_path(path), head.root):
        raise ProofRefused(text("The entry is not under this head."))
    return Included(line, raw, _disclosed(line, rest[0]) if rest else None, head)


def _disclosed(line: JournalLine, raw: bytes) -> dict[str, object]:
    seq, salt, body, own = read_body(raw)
    if seq != line.seq or commitment(salt, own) != line.c:
        raise ProofRefused(text("The entry says something else."))
    return body


def prove_growth(lines: Sequence[bytes], old: int, head: Checkpoint) -> str:
    """That the first `old` lines are the beginning of `lines`, whose head it is."""
    path = consistency([leaf_hash(line) for line in lines], old)
    return f"old {old}\n{_encode_path(path)}\n{head.text}"


def read_growth(said: str, old: Anchor) -> Grown:
    """Check such a proof against an anchor that was received earlier; raises ValueError."""
    found = GROWTH.fullmatch(said)
    if found is None:
        raise ProofRefused(text("It is no proof of growth."))
    size, path, note = found.groups()
    head = read_checkpoint(note)
    if (old.size, old.origin) != (int(size), head.origin):
        raise ProofRefused(text("It does not begin at this anchor."))
    if not consistent(old.root, old.size, head.root, head.size, _decode_path(path)):
        raise ProofRefused(text("The journal did not grow from this anchor."))
    return Grown(old.size, head)


def _encode_path(path: Sequence[bytes]) -> str:
    return "".join(b64encode(node).decode() + "\n" for node in path)


def _decode_path(path: str) -> list[bytes]:
    nodes = [b64decode(node) for node in path.splitlines()]
    if _encode_path(nodes) != path:
        raise ProofRefused(text("It is not in its one form."))
    return nodes
