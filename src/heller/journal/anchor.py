"""A tree head in plain text: the thing that is printed, handed out and time-stamped. Pure.

Everything in it follows from the journal's lines, so a lost anchor file is made again, and a changed one
is told from the right one. Each names the hash of the file before it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import accumulate, compress

from msgspec import Struct
from msgspec.structs import replace

from heller.journal.entry import Entry
from heller.journal.merkle import Growing, leaf_hash

FORMAT = "heller-anchor/1"
SHAPE = re.compile(
    rb"heller-anchor/1\norigin ([!-~]*)\nsize ([1-9]\d{0,15})\nroot ([A-Za-z0-9+/]{43}=)\n"
    rb"bytes ([1-9]\d{0,15})\nprefix sha256:([0-9a-f]{64})\n(?:previous sha256:([0-9a-f]{64})\n)?"
)


class Anchor(Struct, frozen=True):
    """The head over the first `size` lines: RFC 9162 root, number and SHA-256 of the bytes that they
    take, SHA-256 of the anchor file before it (empty in the first). Digests are hex, the root is bytes."""

    origin: str
    size: int
    root: bytes
    length: int
    prefix: str
    previous: str = ""

    @property
    def data(self) -> bytes:
        """The bytes of the anchor file. `head -c BYTES journal.jsonl | sha256sum` checks its `prefix`
        without any of our code."""
        before = f"previous sha256:{self.previous}\n" if self.previous else ""
        return (
            f"{FORMAT}\norigin {self.origin}\nsize {self.size}\nroot {b64encode(self.root).decode()}\n"
            f"bytes {self.length}\nprefix sha256:{self.prefix}\n{before}"
        ).encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the anchor file: what is stamped, shown and read aloud."""
        return sha256(self.data).hexdigest()


def read_anchor(data: bytes) -> Anchor:
    """What an anchor file says; raises ValueError where it is not exactly one."""
    found = SHAPE.fullmatch(data)
    if found is None:
        raise ValueError("not an anchor")
    origin, size, root, length, prefix, previous = ((part or b"").decode() for part in found.groups())
    return Anchor(origin, int(size), b64decode(root, validate=True), int(length), prefix, previous)


def read_kept(data: bytes) -> Anchor:
    """An anchor as somebody kept it: mails and editors add a byte order mark, other line ends, blank lines.
    Raises ValueError where it is none."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split()
    return read_anchor(b"".join(b" ".join(pair) + b"\n" for pair in _pairs(lines)))


def _pairs(words: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """The first word is a line of its own, all others are name and value."""
    yield words[:1]
    yield from (words[n : n + 2] for n in range(1, len(words), 2))


def heads(origin: str, lines: Iterable[bytes], sizes: Iterable[int]) -> Iterator[Anchor]:
    """The heads over the first lines, for sizes that do not fall; one pass, `previous` is left empty."""
    tree, length, prefix = Growing(), 0, sha256()
    rest = iter(lines)
    for size in sizes:
        while tree.size < size:
            line = next(rest, None)
            if line is None:
                return
            tree.add(leaf_hash(line))
            length += len(line) + 1
            prefix.update(line + b"\n")
        yield Anchor(origin, size, tree.root(), length, prefix.hexdigest())


def anchor(origin: str, lines: Sequence[bytes], previous: str = "") -> bytes:
    """The anchor file over all of some lines; `previous` is the SHA-256 of the one before it, in hex."""
    (head,) = heads(origin, lines, [len(lines)])
    return replace(head, previous=previous).data


def origin_of(entries: Sequence[Entry]) -> str:
    """The random number of the case, which its first entry holds."""
    return str((entries[0].body or {}).get("case", "")) if entries else ""


def anchors_of(entries: Sequence[Entry], lines: Sequence[bytes]) -> tuple[tuple[Entry, Anchor | None], ...]:
    """Each `anchor` entry with the anchor that it names, made again from the lines; None where it does
    not follow from them and from the anchor before: wrong number, size or digest."""
    told = [entry for entry in entries if entry.kind == "anchor"]
    sizes = [_size(entry) for entry in told]
    rises = [size == most > 0 for size, most in zip(sizes, accumulate(sizes, max), strict=True)]
    made = {head.size: head for head in heads(origin_of(entries), lines, compress(sizes, rises))}
    found: list[tuple[Entry, Anchor | None]] = []
    previous = ""
    for number, (entry, size, follows) in enumerate(zip(told, sizes, rises, strict=True), 1):
        head = replace(made[size], previous=previous) if follows and size in made else None
        body = entry.body or {}
        if head is None or (body.get("number"), body.get("digest")) != (number, head.digest):
            found.append((entry, None))
            continue
        previous = head.digest
        found.append((entry, head))
    return tuple(found)


def _size(entry: Entry) -> int:
    """How many lines an `anchor` entry says that it covers; 0 where that cannot be: only lines before it."""
    size = (entry.body or {}).get("size")
    return size if type(size) is int and 0 < size <= entry.seq else 0
